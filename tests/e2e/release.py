"""A project that is released, of everything that a package may hold, and what its archives are found to hold."""

import io
import subprocess
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from fixtures import content
from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.zstd_library import zstd
from tests.e2e.command import Ended
from tests.e2e.forked import forked

FORMATS = ("zip", "tar", "tar.gz", "tar.zst")
PREFIX = "demo-1.0/"

SETTINGS = """[package]
name = "demo"
include = ["/src/", "/docs/", "/README.md"]
exclude = ["*.tmp.md"]
symlinks = "keep"
"""

FILES: Mapping[str, bytes] = {
    "hygiene.toml": SETTINGS.encode(),
    ".gitattributes": b"*.txt text\n*.md text eol=crlf\n/docs/internal/ export-ignore\n*.py filter=odd\n",
    "README.md": b"# Demo\n\nText.\n",
    "src/a.py": b"print()\n",
    "src/empty.py": b"",
    "src/dos.txt": b"one\r\ntwo\r\n",
    "src/large.txt": b"".join(b"line %d of many\n" % number for number in range(60_000)),
    "src/pixel.png": content.png(),
    "docs/Stra\u00dfe \u65e5\u672c.md": b"name\n",
    "docs/draft.tmp.md": b"excluded\n",
    "docs/internal/plan.md": b"not for everybody\n",
    "docs/" + "deep/" * 30 + "down.md": b"beyond what ustar holds in a name alone\n",
    "tests/test_a.py": b"assert True\n",
}


class Entry(NamedTuple):
    """What unpacking makes of an entry: `-` a file, `x` a program, `l` a link; and its bytes or its target."""

    kind: str
    data: bytes


def released_project(path: Path) -> RepositoryBuilder:
    """A repository with one commit, tagged v1.0, checked out."""
    built = RepositoryBuilder(path)
    built.files(FILES)
    built.file("src/run.sh", b"#!/bin/sh\nexit 0\n", "100755")
    built.symlink("src/link", b"a.py")
    built.commit("all of it")
    built.tag("v1.0")
    built.check_out()
    return built


def package(repository: Path, *options: str | Path, env: Mapping[str, str] | None = None) -> Ended:
    return forked("package", repository, *options, env=env)


def packaged(repository: Path, archive: Path, *options: str | Path) -> Path:
    """The archive, which must come into being."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    ended = package(repository, "--version", "1.0", "--output", archive, *options)
    assert ended.status == 0, ended
    return archive


def entries(archive: Path) -> dict[str, Entry]:
    """Files and links by name, as Python's own readers see them."""
    return _zip_entries(archive) if archive.suffix == ".zip" else _tar_entries(archive)


def git_archive(repository: Path, into: Path) -> Path:
    """What git makes of HEAD, without converting line ends."""
    command = ["git", "-c", "core.attributesFile=", "archive", f"--prefix={PREFIX}", "-o", str(into), "HEAD"]
    subprocess.run(command, cwd=repository, check=True, capture_output=True)
    return into


def _zip_entries(archive: Path) -> dict[str, Entry]:
    with zipfile.ZipFile(archive) as opened:
        return {
            each.filename: Entry(_kind(each.external_attr >> 16), opened.read(each))
            for each in opened.infolist()
            if not each.is_dir()
        }


def _tar_entries(archive: Path) -> dict[str, Entry]:
    data = archive.read_bytes()
    with tarfile.open(fileobj=io.BytesIO(zstd.decompress(data) if archive.suffix == ".zst" else data)) as opened:
        found = {}
        for each in opened:
            if each.issym():
                found[each.name] = Entry("l", each.linkname.encode())
            elif not each.isdir():
                inside = opened.extractfile(each)
                assert inside is not None
                found[each.name] = Entry(_kind(each.mode), inside.read())
        return found


def _kind(mode: int) -> str:
    return "l" if mode & 0o170000 == 0o120000 else "x" if mode & 0o111 else "-"
