"""Proofs for content that is text and yet no source: private keys, and pointers of Git LFS."""

import re

from hygiene.adapters.binary_fields import Proof

_LARGEST_POINTER = 1024  # "Pointer files must be less than 1024 bytes", says the specification

_HEADER = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,60})-----[ \t]*\r?\n")
_END = re.compile(rb"\s*-----END [A-Z0-9 ]{1,60}-----[ \t]*\r?(?:\n|$)")
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]{1,76}={0,2}[ \t]*\r?(?:\n|$)")
_ATTRIBUTE = re.compile(rb"(?:(?:Bag|Key) Attributes[^\n]*|[ \t][^\n]*|subject=[^\n]*|issuer=[^\n]*)\n")
"""What `openssl pkcs12` prints before each block."""
_ENCRYPTION_FIELD = re.compile(rb"(?:Proc-Type|DEK-Info): [^\n]*\n|\r?\n")
_BLANK = re.compile(rb"\s*\n")

_ONE_LINE_KEY = 60
"""An Ed25519 key in PKCS #8 is one line of 64 characters; a placeholder is shorter."""
_MOST_BLOCKS = 32


def pem_block(*labels: bytes) -> Proof:
    """A proof that a file is PEM, block after block, and that one of its blocks is a `labels` with a real body.

    Prose or code that quotes such a header is none: before the block nothing stands but other whole blocks, blank
    lines, and the attributes that OpenSSL prints. The body has two lines of base64, or one long line and its end.
    """

    def proof(head: bytes) -> bool:
        at = 3 if head.startswith(b"\xef\xbb\xbf") else 0
        for _ in range(_MOST_BLOCKS):
            header = _HEADER.match(head, _skip_attributes(head, at))
            if header is None:
                return False
            if header[1] in labels:
                return _has_body(head, header.end())
            at = _skip_block(head, header.end())
        return False

    return proof


def _skip_attributes(head: bytes, at: int) -> int:
    while found := _BLANK.match(head, at) or _ATTRIBUTE.match(head, at):
        at = found.end()
    return at


def _skip_block(head: bytes, at: int) -> int:
    _, after = _body(head, at)
    end = _END.match(head, after)
    return end.end() if end else len(head)


def _has_body(head: bytes, at: int) -> bool:
    lines, after = _body(head, at)
    if len(lines) >= 2:
        return True
    return bool(lines) and len(lines[0].strip()) >= _ONE_LINE_KEY and _END.match(head, after) is not None


def _body(head: bytes, at: int) -> tuple[list[bytes], int]:
    """The lines of base64 behind a header and its fields, and where they end."""
    while field := _ENCRYPTION_FIELD.match(head, at):
        at = field.end()
    lines = []
    while line := _BASE64_LINE.match(head, at):
        lines.append(line[0])
        at = line.end()
    return lines, at


def putty_key(head: bytes) -> bool:
    """A version of the format, and the field that follows in each of them."""
    return re.match(rb"PuTTY-User-Key-File-[1-3]: [^\r\n]+\r?\nEncryption: ", head) is not None


def lfs_pointer(head: bytes) -> bool:
    """A whole file that is small enough to be a pointer and names an object."""
    return len(head) < _LARGEST_POINTER and re.search(rb"\noid [a-z0-9]+:[0-9a-f]+\n", head) is not None


def pdf(head: bytes) -> bool:
    """A version of PDF behind the magic."""
    return re.match(rb"%PDF-[12]\.[0-9]", head) is not None
