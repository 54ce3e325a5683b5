"""Builds the repositories that benchmarks run on: the same bytes every time."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

BYTECODE_EACH = 50
"""One file in this many is bytecode: 2,000 of 100,000."""

_FILES_A_FOLDER = 10


def build(folder: Path, files: int) -> None:
    """Makes a repository at `folder` with `files` tracked files, packed and checked out."""
    build_of(folder, _files(files))


def build_of(folder: Path, content: Iterable[tuple[str, bytes]]) -> None:
    """Makes a repository at `folder` of these paths and contents, packed and checked out."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    importer = subprocess.Popen(["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE)
    assert importer.stdin is not None  # noqa: S101  # a pipe was asked for
    importer.stdin.write(b"commit refs/heads/main\ncommitter A <a@example.org> 1700000000 +0000\ndata 6\nimport\n")
    for path, data in content:
        importer.stdin.write(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data))
    importer.stdin.close()
    if importer.wait() != 0:
        raise SystemExit("git fast-import failed")
    subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=folder, check=True)


def _files(count: int) -> Iterator[tuple[str, bytes]]:
    yield ".gitignore", b"__pycache__/\n*.py[cod]\n/build/\n/dist/\n.venv/\n*.log\n!keep.log\n.DS_Store\n"
    for number in range(1, count):
        folder = f"src/package{number // (_FILES_A_FOLDER * 100)}/part{number // _FILES_A_FOLDER}"
        if number % BYTECODE_EACH == 0:
            yield (
                f"{folder}/__pycache__/module{number}.cpython-312.pyc",
                b"\xcb\r\r\n" + number.to_bytes(4, "little") * 100,
            )
        else:
            yield f"{folder}/module{number}.py", (f"def function_{number}():\n    return {number}\n" * 20).encode()
