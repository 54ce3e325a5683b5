"""Proofs behind the short magic numbers of sound, film, pictures and fonts."""

from hygiene.adapters.binary_fields import Proof, big, holds, little

_GENERIC_IMAGE = frozenset({b"mif1", b"msf1"})
_LONGEST_BRANDS = 1024

_MP3_BITRATES = (  # kbit/s of layer III by the header's index; MPEG 1, then MPEG 2 and 2.5
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_MP3_RATES = (44_100, 48_000, 32_000)
_MP3_SAME_STREAM = 0xFFFE0C00  # sync, version, layer and sampling rate stay the same from frame to frame

_BITMAP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
_ICON_DEPTHS = (0, 1, 4, 8, 16, 24, 32)


def brand(*brands: bytes) -> Proof:
    """A proof that an ISO base media file is first of all one of `brands`."""
    return lambda head: base_media(head) and head[8:12] in brands


def image_brand(*brands: bytes) -> Proof:
    """A proof that an ISO base media file holds images of one of `brands`, by its own brand or the compatible ones."""

    def proof(head: bytes) -> bool:
        major = head[8:12]
        return base_media(head) and (
            major in brands or (major in _GENERIC_IMAGE and not _compatible(head).isdisjoint(brands))
        )

    return proof


def base_media(head: bytes) -> bool:
    """A first box of plausible size."""
    size = big(head, 0, 4)
    return 8 <= size <= _LONGEST_BRANDS and size % 4 == 0 and len(head) >= 12


def _compatible(head: bytes) -> frozenset[bytes]:
    size = min(big(head, 0, 4), len(head))
    return frozenset(head[at : at + 4] for at in range(16, size, 4))


def doc_type(name: bytes) -> Proof:
    """A proof that an EBML header names `name` as its document type."""
    element = b"\x42\x82" + bytes([0x80 | len(name)]) + name
    return lambda head: element in head[:128]


def id3_tag(head: bytes) -> bool:
    """A version of ID3 that exists, and a size of four seven-bit numbers."""
    return little(head, 3, 1) in (2, 3, 4) and little(head, 4, 1) != 0xFF and big(head, 6, 4) & 0x80808080 == 0


def mp3_frames(head: bytes) -> bool:
    """Two frames of layer III, the second one just where the first says that it ends."""
    first = big(head, 0, 4)
    length = _mp3_frame_length(first)
    return length > 0 and (big(head, length, 4) ^ first) & _MP3_SAME_STREAM == 0 and len(head) >= length + 4


def _mp3_frame_length(header: int) -> int:
    version, layer = header >> 19 & 3, header >> 17 & 3
    bitrate, rate, padding = header >> 12 & 15, header >> 10 & 3, header >> 9 & 1
    if header < 0 or header >> 21 != 0x7FF or version == 1 or layer != 1 or bitrate in (0, 15) or rate == 3:
        return 0
    if version == 3:
        return 144_000 * _MP3_BITRATES[0][bitrate] // _MP3_RATES[rate] + padding
    return 72_000 * _MP3_BITRATES[1][bitrate] // (_MP3_RATES[rate] // (2 if version == 2 else 4)) + padding


def program_stream(head: bytes) -> bool:
    """The marker bits of a pack header of MPEG-1 or MPEG-2."""
    marker = little(head, 4, 1)
    return marker & 0xF0 == 0x20 or marker & 0xC0 == 0x40


def video_sequence(head: bytes) -> bool:
    """A sequence header with a size, an aspect and one of the eight frame rates."""
    size, rates = big(head, 4, 3), little(head, 7, 1)
    return size >> 12 > 0 and size & 0xFFF > 0 and rates >> 4 in range(1, 15) and rates & 15 in range(1, 9)


def flash_video(head: bytes) -> bool:
    """Only the flags for sound and pictures, and a header of nine bytes."""
    return little(head, 4, 1) in (0, 1, 4, 5) and big(head, 5, 4) == 9


def flac(head: bytes) -> bool:
    """STREAMINFO first, which has 34 bytes."""
    return little(head, 4, 1) & 0x7F == 0 and big(head, 5, 3) == 34


def bitmap(head: bytes) -> bool:
    """Reserved fields of zero, and a header of one of the known sizes."""
    return little(head, 6, 4) == 0 and little(head, 14, 4) in _BITMAP_HEADERS


def icon(head: bytes) -> bool:
    """A few images, the first of which has a plausible entry and lies behind all the entries."""
    count = little(head, 4, 2)
    return (
        1 <= count <= 256
        and little(head, 9, 1) == 0
        and little(head, 10, 2) in (0, 1)
        and little(head, 12, 2) in _ICON_DEPTHS
        and little(head, 18, 4) >= 6 + 16 * count
    )


def jpeg(head: bytes) -> bool:
    """A marker behind the start of the image."""
    return 0xC0 <= little(head, 3, 1) <= 0xFE


def sfnt(head: bytes) -> bool:
    """A few tables, and the search range that follows from their number."""
    tables = big(head, 4, 2)
    return 1 <= tables <= 256 and big(head, 6, 2) == 16 << (tables.bit_length() - 1)


def quicktime_movie(head: bytes) -> bool:
    """A movie box of plausible size that begins with its header, as files older than `ftyp` do."""
    return big(head, 0, 4) >= 16 and holds(12, b"mvhd", b"cmov")(head)
