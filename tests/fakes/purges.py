"""Small histories for the plans of purges, told by what each path ever held, and which of it is a finding."""

from collections.abc import Collection, Mapping, Sequence

from hygiene.history.purge_plan import Chosen, purge_plan
from hygiene.history.purge_selection import selected
from hygiene.model.criterion import Criterion
from hygiene.model.finding import Finding
from hygiene.model.history import Commit, CommitId, Root, Totals, Version
from hygiene.model.past import Account, Accounts, HistoryReport, Past, PastVersion
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.purge import Ground, PurgePlan, PurgeTool, Reach
from hygiene.model.report import AuditReport
from tests.fakes.reports import plain_report

Held = Mapping[str, Sequence[str]]
"""By path: the names of the blobs that it ever held."""

SIZE, STORED = 100, 40
"""Bytes of each blob, unpacked and on the disk."""
NOBODY = Commit(CommitId("c" * 40), "A U Thor <author@example.org>", 1_614_556_800, "Change")
NO_REACH = Reach(0, 0, 0, (), ())


def blob_named(name: str) -> BlobId:
    """An id that begins with the name's bytes; what is an id already stays itself."""
    return BlobId(name if len(name) == 40 else name.encode().hex().ljust(40, "0")[:40])


def history_of(findings: Collection[Finding], held: Held, **audited: object) -> HistoryReport:
    """The audit of a history in which these are findings with all that their paths ever held."""
    return of_audit(plain_report(findings, **audited), {finding.path: held[finding.path] for finding in findings})


def of_audit(audit: AuditReport, guilty: Held, at_head: Collection[str] = ()) -> HistoryReport:
    """The audit of a history in which these contents of these paths are findings."""
    nothing = Account("", 0, 0, 0, 0, 0, 0)
    return HistoryReport(
        audit=audit,
        scope="branches, tags, head",
        roots=(Root("refs/heads/main", "c" * 40),),
        totals=Totals(1, len(guilty), 0, 0, 0),
        pasts={RepoPath(path): _past(path, blobs, is_at_head=path in at_head) for path, blobs in guilty.items()},
        accounts=Accounts(nothing, (), (), (), (), (), ()),
    )


def _past(path: str, blobs: Sequence[str], *, is_at_head: bool) -> Past:
    versions = [
        PastVersion("100644", blob_named(blob), SIZE, STORED, shared=False, introduced=NOBODY.id) for blob in blobs
    ]
    return Past(RepoPath(path), NOBODY, None, is_at_head, len(blobs) - 1, versions)


def ground_of(held: Held, paths: Collection[str], **changes: object) -> Ground:
    """What a purge of these paths meets in a history that held this, except for the fields that are given."""
    versions = [version for path in paths for version in _versions(path, held[path])]
    blobs = {version.blob for version in versions}
    plain = Ground(
        versions=versions,
        holders={blob: frozenset(RepoPath(p) for p in held if blob in map(blob_named, held[p])) for blob in blobs},
        folders=frozenset(),
        givers=frozenset(),
        at_head=frozenset(),
        stored=dict.fromkeys(blobs, STORED),
    )
    return plain._replace(**changes)  # type: ignore[arg-type]  # the callers name fields of Ground


def _versions(path: str, blobs: Sequence[str]) -> list[Version]:
    return [Version(RepoPath(path), "100644", blob_named(blob), SIZE, NOBODY.id, NOBODY.time) for blob in blobs]


def plan_of(report: HistoryReport, held: Held, tool: PurgeTool, *criteria: Criterion, **changes: object) -> PurgePlan:
    """The plan of a purge of what the criteria select, in a history that held this."""
    chosen = selected(report, criteria)
    ground = ground_of(held, [finding.path for finding in chosen], **changes)
    return purge_plan(report, Chosen(criteria, chosen, tool), ground, NO_REACH)
