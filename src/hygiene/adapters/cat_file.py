"""The conversation with `git cat-file`: many objects asked of one process, and none of them able to end the work."""

import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from hygiene.adapters.cat_file_answer import read_answer
from hygiene.adapters.process import Git
from hygiene.adapters.revisions import Resolved, Target, may_be_revision
from hygiene.model.paths import BlobId

_WORTH_A_PROCESS = 200
"""Blobs: reading fewer takes no longer than starting one more git."""


def read_sizes(git: Git, blobs: Iterable[BlobId]) -> dict[BlobId, int]:
    """The size of each blob that is there, in bytes, in the order asked."""
    return _read_figures(git, blobs, "%(objectsize)")


def read_stored_sizes(git: Git, blobs: Iterable[BlobId]) -> dict[BlobId, int]:
    """The bytes that each blob that is there takes up on the disk, in the order asked."""
    return _read_figures(git, blobs, "%(objectsize:disk)")


def only_here(git: Git, blobs: Iterable[BlobId]) -> list[BlobId]:
    """Those of the blobs that need not be fetched, in the order asked.

    For a partial clone: asked for a blob that is not here, git before 2.45 starts a fetch, which we let fail, and that
    takes longer than listing a thousand objects.
    """
    wanted = {blob.encode(): blob for blob in blobs}
    listing = ("cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)", "--buffer")
    with git.stream(*listing) as output:
        here = wanted.keys() & (line.rstrip() for line in output)
    return [blob for name, blob in wanted.items() if name in here]


def read_objects(
    git: Git, names: Iterable[str], kind: bytes, largest: int | None = None
) -> Iterator[tuple[str, bytes]]:
    """Each object of that kind that is there, whole, one after the other, in the order asked.

    Those of more than `largest` bytes are left out.
    """
    wanted = list(names)
    while wanted:
        answered = yield from _converse(git, wanted, kind, largest)
        wanted = wanted[answered + 1 :]  # git gave up on the one after those: that one is broken


def read_heads(git: Git, blobs: Sequence[BlobId], limit: int) -> dict[BlobId, bytes]:
    """The first `limit` bytes of each blob that is there, in the order asked; git reads each whole, on every core.

    Blobs that lie side by side are read by one process, as they are often stored as differences from each other.
    """
    share = max(-(-len(blobs) // (os.cpu_count() or 1)), _WORTH_A_PROCESS)
    shares = [blobs[start : start + share] for start in range(0, len(blobs), share)]
    with ThreadPoolExecutor(max(len(shares), 1)) as pool:
        found = pool.map(lambda some: [(n, c[:limit]) for n, c in read_objects(git, some, b"blob")], shares)
        return {BlobId(name): head for heads in found for name, head in heads}


def look_up(git: Git, names: Iterable[str]) -> dict[str, Target]:
    """What each name that leads to an object leads to, tags as such. No name may have more than one line."""
    wanted = list(dict.fromkeys(names))
    found: dict[str, Target] = {}
    while wanted:
        with git.stream(
            "cat-file", "--batch-check=%(objecttype) %(objectname)", "--buffer", stdin=_lines(wanted)
        ) as answers:
            lines = answers.read().decode("utf-8", "surrogateescape").split("\n")[:-1]
        for name, line in zip(wanted, lines, strict=False):
            kind, _, object_id = line.partition(" ")
            if line not in (f"{name} missing", f"{name} ambiguous"):
                found[name] = Target(object_id, kind)
        wanted = wanted[len(lines) + 1 :]  # git gave up on the one after those it answered for: that one is broken
    return found


def read_head(git: Git, blob: BlobId, length: int) -> bytes | None:
    """The first `length` bytes of a blob that is at least that long; None when it cannot be read.

    The process ends after them, so a blob of any size costs little.
    """
    with git.stream("cat-file", "blob", blob) as content:
        head = content.read(length)
    return head if len(head) == length else None


def resolve(git: Git, revision: str) -> Resolved | None:
    """The commit that a revision leads to, or else the tree; None when it leads to neither.

    The revision goes through standard input, where nothing reads as an option.
    """
    if not may_be_revision(revision):
        return None
    asked = (f"{revision}^{{commit}}", f"{revision}^{{tree}}", revision)
    with git.stream("cat-file", "--batch-check=%(objecttype) %(objectname)", stdin=_lines(asked)) as answers:
        commit, tree, itself = (
            _Answer.of(line) for line in (answers.readline(), answers.readline(), answers.readline())
        )
    tree_id = tree.name if tree.kind == "tree" else None
    if commit.kind == "commit":
        return Resolved(commit.name, "commit", tree_id)
    if itself.kind == "tree":  # `HEAD:folder`, where what was asked to be peeled reads as a path
        return Resolved(itself.name, "tree", itself.name)
    return Resolved(tree_id, "tree", tree_id) if tree_id else None


class _Answer(NamedTuple):
    kind: str
    name: str

    @classmethod
    def of(cls, line: bytes) -> "_Answer":
        kind, _, name = line.decode("utf-8", "replace").rstrip("\n").partition(" ")
        return cls(kind, name)


def _read_figures(git: Git, blobs: Iterable[BlobId], figure: str) -> dict[BlobId, int]:
    wanted = list(dict.fromkeys(blobs))
    sizes: dict[BlobId, int] = {}
    while wanted:
        with git.stream(
            "cat-file", f"--batch-check=%(objecttype) {figure}", "--buffer", stdin=_lines(wanted)
        ) as answer:
            words = answer.read().split()  # two for each object: `blob 123`, or `<id> missing`
        kinds, figures = words[::2], words[1::2]
        if kinds.count(b"blob") == len(wanted):  # the usual answer, taken in without a look at each
            return sizes | dict(zip(wanted, map(int, figures), strict=True))
        sizes.update(
            (blob, int(size)) for blob, kind, size in zip(wanted, kinds, figures, strict=False) if kind == b"blob"
        )
        wanted = wanted[len(figures) + 1 :]  # git gave up on the one after those it answered for: that one is broken
    return sizes


def _converse(
    git: Git, wanted: Sequence[str], kind: bytes, largest: int | None
) -> Generator[tuple[str, bytes], None, int]:
    """Yields objects; returns for how many git gave an answer."""
    with git.stream("cat-file", "--batch", "--buffer", stdin=_lines(wanted)) as answers:
        for position, name in enumerate(wanted):
            answer = read_answer(answers, name, kind, largest)
            if answer is None:
                return position
            if answer.content is not None:
                yield name, answer.content
    return len(wanted)


def _lines(words: Iterable[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode("utf-8", "surrogateescape")
