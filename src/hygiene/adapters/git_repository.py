"""Reads a repository through the git program: the fast way, and the only one into sparse, split and sha256 indexes."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from hygiene.adapters.background import Begun
from hygiene.adapters.cat_file import only_here, read_head, read_heads, read_objects, read_sizes, resolve
from hygiene.adapters.index_file import require_sound_index
from hygiene.adapters.process import Git, GitFailed
from hygiene.adapters.tree_walk import Listing, missing_tree, unmerged_paths, unreadable_head, walk
from hygiene.errors import UnknownRevision
from hygiene.model.inventory import THE_INDEX, Entry, Inventory, RepositoryFacts, Sizes, Staged
from hygiene.model.paths import ROOT, BlobId, RepoPath
from hygiene.ports import History

_RECORD = r"(?<![^\0])(\d{6}) %s\t([^\0]*)\0"  # anchored: a name can look like a record
_MERGED = re.compile(_RECORD % "([0-9a-f]+) 0")
_UNMERGED = re.compile(_RECORD % "([0-9a-f]+) ([1-3])")
_CHANGE = re.compile(r"(?<![^\0]):\d{6} (\d{6}) [0-9a-f]+ ([0-9a-f]+) ([A-Z])\0([^\0]*)\0")
_PARTS_OF_A_CHANGE = 2  # what it is, and the path; each ends with a NUL
_IN_TREE = re.compile(_RECORD % "[a-z]+ ([0-9a-f]+)")

_PREFERENCE = "132"
"""Stages of a conflict from the worst to the best to stand for the path: base, theirs, ours."""

_CHEAP_WHOLE = 1 << 20
"""Up to so many bytes, reading a blob whole in a batch costs less than a process of its own."""

_EMPTY_TREES = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
"""By object format: the tree that Git knows without storing it."""

_DIFF_INDEX = (
    "diff-index",
    "--cached",  # the index, and never the work tree
    "--ita-invisible-in-index",  # what was only announced is not in the next commit
    "--raw",
    "--no-renames",
    "--no-abbrev",
    "-z",
)

_REMOVED, _UNMERGED_PATH = "DU"
"""What `git diff-index` calls a removal, and a path in conflict."""
_FOLDER = "040000"

_FACTS = 2

_PATHS_A_CALL = 400
"""So many paths of 4 KiB fit into the shortest command line that Linux allows."""


class GitRepository:
    """A repository read by git plumbing alone. `ports.Repository` says what the methods promise."""

    def __init__(self, git: Git, work_dir: Path | None) -> None:
        self._git = git
        self._facts = _read_facts(git, work_dir)

    @property
    def facts(self) -> RepositoryFacts:
        """What the repository is."""
        return self._facts

    @cached_property
    def history(self) -> History:
        """Its commits, read by git plumbing too."""
        # Imported here: most commands ask for nothing of the past.
        from hygiene.adapters.git_history import GitHistory  # noqa: PLC0415

        return GitHistory(self._git, self._facts)

    def list_index(self) -> Inventory:
        """The index; `git ls-files` expands sparse and split ones, and does not look at the checksum."""
        soundness = Begun(self._require_sound_index)
        listing = _decode(self._git.run("ls-files", "-s", "-z"))
        soundness.result()
        entries = list(map(Entry._make, _MERGED.findall(listing)))
        if len(entries) == listing.count("\0"):
            return Inventory(THE_INDEX, None, entries)
        conflicts = _settle(_UNMERGED.findall(listing))
        return Inventory(THE_INDEX, None, _sorted([*entries, *conflicts]), [entry.path for entry in conflicts])

    def list_staged(self) -> Staged:
        """By `git diff-index`, which skips every folder that the index knows to be HEAD's."""
        return self._staging.result()

    def begin_listing_staged(self) -> None:
        """Lists at once: git works in a process of its own, and a thread listens to it."""
        _ = self._staging

    @cached_property
    def _staging(self) -> Begun[Staged]:
        return Begun(self._staged)

    def _staged(self) -> Staged:
        soundness = Begun(self._require_sound_index)
        base = self._facts.head or _EMPTY_TREES[self._facts.object_format]
        try:
            listing, gaps = self._changes_from(base), []
        except GitFailed:  # a tree of HEAD is missing
            listing, gaps = self._changes_from(_EMPTY_TREES[self._facts.object_format]), [unreadable_head()]
        soundness.result()
        changes = _CHANGE.findall(listing)
        if len(changes) * _PARTS_OF_A_CHANGE != listing.count("\0"):  # a change that is not understood is not no change
            raise GitFailed(str(self._git.git_dir), 0, "it lists changes in a form that is not known here")
        by_kind: dict[str, list[Entry]] = {}
        for mode, blob, kind, path in changes:
            by_kind.setdefault(kind, []).append(Entry(mode, BlobId(blob), RepoPath(path)))
        removed, unmerged = by_kind.pop(_REMOVED, []), by_kind.pop(_UNMERGED_PATH, [])
        return Staged(
            changed=_sorted(entry for entries in by_kind.values() for entry in entries),
            added=frozenset(entry.path for entry in by_kind.get("A", ())),
            removed=frozenset(entry.path for entry in (*removed, *unmerged)),
            gaps=[*gaps, *unmerged_paths(len({entry.path for entry in unmerged}))],
        )

    def find_in_head(self, paths: Collection[RepoPath]) -> Sequence[Entry]:
        """By `git ls-tree`, which reads only the trees on the way to each path, and lists folders as such."""
        if self._facts.head is None:
            return ()
        wanted = list(paths)
        found: list[Entry] = []
        try:
            for start in range(0, len(wanted), _PATHS_A_CALL):
                some = wanted[start : start + _PATHS_A_CALL]
                listing = _decode(self._git.run("ls-tree", "-z", "--full-tree", self._facts.head, "--", *some))
                found += map(Entry._make, _IN_TREE.findall(listing))
        except GitFailed:  # a tree is missing
            found = list(self.list_revision(self._facts.head).entries)
        asked = frozenset(wanted)
        return _sorted(entry for entry in found if entry.path in asked and entry.mode != _FOLDER)

    def list_revision(self, revision: str) -> Inventory:
        """The whole tree that a revision leads to."""
        resolved = resolve(self._git, revision)
        if resolved is None:
            raise UnknownRevision(revision)
        listing = Listing([], [missing_tree(ROOT)]) if resolved.tree is None else self._list_tree(resolved.tree)
        return Inventory(revision, resolved.name, listing.entries, gaps=listing.gaps)

    def merge_base(self, revision: str, other: str) -> str | None:
        """The best common ancestor, by the commits' own parents."""
        try:
            return self._git.run("merge-base", self._commit(revision), self._commit(other)).decode().strip()
        except GitFailed:  # status 1: there is none; any other: history is cut by a missing commit
            return None

    def sizes(self, blobs: Iterable[BlobId]) -> Sizes:
        """Sizes from the objects' headers, all from one process."""
        return read_sizes(self._git, only_here(self._git, blobs) if self._facts.partial else blobs)

    def start_sizing(self, blobs: Collection[BlobId]) -> Callable[[], Sizes]:
        """Sizes them at once: git works in a process of its own, and a thread listens to it."""
        return Begun(lambda: self.sizes(blobs)).result

    def heads(self, blobs: Iterable[BlobId], limit: int) -> dict[BlobId, bytes]:
        """Small blobs from one process a core; each large one from its own, which ends after the head."""
        sizes = read_sizes(self._git, blobs)
        small = [blob for blob, size in sizes.items() if size <= _CHEAP_WHOLE]
        heads = read_heads(self._git, small, limit)
        for blob in (blob for blob, size in sizes.items() if size > _CHEAP_WHOLE):
            head = read_head(self._git, blob, min(limit, sizes[blob]))
            if head is not None:
                heads[blob] = head
        return heads

    def contents(self, blobs: Iterable[BlobId]) -> Iterator[tuple[BlobId, bytes]]:
        """Each blob whole, in the order asked; memory holds one at a time."""
        for name, content in read_objects(self._git, blobs, b"blob"):
            yield BlobId(name), content

    def _require_sound_index(self) -> None:
        require_sound_index(self._git.index or self._git.git_dir / "index", self._facts.object_format)

    def _changes_from(self, tree: str) -> str:
        return _decode(self._git.run(*_DIFF_INDEX, tree))

    def _list_tree(self, tree: str) -> Listing:
        try:
            listing = _decode(self._git.run("ls-tree", "-r", "-z", "--full-tree", tree))
        except GitFailed:  # ls-tree gives up at the first tree that is missing
            return walk(tree, lambda trees: read_objects(self._git, trees, b"tree"))
        return Listing(list(map(Entry._make, _IN_TREE.findall(listing))), [])

    def _commit(self, revision: str) -> str:
        resolved = resolve(self._git, revision)
        if resolved is None or resolved.kind != "commit":
            raise UnknownRevision(revision, "it names no commit here")
        return resolved.name


