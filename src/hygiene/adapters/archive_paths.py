"""Where the entries of somebody's archive would lie in a tree of Git's."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from hygiene.model.paths import RepoPath
from hygiene.ports.archive import Member, MemberKind

_IN_TREES = (MemberKind.FILE, MemberKind.SYMLINK)
_METADATA_OF_WHEELS = ".dist-info"


class Places(NamedTuple):
    """Which members would be in a tree.

    Attributes:
        prefix: the one folder that holds all of them, without a slash: `name-version`; empty where there is none.
        paths: below the prefix, by the member's number; of several members of one path the last, as when unpacking.
    """

    prefix: str
    paths: Mapping[int, RepoPath]


def places_of(members: Sequence[Member]) -> Places:
    """The files and symlinks among the members whose names a tree can hold: relative, nowhere empty or dots, no NUL.

    A `./` at the beginning, as `tar` writes it, counts for nothing.
    """
    found = {number: _path(each.name) for number, each in enumerate(members) if each.kind in _IN_TREES}
    latest = {path: number for number, path in found.items() if path is not None}
    prefix = _prefix(latest)
    start = len(prefix) + 1 if prefix else 0
    return Places(prefix, {number: RepoPath(path[start:]) for path, number in latest.items()})


def _path(name: str) -> str | None:
    path = name.removeprefix("./")
    is_tame = "\0" not in path and "\\" not in path and path[1:2] != ":"
    return path if is_tame and not {"", ".", ".."} & set(path.split("/")) else None


def _prefix(paths: Collection[str]) -> str:
    """No file lies beside the folder, and none has its name."""
    tops = {top if slash else "" for top, slash, _ in (path.partition("/") for path in paths)}
    (top,) = tops if len(tops) == 1 else ("",)
    return "" if top.endswith(_METADATA_OF_WHEELS) else top
