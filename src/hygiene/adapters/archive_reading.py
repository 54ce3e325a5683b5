"""Opens an archive of unknown origin: its bytes say what it is, not its name."""

from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from hygiene.adapters.archive_flaws import Flawed
from hygiene.adapters.compressed_format import GZIP_MAGIC, ZSTD_MAGIC
from hygiene.adapters.steady_file import SteadyFile
from hygiene.adapters.tar_headers import BLOCK, is_header
from hygiene.adapters.tar_reading import TarReader
from hygiene.adapters.unpacked_stream import open_stream
from hygiene.adapters.zip_end import has_end
from hygiene.adapters.zip_format import END_MAGIC, HEADER_MAGIC, WIDE_END_MAGIC
from hygiene.adapters.zip_reading import ZipReader
from hygiene.errors import UnreadableArchive, UnreadableFile
from hygiene.model.packaging import ArchiveFormat
from hygiene.ports.archive import ArchiveReader

_ZIP_MAGICS = (HEADER_MAGIC, END_MAGIC, b"PK00" + HEADER_MAGIC, WIDE_END_MAGIC)
_NONE = "it is no archive that can be read here"


def open_archive(path: Path) -> ArchiveReader:
    """The archive at a path, listed already. Raises `UnreadableArchive`.

    Its first bytes, not its name, say what it is.
    """
    try:
        return _reader(path, SteadyFile.at(path))
    except UnreadableFile as failure:
        raise UnreadableArchive(str(path), failure.reason) from failure


def _reader(path: Path, file: SteadyFile) -> ArchiveReader:
    with file.opened() as opened:
        found = _format(opened, file.size)
    if found is None:
        raise UnreadableArchive(str(path), _NONE)
    return ZipReader(file) if found is ArchiveFormat.ZIP else _tar(path, file, found)


def _format(opened: BinaryIO, size: int) -> ArchiveFormat | None:
    head = opened.read(BLOCK)
    if head.startswith(_ZIP_MAGICS):
        return ArchiveFormat.ZIP
    if head.startswith(GZIP_MAGIC):
        return ArchiveFormat.TAR_GZ
    if head.startswith(ZSTD_MAGIC):
        return ArchiveFormat.TAR_ZST
    if is_header(head) or _is_empty_tar(head, size):
        return ArchiveFormat.TAR
    # Something before a zip, such as a program that unpacks it: an archive to programs, and refused as one.
    return ArchiveFormat.ZIP if has_end(opened, size) else None


def _is_empty_tar(head: bytes, size: int) -> bool:
    return size >= 2 * BLOCK and not any(head)


def _tar(path: Path, file: SteadyFile, packed: ArchiveFormat) -> TarReader:
    """Raises `UnreadableArchive` for what is compressed, and no tar."""
    with file.opened() as opened, suppress(Flawed):  # what breaks at once may have been a tar: its listing tells
        first = open_stream(opened, packed, file.size).read(BLOCK)
        if not is_header(first) and (any(first) or len(first) < BLOCK):
            raise UnreadableArchive(str(path), "it is compressed, and what is in it is no tar")
    return TarReader(file, packed)
