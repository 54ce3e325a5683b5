"""Telling text from binary by its bytes alone, as Git does it, with a little more care."""

import codecs

from hygiene.ports import MediaType

_TEXT_CONTROLS = frozenset(b"\a\b\t\n\v\f\r\x1b")
_CONTROLS = bytes(sorted((frozenset(range(0x20)) | {0x7F}) - _TEXT_CONTROLS))
"""What terminals, mail readers and editors leave in text is not among them: bell, backspace, white space, escape."""

_STRAY = 50
"""One control character in so many bytes is still a log or a message with dirt in it; random bytes hold one in nine."""

_WIDE_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

EMPTY = MediaType("inode/x-empty", "nul-test", is_text=True)
TEXT = MediaType("text/plain", "nul-test", is_text=True)
BINARY = MediaType("application/octet-stream", "nul-test", is_text=False)


def identify_by_nul_test(head: bytes) -> MediaType:
    """What content is when nothing better is known: nothing, text or some binary."""
    if not head:
        return EMPTY
    return TEXT if looks_like_text(head) else BINARY


def looks_like_text(head: bytes) -> bool:
    """Whether bytes read as ASCII, UTF-8, an eight-bit encoding, or UTF-16 or UTF-32 with its byte order mark.

    A NUL byte says no, save in the wide encodings; so do control characters, save for a stray one.
    """
    wide = _decode_wide(head)
    if wide is not None:
        return _is_clean(wide.encode("utf-8", "surrogatepass"))
    return _is_clean(head)


def is_utf8_text(head: bytes) -> bool:
    """Whether bytes are UTF-8 without any control character that text does not hold; the end may be cut."""
    if _control_count(head):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _decode_wide(head: bytes) -> str | None:
    for mark, encoding in _WIDE_ENCODINGS:
        if head.startswith(mark):
            return _decode_cut(head[len(mark) :], encoding)
    return None


def _decode_cut(body: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(body)
    except UnicodeDecodeError:
        return None


def _is_clean(body: bytes) -> bool:
    return b"\0" not in body and _control_count(body) * _STRAY <= len(body)


def _control_count(body: bytes) -> int:
    return len(body) - len(body.translate(None, _CONTROLS))
