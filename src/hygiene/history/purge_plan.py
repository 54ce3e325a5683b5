"""Plans the removal of findings from a history: what goes, what must stay, and what that saves."""

from collections.abc import Iterator, Mapping, Sequence

from hygiene.model.finding import Finding
from hygiene.model.history import Version
from hygiene.model.inventory import Mode
from hygiene.model.past import HistoryReport
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.purge import (
    Criterion,
    Ground,
    PurgedPath,
    PurgePlan,
    PurgeTool,
    Reach,
    Saving,
    Spared,
    Sparing,
)

Holdings = Mapping[RepoPath, Mapping[BlobId, Version]]
"""By path, in their order: its contents, each once."""


class Purge:
    """The purge of some paths of a history by one tool, before it is done.

    Attributes:
        goes: by path, what the tool takes away: with git-filter-repo all that the path ever held, with the BFG what is
            a finding of it.
    """

    def __init__(self, report: HistoryReport, chosen: Sequence[Finding], ground: Ground, tool: PurgeTool) -> None:
        """`chosen` are findings of the report, one for each path; `ground` is about exactly their paths."""
        self._report = report
        self._chosen = {finding.path: finding for finding in chosen}
        self._ground = ground
        self._tool = tool
        self._held = _holdings(ground.versions)
        self._guilty = {path: frozenset(each.blob for each in report.pasts[path].versions) for path in self._chosen}
        self.goes = {path: self._taken(path) for path in self._chosen}

    def plan(self, criteria: Sequence[Criterion], reach: Reach) -> PurgePlan:
        """The whole plan. `criteria` are what chose the findings, `reach` is what else changes."""
        spared = sorted(self._spared(), key=lambda each: (each.path, each.blob))
        kept = frozenset(each.blob for each in spared)
        gone = {blob: version for blobs in self.goes.values() for blob, version in blobs.items() if blob not in kept}
        audit = self._report.audit
        return PurgePlan(
            tool=self._tool,
            tool_version=audit.tool_version,
            criteria=criteria,
            scope=self._report.scope,
            head=audit.facts.head,
            paths=[self._path(finding, kept) for finding in self._chosen.values()],
            blobs=sorted(gone),
            spared=spared,
            saving=self._saving(gone),
            reach=reach,
            incomplete=list(dict.fromkeys([*audit.incomplete, *self._ground.gaps])),  # both looked at the same
        )

    def _taken(self, path: RepoPath) -> Mapping[BlobId, Version]:
        held = self._held.get(path, {})
        if self._tool is PurgeTool.FILTER_REPO:
            return held
        return {blob: version for blob, version in held.items() if blob in self._guilty[path]}

    def _spared(self) -> Iterator[Spared]:
        for path, blobs in self.goes.items():
            for version in blobs.values():
                sparing = self._sparing(path, version)
                if sparing is not None:
                    yield sparing

    def _sparing(self, path: RepoPath, version: Version) -> Spared | None:
        """Why the blob stays where it is; None where it goes."""
        if version.mode == Mode.GITLINK:  # no object of this repository
            return Spared(version.blob, path, Sparing.SUBMODULE)
        innocent = self._innocent_holder(version.blob)
        if innocent is not None:
            return Spared(version.blob, path, Sparing.SHARED, innocent)
        if self._tool is PurgeTool.BFG and version.blob in self._ground.at_head:
            return Spared(version.blob, path, Sparing.AT_HEAD)
        return None

    def _innocent_holder(self, blob: BlobId) -> RepoPath | None:
        """The first path that holds the blob, and keeps it."""
        holders = self._ground.holders.get(blob, frozenset())
        return min((path for path in holders if blob not in self.goes.get(path, {})), default=None)

    def _path(self, finding: Finding, kept: frozenset[BlobId]) -> PurgedPath:
        path = finding.path
        held, goes, stored = self._held.get(path, {}), self.goes[path], self._ground.stored
        return PurgedPath(
            path=path,
            rule=finding.rule,
            category=finding.category,
            confidence=finding.confidence,
            at_head=self._report.pasts[path].at_head,
            versions=len(held),
            innocent=len(held.keys() - self._guilty[path]),
            was_folder=path in self._ground.folders,
            stored=sum(stored.get(blob, 0) for blob in goes),
            freed=sum(stored.get(blob, 0) for blob in goes if blob not in kept),
        )

    def _saving(self, gone: Mapping[BlobId, Version]) -> Saving:
        stored = self._ground.stored
        return Saving(
            blobs=len(gone),
            size=sum(version.size or 0 for version in gone.values()),
            stored=sum(stored.get(blob, 0) for blob in gone),
            unsized=sum(blob not in stored for blob in gone),
        )


def _holdings(versions: Sequence[Version]) -> Holdings:
    held: dict[RepoPath, dict[BlobId, Version]] = {}
    for version in versions:
        held.setdefault(version.path, {}).setdefault(version.blob, version)
    return held
