"""What a first configuration should say, judged by the audit of a repository that has none."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.gate import Gate
from hygiene.model.paths import RepoPath, ancestors, folder_of, name_of
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, Confidence, Disposition, RuleId, Severity
from hygiene.patterns.glob import Kind
from hygiene.patterns.literal import literal_pattern
from hygiene.policy.configuration.settings import DEFAULT_SIZE_CAP
from hygiene.policy.evidence import EvidencePolicy, evidence_policy
from hygiene.policy.rules.soundness import bad_pattern

_OVERSIZED = RuleId("oversized-file")

_ENDING = re.compile(r"[^.]\.([A-Za-z0-9]{1,10})\Z")
_MOST_SUGGESTIONS = 5
_LONGEST_PATTERN = 500
"""Characters: what is longer helps nobody who reads the file."""

_MIB = 1024 * 1024
_STEPS = tuple(step * 10**power * _MIB for power in range(7) for step in (1, 2, 5))
"""Sizes that people would choose, up to five million MiB."""

_LITTER = (Disposition.DELETE_AND_UNTRACK,)
"""What should become of files that no test needs."""

_MANY = 10
"""As many findings of one rule in one folder are waived together, if they are."""


class Service(Enum):
    """What runs checks for this repository already, by the file or folder at its root that says so."""

    GITHUB = ".github/"
    GITLAB = ".gitlab-ci.yml"
    PRE_COMMIT = ".pre-commit-config.yaml"


class Seen(NamedTuple):
    """What the audit saw, in files; one with several findings counts once, where it is surest.

    Attributes:
        failing: files that fail the audit by default.
        credentials: files that look like credentials.
        is_whole: whether everything could be read.
    """

    tracked: int
    certain: int
    likely: int
    review: int
    failing: int
    credentials: int
    is_whole: bool


class Allowance(NamedTuple):
    """Files that nothing but their size speaks against, and a cap under which they would pass.

    Attributes:
        cap: bytes.
        largest: one of the `files`, of `size` bytes.
    """

    pattern: str
    cap: int
    files: int
    largest: RepoPath
    size: int


class FixtureFolder(NamedTuple):
    """A folder that may keep what tests need, and how many findings of it somebody may have put there."""

    pattern: str
    folder: RepoPath
    files: int


class Example(NamedTuple):
    """A finding that somebody may want to waive, or many of one folder, and the pattern that means its file or it."""

    rule: RuleId
    pattern: str
    findings: int = 1


class Doubt(NamedTuple):
    """The rule with the most likely findings: the next that a stricter gate would fail."""

    rule: RuleId
    findings: int


class Threshold(NamedTuple):
    """Another least confidence for one category, as the configuration names it."""

    category: Category
    least: str


@dataclass(frozen=True, slots=True)
class FirstSettings:
    """What to propose, and what is seen that speaks for it. Equal for equal reports.

    Attributes:
        seen: the findings in numbers.
        allowances: the largest file first; of each pattern one.
        fixtures: the folder with the most files first.
        dangers: the files that look like credentials or do critical harm, worst first.
        example: None where there is no finding that somebody should be taught to waive.
        doubt: None where no rule has likely findings that a team may take more lightly.
        threshold: None where no other would change anything.
        services: in the order of `Service`.
    """

    seen: Seen
    allowances: tuple[Allowance, ...] = ()
    fixtures: tuple[FixtureFolder, ...] = ()
    dangers: tuple[RepoPath, ...] = ()
    example: Example | None = None
    doubt: Doubt | None = None
    threshold: Threshold | None = None
    services: tuple[Service, ...] = ()


NOTHING_SEEN = FirstSettings(Seen(0, 0, 0, 0, 0, 0, is_whole=True))
"""What to propose where nothing is tracked yet."""


def first_settings(report: AuditReport) -> FirstSettings:
    """What fits the repository that this report is of; no configuration may have had a say in it."""
    at_root = {place.path for place in report.top_level}
    ordinary = _only_large(report.findings)
    large = {finding.path for finding in ordinary}
    worth_keeping = [each for each in report.findings if each.disposition not in _LITTER and each.path not in large]
    return FirstSettings(
        seen=_seen(report),
        allowances=tuple(_allowances(ordinary)),
        fixtures=tuple(_fixture_folders(worth_keeping)),
        dangers=tuple(dict.fromkeys(each.path for each in report.findings if _is_danger(each))),
        example=_example([each for each in report.findings if _is_harmless(each) and each.path not in large]),
        doubt=_doubt(each for each in report.findings if _is_harmless(each)),
        threshold=_threshold(report.findings),
        services=tuple(service for service in Service if service.value in at_root),
    )


def _seen(report: AuditReport) -> Seen:
    surest: dict[RepoPath, Confidence] = {}
    for finding in report.findings:
        surest[finding.path] = max(finding.confidence, surest.get(finding.path, Confidence.REVIEW))
    count = Counter(surest.values())
    gate = Gate()
    return Seen(
        tracked=report.tracked,
        certain=count[Confidence.CERTAIN],
        likely=count[Confidence.LIKELY],
        review=count[Confidence.REVIEW],
        failing=len({finding.path for finding in report.findings if gate.fails(finding)}),
        credentials=len({each.path for each in report.findings if each.category is Category.CREDENTIAL}),
        is_whole=not report.incomplete,
    )


def _only_large(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of the files that are too large and nothing else."""
    otherwise = {finding.path for finding in findings if finding.rule != _OVERSIZED}
    return [each for each in findings if each.rule == _OVERSIZED and each.size and each.path not in otherwise]


