"""What of a repository belongs in a release, as far as its findings tell: whole, in part, not at all."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from hygiene.model.finding import Finding
from hygiene.model.paths import RepoPath
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence, Release
from hygiene.patterns.covering import Covering
from hygiene.report.firmness import is_denied, is_firm, is_held
from hygiene.untrack.ignore_lines import IgnoreLines, by_rule, compiled
from hygiene.untrack.members import Members


@dataclass(frozen=True)
class Root:
    """A file or folder at the repository's root, and how many of its files a release should not just take.

    Attributes:
        denied: files that a release leaves out.
        held: files that it leaves out until somebody has decided.
        undecided: files that may be in it if somebody decides so.
        shut: the deny list names the folder itself.
    """

    path: RepoPath
    files: int
    denied: int = 0
    held: int = 0
    undecided: int = 0
    shut: bool = False


@dataclass(frozen=True)
class ReleaseLists:
    """The root by what a release may take of it, and what a release leaves out whatever it takes.

    Attributes:
        roots: all that is tracked at the root, in the report's order.
        patterns: gitignore syntax; together they match every denied file.
        until_decided: files, and folders (with a `/` at their end), to leave out until somebody has decided, in the
            roots that are taken in part.
    """

    roots: tuple[Root, ...]
    patterns: tuple[str, ...]
    until_decided: tuple[RepoPath, ...]

    @property
    def whole(self) -> list[Root]:
        """Where nothing is to be left out."""
        return [root for root in self.roots if not (root.denied or root.held or root.shut)]

    @property
    def in_part(self) -> list[Root]:
        """Where some files are to be left out."""
        return [root for root in self.roots if not root.shut and 0 < root.denied + root.held < root.files]

    @property
    def denied(self) -> list[Root]:
        """Where every file is denied, or the folder is."""
        return [root for root in self.roots if root.shut or root.denied >= root.files]

    @property
    def open(self) -> list[Root]:
        """Where every file is to be left out, some only until somebody has decided."""
        return [root for root in self.roots if not root.shut and root.denied < root.files <= root.denied + root.held]


def release_lists(report: AuditReport, members: Members, patterns: tuple[str, ...]) -> ReleaseLists:
    """The lists for a report that knows what is tracked at the root; `patterns` are its `deny_patterns`."""
    shut = compiled(patterns)
    denied, held, undecided = map(Counter, _paths_by_stance(report))
    roots = tuple(
        Root(path, files, denied[path], held[path], undecided[path], _covers(shut, path))
        for path, files in report.top_level
    )
    lists = ReleaseLists(roots, patterns, ())
    in_part = {root.path for root in lists.in_part}
    places = (place for place in _held_places(members) if _root_of(place) in in_part)
    return ReleaseLists(roots, patterns, tuple(dict.fromkeys(places)))


def deny_patterns(report: AuditReport, ignore_lines: IgnoreLines) -> tuple[str, ...]:
    """Lines in gitignore syntax that match every denied file, no line twice.

    None names a folder at the root that is not mostly denied: what else is in it would be lost.
    """
    denied = [finding for finding in report.findings if is_denied(finding)]
    refused, found = cache(_takes_too_much(report, denied)), by_rule(report.rules, denied).items()
    return tuple(dict.fromkeys(line for rule, alike in found for line in ignore_lines.covering(rule, alike, refused)))


def _takes_too_much(report: AuditReport, denied: list[Finding]) -> Callable[[str], bool]:
    files = Counter(_root_of(path) for path in {finding.path for finding in denied})
    mixed = [root.path for root in report.top_level if files[root.path] * 2 <= root.files]
    return lambda line: any(_covers(compiled([line]), path) for path in mixed)


def _covers(lines: Covering[str], root: RepoPath) -> bool:
    """Whether a line names the root folder itself."""
    return root.endswith("/") and bool(lines.of_folder(RepoPath(root.removesuffix("/"))))


def _paths_by_stance(report: AuditReport) -> Iterator[list[RepoPath]]:
    """The roots of the denied files, of those held back, and of those to decide; every file once."""
    denied: set[RepoPath] = set()
    held: set[RepoPath] = set()
    undecided: set[RepoPath] = set()
    for finding in report.findings:
        if finding.release is Release.DENY:
            (denied if is_firm(finding) else held).add(finding.path)
        elif finding.release is Release.DECIDE:
            undecided.add(finding.path)
    for paths in (denied, held - denied, undecided - denied - held):
        yield [_root_of(path) for path in paths]


def _held_places(members: Members) -> Iterator[RepoPath]:
    for (_, confidence, _, place), inside in members.items():
        if confidence is Confidence.CERTAIN:
            continue  # which is firm, and never held
        held = [finding.path for finding in inside if is_held(finding)]
        yield from [place] if len(held) == len(inside) > 1 else held


def _root_of(path: str) -> RepoPath:
    first, slash, _ = path.partition("/")
    return RepoPath(first + slash)
