"""Empty files that keep a folder in every clone although all else in it is to stay out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.paths import ROOT, RepoPath, ancestors, folder_of, join, name_of
from hygiene.model.rule import Rule, RuleId
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import parse_pattern

PLACEHOLDER = ".gitkeep"
"""The name that everybody uses; Git itself knows none."""

_NAMES = frozenset({PLACEHOLDER, ".keep"})


class Placeholders(NamedTuple):
    """Files that keep a folder, by path.

    Attributes:
        added: those that are not tracked yet.
        kept: those that are, in folders that something leaves; an ignore rule must let them be too.
    """

    added: Sequence[RepoPath]
    kept: Sequence[RepoPath]


def is_placeholder(path: RepoPath) -> bool:
    """Whether the file does nothing but keep its folder."""
    return name_of(path) in _NAMES


def placeholders(
    declared: Iterable[RepoPath],
    leaving: Sequence[Finding],
    staying: Collection[RepoPath],
    rules: Mapping[RuleId, Rule],
) -> Placeholders:
    """The placeholders of folders that must be there in a clone.

    These are the folders that the configuration declares; and those that a program reads from or writes to, as a rule
    says that has a line for a placeholder among its ignore lines, if nothing that stays would keep them.
    """
    wanted = {join(folder, PLACEHOLDER) for folder in declared}
    present = _folders_above(staying)
    wanted |= {join(folder, PLACEHOLDER) for folder in _runtime_folders(leaving, rules) if folder not in present}
    left = _folders_above(finding.path for finding in leaving)
    kept = {path for path in staying if is_placeholder(path) and (path in wanted or folder_of(path) in left)}
    return Placeholders(sorted(wanted - kept), sorted(kept))


def _folders_above(paths: Iterable[RepoPath]) -> set[RepoPath]:
    """Every folder that holds one of the paths or is above one that does, but the root."""
    holding = set(map(folder_of, paths)) - {ROOT}
    return holding.union(*map(ancestors, holding))


def _runtime_folders(leaving: Iterable[Finding], rules: Mapping[RuleId, Rule]) -> Iterator[RepoPath]:
    """The highest folder that the rule itself names, above each file that it met."""
    named = {rule.id: _folders_named_by(rule) for rule in rules.values() if _keeps_a_placeholder(rule)}
    for finding in leaving:
        covering = named.get(finding.rule)
        if covering is not None:
            above = [folder for folder in ancestors(finding.path) if covering.of_folder(folder)]
            yield from above[-1:]


def _keeps_a_placeholder(rule: Rule) -> bool:
    return any(line.startswith("!") and line.endswith(f"/{PLACEHOLDER}") for line in rule.gitignore)


def _folders_named_by(rule: Rule) -> Covering[str]:
    globs = rule.match.globs if rule.match is not None else ()
    return Covering((pattern, glob) for glob in globs if (pattern := parse_pattern(glob)) is not None)
