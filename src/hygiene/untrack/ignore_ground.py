"""What a plan for ignore files is made from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from hygiene.model.finding import Finding, Group
from hygiene.model.paths import RepoPath, folder_of, name_of
from hygiene.model.rule import Rule, RuleId

ROOT_FILE = RepoPath(".gitignore")
"""The ignore file that holds for the whole repository."""

ByFolder = Mapping[RepoPath, Sequence[str]]
"""Paths as the names in each folder, which many of them share."""


class IgnoreGround(NamedTuple):
    """What leaves, what stays, and what is ignored now.

    Attributes:
        files: the content of every tracked ignore file that stays.
        leaving: what leaves, one finding a path.
        groups: the groups that the findings make up, or more of them.
        staying: every tracked path that stays, without the placeholders.
        placeholders: the files that keep a folder and will be tracked.
        rules: every rule that a finding names, by id.
    """

    files: Mapping[RepoPath, bytes]
    leaving: Sequence[Finding]
    groups: Sequence[Group]
    staying: Collection[RepoPath]
    placeholders: Sequence[RepoPath]
    rules: Mapping[RuleId, Rule]

    @property
    def has_root_file(self) -> bool:
        """Whether lines can be added at the root: not if the name is taken by a symlink, or by what cannot be read."""
        return ROOT_FILE in self.files or ROOT_FILE not in self.staying


def by_folder(paths: Iterable[RepoPath]) -> ByFolder:
    """The names of the paths in each of their folders."""
    found: dict[RepoPath, list[str]] = {}
    for path in paths:
        found.setdefault(folder_of(path), []).append(name_of(path))
    return found


def below(file: RepoPath, path: RepoPath) -> RepoPath:
    """A path below an ignore file's folder, as the file's patterns see it."""
    base = folder_of(file)
    return RepoPath(path[len(base) + 1 :]) if base else path
