"""What is wrong with one entry of a zip: what its directory, its header and the bytes around its data disagree on."""

import stat
import struct
from collections.abc import Iterator
from typing import BinaryIO

from hygiene.adapters.archive_caps import MAX_NAME
from hygiene.adapters.zip_format import DEFLATED, DESCRIBED_LATER, ENCRYPTED, FULL_32, PATCH, STORED, UTF_8
from hygiene.adapters.zip_records import (
    BadField,
    Extents,
    Header,
    Record,
    extra_fields,
    other_name,
    wide_sizes,
    widened,
)
from hygiene.ports.archive import MemberKind

_METHODS = {
    1: "shrink", 6: "implode", 9: "deflate64", 12: "bzip2", 14: "lzma", 20: "zstd", 93: "zstd", 94: "mp3", 95: "xz",
    96: "jpeg", 97: "wavpack", 98: "ppmd", 99: "AES encryption",
}  # fmt: skip
_SAME_FLAGS = ENCRYPTED | DESCRIBED_LATER | PATCH | UTF_8
_FOLDER_OF_DOS = 0x10
_DESCRIPTOR_MAGIC = b"PK\7\10"
_KINDS = {
    0: MemberKind.FILE,
    stat.S_IFREG: MemberKind.FILE,
    stat.S_IFLNK: MemberKind.SYMLINK,
    stat.S_IFDIR: MemberKind.FOLDER,
}


def mode_of(record: Record) -> int:
    """The Unix mode, whatever system the entry says that it comes from: not every program looks at that."""
    return record.attributes >> 16


def kind_of(record: Record) -> MemberKind:
    """What the entry would be unpacked as."""
    kind = _KINDS.get(stat.S_IFMT(mode_of(record)), MemberKind.SPECIAL)
    return MemberKind.FOLDER if kind is MemberKind.FILE and record.name.endswith(b"/") else kind


def resolved(record: Record) -> Record:
    """The record with its zip64 values, as far as they can be told; `flaws_of_record` tells where they cannot."""
    try:
        return widened(record, extra_fields(record.fields))
    except BadField:
        return record


def flaws_of_record(record: Record) -> Iterator[str]:
    """What is wrong with an entry as the directory has it."""
    yield from _flaws_of_fields(record)
    if record.disk:
        yield "it lies in another part of an archive that was split"
    if record.flags & ENCRYPTED:
        yield "it is encrypted, so that nobody can tell what it holds"
    if record.flags & PATCH:
        yield "it is a patch of another file, not a file"
    if record.method not in (STORED, DEFLATED):
        yield f"it is compressed with {_METHODS.get(record.method, f'method {record.method}')}, which is not read here"
    if not record.name:
        yield "it has no name"
    yield from _flaws_of_kind(record)


def _flaws_of_fields(record: Record) -> Iterator[str]:
    try:
        fields = extra_fields(record.fields)
        widened(record, fields)
        yield from _flaws_of_name(record, other_name(record.name, fields))
    except BadField as flaw:
        yield str(flaw)


def _flaws_of_name(record: Record, other: bytes | None) -> Iterator[str]:
    name = record.name
    if other is not None and other != name and (record.flags & UTF_8 or other != _of_dos(name)):
        yield "it has two names, and programs differ in which they take"
    elif record.flags & UTF_8 and not _is_utf_8(name):
        yield "its name is not the UTF-8 that it says"
    elif not record.flags & UTF_8 and not name.isascii() and other is None:
        yield "it does not say in which encoding its name is, so that programs read different ones"


def _of_dos(name: bytes) -> bytes:
    """The name as who follows the format's first encoding reads it, in UTF-8."""
    return name.decode("cp437").encode()


def _is_utf_8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def _flaws_of_kind(record: Record) -> Iterator[str]:
    kind, unpacked, packed = kind_of(record), record.extents.unpacked, record.extents.packed
    has_slash = record.name.endswith(b"/")
    is_folder_of_dos = bool(record.attributes & _FOLDER_OF_DOS)
    if kind is MemberKind.FOLDER and unpacked:
        yield "it is a folder, and has content"
    if has_slash != (kind is MemberKind.FOLDER) or (is_folder_of_dos and not has_slash):
        yield "it is a folder for some programs, and none for others"
    if kind is not MemberKind.FOLDER and mode_of(record) & (stat.S_ISUID | stat.S_ISGID):
        yield "whoever runs it would do so as its owner (setuid or setgid)"
    if kind is MemberKind.SYMLINK and unpacked > MAX_NAME:
        yield f"it is a link whose target has {unpacked:,} bytes"
    if record.method == STORED and unpacked != packed:
        yield "it is stored as it is, and has two sizes all the same"


def flaws_of_header(record: Record, header: Header) -> Iterator[str]:
    """What an entry's header says otherwise than the directory, of a record that is `resolved`."""
    if header.name != record.name:
        yield "the directory and the header before its data give it different names"
    if header.method != record.method or (header.flags ^ record.flags) & _SAME_FLAGS:
        yield "the directory and the header before its data disagree on how it is stored"
    try:
        fields = extra_fields(header.fields)
        if other_name(header.name, fields) not in (None, header.name, _of_dos(header.name)):
            yield "it has two names, and programs differ in which they take"
        if not _same_extents(record, header, wide_sizes(fields)):
            yield "the directory and the header before its data disagree on its size or checksum"
    except BadField as flaw:
        yield str(flaw)


def _same_extents(record: Record, header: Header, wide: tuple[int, int] | None) -> bool:
    """Where the values are told behind the data, they may be zero before them."""
    also = (0,) if record.flags & DESCRIBED_LATER else ()
    crc, packed, unpacked = record.extents
    if header.extents.crc not in (crc, *also):
        return False
    full = (FULL_32,) if wide is not None else ()
    if header.extents.unpacked not in (unpacked, *also, *full) or header.extents.packed not in (packed, *also, *full):
        return False
    return wide is None or (wide[0] in (unpacked, *also) and wide[1] in (packed, *also))


def is_descriptor(between: bytes, extents: Extents) -> bool:
    """Whether the bytes between an entry's data and what comes next are what may tell its sizes there."""
    crc, packed, unpacked = extents
    shapes = [struct.pack("<IQQ", crc, packed, unpacked)]
    if max(packed, unpacked) <= FULL_32:
        shapes.append(struct.pack("<3I", crc, packed, unpacked))
    return any(between in (shape, _DESCRIPTOR_MAGIC + shape) for shape in shapes)


LONGEST_DESCRIPTOR = 24
"""Bytes that may stand between an entry's data and what comes next."""


def is_accounted_for(file: BinaryIO, record: Record, end: int, size: int) -> bool:
    """Whether the `size` bytes from `end`, where an entry's data stop, are all accounted for."""
    if not record.flags & DESCRIBED_LATER:
        return size == 0
    if size > LONGEST_DESCRIPTOR:
        return False
    file.seek(end)
    return is_descriptor(file.read(size), record.extents)
