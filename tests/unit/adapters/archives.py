"""Writes small archives, entry by entry, for tests of their writers."""

import io
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO, NamedTuple

from hygiene.adapters.archive_writing import ArchiveWriter, Item
from hygiene.adapters.tar_writing import TarWriter, sink_of
from hygiene.adapters.zip_writing import ZipWriter

TIME = 1_700_000_001
"""Odd: 2023-11-14 22:13:21."""


class Part(NamedTuple):
    name: str
    content: bytes
    mode: str = "100644"
    streamed: bool = False


def zip_of(parts: Iterable[Part], *, seconds: int = TIME, stored: bool = False) -> bytes:
    file = io.BytesIO()
    write_zip(file, parts, seconds=seconds, stored=stored)
    return file.getvalue()


def write_zip(file: BinaryIO, parts: Iterable[Part], *, seconds: int = TIME, stored: bool = False) -> None:
    with ThreadPoolExecutor(2) as pool:
        fill(ZipWriter(file, seconds, pool, stored=stored), parts)


def tar_of(kind: str, parts: Iterable[Part], seconds: int = TIME) -> bytes:
    file = io.BytesIO()
    with ThreadPoolExecutor(2) as pool:
        fill(TarWriter(sink_of(kind, file, pool), seconds), parts)
    return file.getvalue()


def fill(writer: ArchiveWriter, parts: Iterable[Part]) -> None:
    for part in parts:
        item = Item(part.name, part.mode, len(part.content))
        if part.streamed:
            writer.add_streamed(item, _chunks(part.content))
        else:
            writer.add(item, writer.prepare(part.content))
    writer.finish()


def _chunks(content: bytes) -> Iterator[bytes]:
    return (content[start : start + 100_000] for start in range(0, len(content), 100_000))
