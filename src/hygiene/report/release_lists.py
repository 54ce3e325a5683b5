"""What of a repository belongs in a release, as far as its findings tell: whole, in part, not at all."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hygiene.model.finding import AuditReport, Finding
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Confidence, Release


@dataclass(frozen=True)
class Root:
    """A file or folder at the repository's root: how many of its files a release leaves out, and how many are open."""

    path: RepoPath
    files: int
    denied: int
    undecided: int


@dataclass(frozen=True)
class ReleaseLists:
    """The root by what a release may take of it, and what a release leaves out whatever it takes.

    Attributes:
        roots: all that is tracked at the root, in the report's order.
        patterns: gitignore syntax: what the rules of the denied files keep out.
        named: denied files whose rules have no pattern.
    """

    roots: tuple[Root, ...]
    patterns: tuple[str, ...]
    named: tuple[RepoPath, ...]

    @property
    def whole(self) -> list[Root]:
        """Where no file is denied."""
        return [root for root in self.roots if not root.denied]

    @property
    def in_part(self) -> list[Root]:
        """Where some files are denied."""
        return [root for root in self.roots if 0 < root.denied < root.files]

    @property
    def denied(self) -> list[Root]:
        """Where every file is denied."""
        return [root for root in self.roots if root.denied >= root.files]


def release_lists(report: AuditReport) -> ReleaseLists:
    """The lists for a report that knows what is tracked at the root.

    A finding that is only worth a review denies nothing: until somebody has decided, it is open.
    """
    denying = [finding for finding in report.findings if _denies(finding)]
    denied_paths = {finding.path for finding in denying}
    open_paths = {f.path for f in report.findings if f.release is not Release.ALLOW} - denied_paths
    denied, undecided = Counter(map(_root_of, denied_paths)), Counter(map(_root_of, open_paths))
    return ReleaseLists(
        roots=tuple(Root(path, files, denied[path], undecided[path]) for path, files in report.top_level),
        patterns=tuple(dict.fromkeys(_patterns(report, denying))),
        named=tuple(dict.fromkeys(each.path for each in denying if not report.rules[each.rule].gitignore)),
    )


def _denies(finding: Finding) -> bool:
    return finding.release is Release.DENY and finding.confidence >= Confidence.LIKELY


def _root_of(path: str) -> RepoPath:
    first, slash, _ = path.partition("/")
    return RepoPath(first + slash)


def _patterns(report: AuditReport, denying: list[Finding]) -> Iterator[str]:
    for rule_id in sorted({finding.rule for finding in denying}):
        yield from (line for line in report.rules[rule_id].gitignore if not line.startswith("!"))
