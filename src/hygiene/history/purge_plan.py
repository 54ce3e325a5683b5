"""Plans the removal of findings from a history: what goes, what must stay, and what that saves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hygiene.model.criterion import Criterion
from hygiene.model.finding import Finding
from hygiene.model.history import Version
from hygiene.model.inventory import Mode, Sizes
from hygiene.model.past import HistoryReport
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.purge import Ground, PurgedPath, PurgePlan, PurgeTool, Reach, Saving, Spared, Sparing
from hygiene.model.rule import Category, Disposition

Holdings = Mapping[RepoPath, Mapping[BlobId, Version]]
"""By path, in their order: its contents, each once."""

_GRAVE = frozenset({Category.CREDENTIAL, Category.DATABASE})
"""What may hold secrets, or what people did."""


class Chosen(NamedTuple):
    """What is to go.

    Attributes:
        criteria: by which a person chose it.
        findings: one for each path.
        tool: that is to take it out.
    """

    criteria: Sequence[Criterion]
    findings: Sequence[Finding]
    tool: PurgeTool


def purge_plan(report: HistoryReport, chosen: Chosen, ground: Ground, reach: Reach) -> PurgePlan:
    """The whole plan. The findings are of the report, and `ground` is about exactly their paths."""
    purge = _Purge(report, chosen, ground)
    spared = purge.spared()
    kept = frozenset(each.blob for each in spared)
    gone = {blob: version for blobs in purge.goes.values() for blob, version in blobs.items() if blob not in kept}
    audit = report.audit
    chosen_paths = {finding.path for finding in chosen.findings}
    left = [f for f in audit.findings if f.path not in chosen_paths and f.disposition is not Disposition.KEEP]
    return PurgePlan(
        tool=chosen.tool,
        tool_version=audit.tool_version,
        criteria=chosen.criteria,
        scope=report.scope,
        head=audit.facts.head,
        paths=[purge.of_path(finding, kept) for finding in chosen.findings],
        blobs=sorted(gone),
        spared=spared,
        saving=_saving(gone, ground.stored),
        reach=reach,
        incomplete=list(dict.fromkeys([*audit.incomplete, *ground.gaps, *reach.gaps])),  # all looked at the same
        left=len({finding.path for finding in left}),
        left_grave=len({finding.path for finding in left if finding.category in _GRAVE}),
    )


@dataclass(frozen=True)
class _Purge:
    """What is chosen, as it lies in the history."""

    report: HistoryReport
    chosen: Chosen
    ground: Ground

    @cached_property
    def held(self) -> Holdings:
        """All that the paths ever held."""
        held: dict[RepoPath, dict[BlobId, Version]] = {finding.path: {} for finding in self.chosen.findings}
        for version in self.ground.versions:
            held[version.path].setdefault(version.blob, version)
        return held

    @cached_property
    def goes(self) -> Holdings:
        """What the tool takes away: with git-filter-repo all that was held, with the BFG what is a finding."""
        if self.chosen.tool is PurgeTool.FILTER_REPO:
            return self.held
        return {
            path: {blob: version for blob, version in held.items() if blob in self._guilty[path]}
            for path, held in self.held.items()
        }

    def spared(self) -> Sequence[Spared]:
        """What stays of it nevertheless, by path and blob."""
        versions = ((path, version) for path, blobs in self.goes.items() for version in blobs.values())
        sparing = (self._sparing(path, version) for path, version in versions)
        return sorted((each for each in sparing if each is not None), key=lambda each: (each.path, each.blob))

    def of_path(self, finding: Finding, kept: Collection[BlobId]) -> PurgedPath:
        """What the plan says of the path of a finding, where those blobs stay."""
        path = finding.path
        held, goes, stored = self.held[path], self.goes[path], self.ground.stored
        return PurgedPath(
            path=path,
            rule=finding.rule,
            category=finding.category,
            confidence=finding.confidence,
            at_head=self.report.pasts[path].at_head,
            versions=len(held),
            innocent=len(held.keys() - self._guilty[path]),
            was_folder=path in self.ground.folders,
            stored=sum(stored.get(blob, 0) for blob in goes),
            freed=sum(stored.get(blob, 0) for blob in goes if blob not in kept),
        )

    @cached_property
    def _guilty(self) -> Mapping[RepoPath, frozenset[BlobId]]:
        """What of them is a finding."""
        return {path: frozenset(each.blob for each in self.report.pasts[path].versions) for path in self.held}

    def _sparing(self, path: RepoPath, version: Version) -> Spared | None:
        """Why the blob stays where it is; None where it goes."""
        if version.mode == Mode.GITLINK:  # no object of this repository
            return Spared(version.blob, path, Sparing.SUBMODULE)
        innocent = self._innocent_holder(version.blob)
        if innocent is not None:
            return Spared(version.blob, path, Sparing.SHARED, innocent)
        if self.chosen.tool is PurgeTool.BFG and version.blob in self.ground.at_head:
            return Spared(version.blob, path, Sparing.AT_HEAD)
        return None

    def _innocent_holder(self, blob: BlobId) -> RepoPath | None:
        """The first path that holds the blob, and keeps it."""
        holders = self.ground.holders.get(blob, frozenset())
        return min((path for path in holders if blob not in self.goes.get(path, {})), default=None)


def _saving(gone: Mapping[BlobId, Version], stored: Sizes) -> Saving:
    return Saving(
        blobs=len(gone),
        size=sum(version.size or 0 for version in gone.values()),
        stored=sum(stored.get(blob, 0) for blob in gone),
        unsized=sum(blob not in stored for blob in gone),
    )
