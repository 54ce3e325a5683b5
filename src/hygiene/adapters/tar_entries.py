"""Walks through the entries of a tar in its order, and refuses what programs walk through in different ways."""

from collections.abc import Iterator
from typing import NamedTuple

from hygiene.adapters.archive_caps import CHUNK, MAX_HEADERS
from hygiene.adapters.archive_flaws import Flawed, bomb, broken, text_of
from hygiene.adapters.tar_extensions import TYPES, Extension, extended, read_extension
from hygiene.adapters.tar_headers import BLOCK, TarHeader, parse_header
from hygiene.adapters.unpacked_stream import UnpackedStream
from hygiene.model.packaging import Refusal
from hygiene.ports.archive import Member, MemberKind

_FILE_OF_V7 = b"\0"
_KINDS = {
    b"0": MemberKind.FILE,
    _FILE_OF_V7: MemberKind.FILE,
    b"7": MemberKind.FILE,  # on adjacent sectors, once
    b"1": MemberKind.HARD_LINK,
    b"2": MemberKind.SYMLINK,
    b"5": MemberKind.FOLDER,
    b"3": MemberKind.SPECIAL,
    b"4": MemberKind.SPECIAL,
    b"6": MemberKind.SPECIAL,
}
_WHY_NOT = {
    b"S": "it holds a sparse file, which programs unpack to different bytes",
    b"M": "it is one part of an archive that was split",
    b"D": "it is an incremental backup",
}
_OWNER_MAY_RUN = 0o100
_SET_ID = 0o6000


class TarEntry(NamedTuple):
    """An entry, the place of its first byte in the unpacked stream, and what is wrong with it."""

    member: Member
    at: int
    refusals: tuple[Refusal, ...] = ()


def walk(stream: UnpackedStream) -> Iterator[TarEntry]:
    """Every entry up to the archive's end, each after all of it was passed.

    Raises `Flawed` where nothing can be told of what comes next, or where the archive does not end as it must.
    """
    known = Extension()
    for _ in range(MAX_HEADERS):
        block = stream.read(BLOCK)
        if not any(block):
            _must_end(stream, block, known)
            return
        header = parse_header(block)
        if header.type in TYPES:
            known = read_extension(stream, header, known)
            continue
        yield _entry(stream, extended(header, known))
        known = Extension()
    raise Flawed(bomb(f"it holds more than {MAX_HEADERS:,} headers"))


def _entry(stream: UnpackedStream, header: TarHeader) -> TarEntry:
    kind = _kind(header)
    at = stream.position
    if not stream.skip(header.size + -header.size % BLOCK):
        raise Flawed(broken("it is cut off", text_of(header.name)))
    is_executable = bool(header.mode & _OWNER_MAY_RUN)
    is_link = kind in (MemberKind.SYMLINK, MemberKind.HARD_LINK)
    name = text_of(header.name.rstrip(b"/") or header.name if kind is MemberKind.FOLDER else header.name)
    member = Member(name, kind, header.size, is_executable, text_of(header.target) if is_link else "")
    return TarEntry(member, at, tuple(_flaws(header, member)))


def _kind(header: TarHeader) -> MemberKind:
    name = text_of(header.name)
    kind = _KINDS.get(header.type)
    if kind is None:
        why = _WHY_NOT.get(header.type, f"it has an entry of the unknown type {header.type!r}")
        raise Flawed(broken(why, name))
    if kind is MemberKind.FILE and header.name.endswith(b"/"):
        if header.type != _FILE_OF_V7:
            raise Flawed(broken("it is a folder for some programs, and none for others", name))
        kind = MemberKind.FOLDER  # v7 has no other way to say so
    if kind is not MemberKind.FILE and header.size:
        raise Flawed(broken("it is no file and has content, so that programs find different entries after it", name))
    return kind


def _flaws(header: TarHeader, member: Member) -> Iterator[Refusal]:
    if not header.name:
        yield broken("one of its entries has no name")
    if header.mode & _SET_ID and member.kind is not MemberKind.FOLDER:
        yield broken("whoever runs it would do so as its owner (setuid or setgid)", member.name)


def _must_end(stream: UnpackedStream, first: bytes, known: Extension) -> None:
    """After the first empty block some programs stop and others go on: there must be a second one, and nothing else."""
    if known.types:
        raise Flawed(broken("its last header speaks of an entry that is not there"))
    if len(first) < BLOCK or len(stream.read(BLOCK)) < BLOCK:
        raise Flawed(broken("it is cut off: it does not end as it must"))
    while rest := stream.read(CHUNK):
        if any(rest):
            raise Flawed(broken("something follows its end"))
