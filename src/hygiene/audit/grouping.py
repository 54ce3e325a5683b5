"""Groups: the findings of one rule under the highest folder that holds nothing else."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from hygiene.audit.survey import Folders
from hygiene.model.finding import Evidence, Finding, Group
from hygiene.model.paths import RepoPath, ancestors, folder_of, name_of
from hygiene.model.rule import Confidence, Disposition, RuleId

_Key = tuple[RuleId, Confidence, Disposition]


def grouped(findings: Sequence[Finding], folders: Folders) -> list[Group]:
    """One group for each maximal folder whose tracked paths are all findings of one rule, confidence and disposition.

    Worst first, then by path; a finding that shares its folders with other files is a group of its own, and so is one
    about a file that is not tracked (a configuration file may be new).
    """
    holding = {folder_of(finding.path) for finding in findings}
    tracked = _tracked_below(folders, {place for folder in holding for place in _upward(folder)})
    by_key: dict[_Key, list[Finding]] = defaultdict(list)
    apart: dict[tuple[_Key, RepoPath], list[Finding]] = defaultdict(list)
    for finding in findings:
        key = finding.rule, finding.confidence, finding.disposition
        if name_of(finding.path) in folders.get(folder_of(finding.path), ()):
            by_key[key].append(finding)
        else:
            apart[key, finding.path].append(finding)
    groups = [_group(path, same) for (_, path), same in apart.items()]
    groups += [group for same in by_key.values() for group in _groups_of(same, tracked)]
    return sorted(groups, key=lambda g: (-g.confidence, -g.severity, -g.size, g.path, g.rule))


def _tracked_below(folders: Folders, wanted: set[RepoPath]) -> Counter[RepoPath]:
    counts: Counter[RepoPath] = Counter()
    above: dict[RepoPath, list[RepoPath]] = {}
    for folder, entries in folders.items():
        parent = folder_of(folder)
        if parent not in above:
            above[parent] = [place for place in (parent, *ancestors(parent)) if place in wanted]
        for place in above[parent]:
            counts[place] += len(entries)
        if folder in wanted:
            counts[folder] += len(entries)
    return counts


def _groups_of(same: Sequence[Finding], tracked: Counter[RepoPath]) -> Iterator[Group]:
    paths = {finding.path for finding in same}  # a check may find more than one thing in a file
    within = Counter(map(folder_of, paths))
    found: Counter[RepoPath] = Counter()
    for folder, count in within.items():
        for place in _upward(folder):
            found[place] += count
    highest = {folder: [place for place in _upward(folder) if found[place] == tracked[place]][-1:] for folder in within}
    members: dict[RepoPath, list[Finding]] = defaultdict(list)
    for finding in same:
        whole = highest[folder_of(finding.path)]
        members[RepoPath(f"{whole[0]}/") if whole else finding.path].append(finding)
    return (_group(path, findings) for path, findings in members.items())


def _upward(folder: RepoPath) -> Sequence[RepoPath]:
    """The folder and those above it, without the root."""
    return (folder, *ancestors(folder)) if folder else ()


def _group(path: RepoPath, findings: Sequence[Finding]) -> Group:
    first = max(findings, key=lambda f: f.severity)
    sizes = {finding.path: finding.size for finding in findings}
    known = [size for size in sizes.values() if size is not None]
    return Group(
        path=path,
        rule=first.rule,
        category=first.category,
        confidence=first.confidence,
        severity=first.severity,
        disposition=first.disposition,
        count=len(sizes),
        size=sum(known),
        unsized=len(sizes) - len(known),
        evidence=_shared(findings),
    )


def _shared(findings: Sequence[Finding]) -> tuple[Evidence, ...]:
    """The first finding's evidence of the kinds that all have: what can be said of the whole group."""
    kinds = set.intersection(*({each.kind for each in finding.evidence} for finding in findings))
    return tuple(each for each in findings[0].evidence if each.kind in kinds)