def _allowances(findings: Iterable[Finding]) -> Iterator[Allowance]:
    alike: dict[tuple[RepoPath, str], list[tuple[int, RepoPath]]] = {}
    for finding in findings:
        alike.setdefault(_kind(finding.path), []).append((finding.size or 0, finding.path))
    by_pattern: dict[str, Allowance] = {}
    for (folder, names), files in sorted(alike.items(), key=lambda pair: (-max(pair[1])[0], pair[0])):
        size, largest = max(files)
        pattern = _folder_pattern(folder) + names if len(files) > 1 else literal_pattern(largest, Kind.FILE)
        if _is_usable(pattern):
            by_pattern.setdefault(pattern, Allowance(pattern, _roomy(size), len(files), largest, size))
    yield from list(by_pattern.values())[:_MOST_SUGGESTIONS]


def _kind(path: RepoPath) -> tuple[RepoPath, str]:
    """The folder and the names in it that files of this kind have; of a name without an ending, the very file."""
    ending = _ENDING.search(name_of(path))
    return (folder_of(path), f"*.{ending[1]}") if ending else (path, "")


def _folder_pattern(folder: RepoPath) -> str:
    return literal_pattern(folder, Kind.FOLDER) if folder else "/"


def _roomy(size: int) -> int:
    """The first size that people would choose under which such files pass."""
    return next((step for step in _STEPS if step > max(size, DEFAULT_SIZE_CAP)), size)


def _fixture_folders(findings: Iterable[Finding]) -> Iterator[FixtureFolder]:
    evidence = evidence_policy()
    files: dict[RepoPath, set[RepoPath]] = {}
    for finding in findings:
        folder = _fixture_folder_of(finding.path, evidence)
        if folder is not None:
            files.setdefault(folder, set()).add(finding.path)
    by_pattern: dict[str, FixtureFolder] = {}
    for folder, inside in sorted(files.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        pattern = literal_pattern(folder, Kind.FOLDER)
        if _is_usable(pattern):
            by_pattern.setdefault(pattern, FixtureFolder(pattern, folder, len(inside)))
    yield from list(by_pattern.values())[:_MOST_SUGGESTIONS]


def _fixture_folder_of(path: RepoPath, evidence: EvidencePolicy) -> RepoPath | None:
    """The outermost folder above the file that may keep fixtures; None where one is known to, or there is none."""
    above = list(ancestors(path))
    if any(name_of(folder).lower() in evidence.fixture_folders for folder in above):
        return None
    return next(
        (folder for folder in reversed(above) if name_of(folder).lower() in evidence.maybe_fixture_folders), None
    )


def _is_danger(finding: Finding) -> bool:
    return finding.category is Category.CREDENTIAL or finding.severity is Severity.CRITICAL


def _is_harmless(finding: Finding) -> bool:
    """Whether it is neither dangerous nor a secret: nobody should be taught to take those lightly."""
    return finding.severity < Severity.HIGH and finding.category is not Category.CREDENTIAL


def _example(findings: Sequence[Finding]) -> Example | None:
    """Of what a person is to decide about, if there is any; then of what is to be untracked; then of the rest."""
    to_decide = [each for each in findings if each.disposition is Disposition.DECIDE]
    kept = [each for each in findings if each.disposition not in _LITTER]
    examples = (_crowd(some) or _first_single(some) for some in (to_decide, kept, findings))
    return next(filter(None, examples), None)


def _crowd(findings: Sequence[Finding]) -> Example | None:
    """The rule with the most findings that lie together, and the innermost folder that holds most of them."""
    of_rule = Counter(each.rule for each in findings)
    inside = Counter((each.rule, folder) for each in findings for folder in ancestors(each.path))
    crowded = [
        (-of_rule[rule], -folder.count("/"), folder, rule)
        for (rule, folder), number in inside.items()
        if number >= _MANY and 2 * number > of_rule[rule] and _is_usable(_folder_pattern(folder))
    ]
    if not crowded:
        return None
    *_, folder, rule = min(crowded)
    return Example(rule, _folder_pattern(folder), inside[rule, folder])


def _first_single(findings: Iterable[Finding]) -> Example | None:
    examples = (Example(each.rule, literal_pattern(each.path, Kind.FILE)) for each in findings)
    return next((each for each in examples if _is_usable(each.pattern)), None)


def _doubt(findings: Iterable[Finding]) -> Doubt | None:
    likely = Counter(each.rule for each in findings if each.confidence is Confidence.LIKELY)
    if not likely:
        return None
    rule, number = min(likely.items(), key=lambda pair: (-pair[1], pair[0]))
    return Doubt(rule, number)


def _threshold(findings: Sequence[Finding]) -> Threshold | None:
    """A stricter one where there may be credentials; else a milder one for media that fail now."""
    if any(each.category is Category.CREDENTIAL for each in findings):
        return Threshold(Category.CREDENTIAL, str(Confidence.LIKELY))
    gate = Gate()
    media_fails = any(each.category is Category.MEDIA and gate.fails(each) for each in findings)
    return Threshold(Category.MEDIA, "never") if media_fails else None


def _is_usable(pattern: str) -> bool:
    return len(pattern) <= _LONGEST_PATTERN and bad_pattern((), pattern) is None
