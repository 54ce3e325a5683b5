"""The records of a zip: those of its directory and the headers before each entry's data, as they stand there."""

import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from hygiene.adapters.archive_flaws import Flawed, broken
from hygiene.adapters.zip_end import Directory
from hygiene.adapters.zip_format import FULL_32, HEADER, HEADER_MAGIC, RECORD, RECORD_MAGIC, WIDE_FIELD

_UNICODE_PATH = 0x7075


class BadField(Exception):
    """A record's extra fields cannot be read, or say what nobody needs to; the message tells."""


class Extents(NamedTuple):
    """What a record or header says of an entry's data: checksum, and bytes packed and unpacked."""

    crc: int
    packed: int
    unpacked: int


class Record(NamedTuple):
    """One entry of the directory.

    Attributes:
        extents: may hold `FULL_32` where `wide` says more.
        start: of its header.
        fields: the extra fields, unparsed.
    """

    name: bytes
    flags: int
    method: int
    extents: Extents
    attributes: int
    start: int
    disk: int
    fields: bytes


class Header(NamedTuple):
    """What stands before an entry's data; `data` is where these begin."""

    name: bytes
    flags: int
    method: int
    extents: Extents
    fields: bytes
    data: int


def read_records(file: BinaryIO, directory: Directory) -> Iterator[Record]:
    """The directory's records in its order, one at a time. Raises `Flawed` where they are not what its end says."""
    file.seek(directory.at)
    left = directory.size
    for _ in range(directory.entries):
        if left < RECORD.size:
            raise Flawed(broken("its directory ends in the middle"))
        record, length = _read_record(file, left)
        left -= length
        yield record
    if left:
        raise Flawed(broken("its directory holds more than its end says"))


def _read_record(file: BinaryIO, left: int) -> tuple[Record, int]:
    (
        magic,
        _,
        _,
        flags,
        method,
        _,
        _,
        crc,
        packed,
        unpacked,
        of_name,
        of_fields,
        of_comment,
        disk,
        _,
        attributes,
        at,
    ) = RECORD.unpack(_exactly(file, RECORD.size))
    length = RECORD.size + of_name + of_fields + of_comment
    if magic != RECORD_MAGIC or length > left:
        raise Flawed(broken("its directory cannot be read to its end"))
    name, fields = _exactly(file, of_name), _exactly(file, of_fields)
    _exactly(file, of_comment)
    return Record(name, flags, method, Extents(crc, packed, unpacked), attributes, at, disk, fields), length


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise Flawed(broken("its directory ends in the middle"))
    return data


def read_header(file: BinaryIO, start: int, limit: int) -> Header | None:
    """The header that begins here and ends, with its data, before `limit`; None where there is none."""
    if start + HEADER.size > limit:
        return None
    file.seek(start)
    head = file.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    magic, _, flags, method, _, _, crc, packed, unpacked, of_name, of_fields = HEADER.unpack(head)
    data = start + HEADER.size + of_name + of_fields
    if magic != HEADER_MAGIC or data > limit:
        return None
    name, fields = file.read(of_name), file.read(of_fields)
    return Header(name, flags, method, Extents(crc, packed, unpacked), fields, data)


def extra_fields(raw: bytes) -> Mapping[int, bytes]:
    """The extra fields by their number. Raises `BadField` for what is none, or twice what has a meaning here."""
    fields: dict[int, bytes] = {}
    at = 0
    while len(raw) - at >= 4:
        number, size = struct.unpack_from("<HH", raw, at)
        at += 4 + size
        if at > len(raw):
            raise BadField("its extra fields cannot be read")
        if number in fields and number in (WIDE_FIELD, _UNICODE_PATH):
            raise BadField("it says the same thing twice in its extra fields")
        fields[number] = raw[at - size : at]
    if raw[at:].strip(b"\0"):
        raise BadField("its extra fields cannot be read")
    return fields


def widened(record: Record, fields: Mapping[int, bytes]) -> Record:
    """The record with the values that stand in its zip64 field. Raises `BadField` where that has not just those."""
    extents = record.extents
    narrow = (extents.unpacked, extents.packed, record.start)
    if FULL_32 not in narrow and WIDE_FIELD not in fields:  # nearly always so
        return record
    asked = [value == FULL_32 for value in narrow]
    wide = fields.get(WIDE_FIELD, b"")
    if len(wide) != 8 * sum(asked):
        raise BadField("its zip64 field has not the values that it must have, and only those")
    values = iter(struct.unpack(f"<{sum(asked)}Q", wide))
    unpacked, packed, start = (
        next(values) if is_asked else value for is_asked, value in zip(asked, narrow, strict=True)
    )
    return record._replace(extents=Extents(extents.crc, packed, unpacked), start=start)


def wide_sizes(fields: Mapping[int, bytes]) -> tuple[int, int] | None:
    """The sizes (unpacked, packed) in a header's zip64 field; None without one. Raises `BadField`."""
    if WIDE_FIELD not in fields:
        return None
    if len(fields[WIDE_FIELD]) < 16:
        raise BadField("the zip64 field before its data is too short")
    unpacked, packed = struct.unpack_from("<2Q", fields[WIDE_FIELD])
    return unpacked, packed


def other_name(name: bytes, fields: Mapping[int, bytes]) -> bytes | None:
    """The name in UTF-8 that a field gives beside the record's own; None without one. Raises `BadField`.

    The field holds for a record's name with a certain checksum only; who does not look at that takes it all the same.
    """
    field = fields.get(_UNICODE_PATH)
    if field is None:
        return None
    if len(field) < 5 or field[0] != 1 or struct.unpack_from("<I", field, 1)[0] != zlib.crc32(name):
        raise BadField("it has a second name that belongs to another first one")
    return field[5:]