def _read_facts(git: Git, work_dir: Path | None) -> RepositoryFacts:
    # Three short processes side by side: every command waits for them before it can do anything else.
    resolving, asking = Begun(lambda: resolve(git, "HEAD")), Begun(lambda: _is_partial(git))
    told = git.run("rev-parse", "--show-object-format", "--is-shallow-repository").decode("utf-8", "replace").split()
    if len(told) != _FACTS or told[0] not in _EMPTY_TREES:
        raise GitFailed(str(git.git_dir), 0, "it does not answer as git does")
    object_format, shallow = told
    head = resolving.result()
    return RepositoryFacts(
        git_dir=git.git_dir,
        work_dir=work_dir,
        object_format=object_format,
        head=head.name if head else None,
        shallow=shallow == "true",
        partial=asking.result(),
        reader="git",
    )


def _is_partial(git: Git) -> bool:
    question = (r"^(extensions\.partialclone|remote\..*\.promisor)$",)
    try:
        settings = _decode(git.run("config", "--null", "--get-regexp", *question)).split("\0")
    except GitFailed:  # status 1: there is no such setting
        return False
    return any(
        setting and setting.partition("\n")[2].lower() not in ("false", "no", "off", "0") for setting in settings
    )


def _settle(stages: Iterable[tuple[str, str, str, str]]) -> list[Entry]:
    """One entry for each path in conflict, in the order of the paths."""
    by_preference = sorted(stages, key=lambda stage: _PREFERENCE.index(stage[2]))
    chosen = {path: Entry(mode, BlobId(blob), RepoPath(path)) for mode, blob, _, path in by_preference}
    return _sorted(chosen.values())


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.path.encode("utf-8", "surrogateescape"))


def _decode(output: bytes) -> str:
    return output.decode("utf-8", "surrogateescape")
