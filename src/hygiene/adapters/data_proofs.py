"""Proofs behind the short magic numbers of archives, databases, arrays, models and stores of keys."""

from hygiene.adapters.binary_fields import Proof, big, holds, little

_PICKLE_STARTS = frozenset(b"(]})KMJGNXCBUTVIFLSc\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x96")
"""Opcodes of pickletools that can push the first thing; 0x95, the frame, is looked at more closely."""
_FRAME, _STOP = 0x95, b"."

_TAR_CHECKSUM = slice(148, 156)
_PKCS7 = bytes.fromhex("06092a864886f70d0107")  # the object identifier 1.2.840.113549.1.7
_LARGEST_SAFETENSORS_HEADER = 100_000_000
_UNIX_ARCHIVE_HEADER = 8 + 60


def first_member(*beginnings: bytes) -> Proof:
    """A proof that the first member's name in a ZIP archive begins with one of `beginnings`."""

    def proof(head: bytes) -> bool:
        length = little(head, 26, 2)
        return length > 0 and head[30 : 30 + length].startswith(beginnings)

    return proof


def stored_media_type(*beginnings: bytes) -> Proof:
    """A proof that a ZIP archive begins with an uncompressed member `mimetype`, as EPUB and OpenDocument ask."""

    def proof(head: bytes) -> bool:
        body = 30 + 8 + max(little(head, 28, 2), 0)
        return head[30:38] == b"mimetype" and little(head, 26, 2) == 8 and head.startswith(beginnings, body)

    return proof


def tar_header(head: bytes) -> bool:
    """The header's checksum, taken with its own field read as spaces."""
    field = head[_TAR_CHECKSUM].strip(b" \0")
    if len(head) < 512 or not field or field.strip(b"01234567"):
        return False
    return sum(head[:148]) + 8 * ord(" ") + sum(head[156:512]) == int(field, 8)


def unix_archive(head: bytes) -> bool:
    """Nothing behind the magic, or a member's header, which ends in a fixed pair of bytes."""
    return len(head) == 8 or head[_UNIX_ARCHIVE_HEADER - 2 : _UNIX_ARCHIVE_HEADER] == b"`\n"


def gzip_member(head: bytes) -> bool:
    """The deflate method, and none of the reserved flags."""
    return little(head, 2, 1) == 8 and 0 <= little(head, 3, 1) < 0x20


def bzip2_stream(head: bytes) -> bool:
    """A block size, then a block or the end of the stream."""
    return head[3:4] in b"123456789" and holds(4, b"1AY&SY", b"\x17rE8P\x90")(head)


def pickle(head: bytes) -> bool:
    """An opcode that a pickler writes first; from protocol 4 on a frame, or one so small that it needs none."""
    opcode = little(head, 2, 1)
    if opcode == _FRAME:
        return little(head, 1, 1) >= 4 and 0 < little(head, 3, 8) < 1 << 48
    return opcode in _PICKLE_STARTS and (little(head, 1, 1) < 4 or head.endswith(_STOP))


def safetensors(head: bytes) -> bool:
    """A plausible length of the JSON header, whose end stands where the length says if the head reaches it."""
    length = little(head, 0, 8)
    if not 2 <= length <= _LARGEST_SAFETENSORS_HEADER or not holds(8, b'{"', b"{}")(head):
        return False
    return len(head) < 8 + length or head[8 : 8 + length].rstrip(b" ").endswith(b"}")


def numpy_array(head: bytes) -> bool:
    """A version of the format that exists."""
    return little(head, 6, 1) in (1, 2, 3) and little(head, 7, 1) == 0


def gguf(head: bytes) -> bool:
    """A version number that is small in one of the two byte orders."""
    return 1 <= little(head, 4, 4) <= 16 or 1 <= big(head, 4, 4) <= 16


def small_version(head: bytes) -> bool:
    """A little-endian version from 1 to 16 behind a magic of four bytes."""
    return 1 <= little(head, 4, 4) <= 16


def ggml(head: bytes) -> bool:
    """A number of words or a version behind the magic: neither zero nor beyond any model's vocabulary."""
    return 1 <= little(head, 4, 4) < 1 << 24


def qcow(head: bytes) -> bool:
    """A version of the format that exists."""
    return big(head, 4, 4) in (1, 2, 3)


def redis_dump(head: bytes) -> bool:
    """Four digits of version, then an opcode or a value's type, which are not printable."""
    return len(head) > 9 and head[5:9].isdigit() and (head[9] < 0x20 or head[9] >= 0xF4)


def wal(head: bytes) -> bool:
    """The only version that SQLite has ever written."""
    return big(head, 4, 4) == 3_007_000


def java_keystore(head: bytes) -> bool:
    """One of the two versions."""
    return big(head, 4, 4) in (1, 2)


def pkcs12(head: bytes) -> bool:
    """DER of a PFX: a sequence of the version 3 and a ContentInfo of PKCS #7."""
    return holds(4, b"\x02\x01\x03\x30")(head) and _PKCS7 in head[8:24]
