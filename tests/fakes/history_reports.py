"""Audits of a history with plain contents, for tests to bend."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from hygiene.model.days import day
from hygiene.model.history import Commit, CommitId, Root, Totals
from hygiene.model.past import Account, Accounts, Growth, HistoryReport, Past, PastVersion
from hygiene.model.paths import BlobId, RepoPath, name_of
from hygiene.model.report import AuditReport

AUTHOR = "A U Thor <author@example.org>"
FIRST_DAY = 1_614_556_800  # 2021-03-01


def plain_commit(number: int, **changes: object) -> Commit:
    """A commit, a day later for each number, except for the fields that are given."""
    told: dict[str, object] = {"author": AUTHOR, "time": FIRST_DAY + 86_400 * number, "summary": f"Change {number}"}
    return Commit(id=CommitId(f"{number * 2654435761 % 2**32:08x}" + "0" * 32), **(told | changes))  # type: ignore[arg-type]  # the callers name fields


def plain_version(number: int, **changes: object) -> PastVersion:
    """A version of 100 bytes, 40 on the disk, that no other file holds, except for the fields that are given."""
    plain = PastVersion("100644", BlobId(f"{number:040x}"), 100, 40, shared=False, introduced=plain_commit(number).id)
    return plain._replace(**changes)  # type: ignore[arg-type]  # the callers name fields of PastVersion


def plain_past(path: str, number: int = 1, **changes: object) -> Past:
    """A path of one version that is at HEAD still, except for the fields that are given."""
    plain = Past(
        path=RepoPath(path),
        introduced=plain_commit(number),
        removed=None,
        at_head=True,
        rewrites=0,
        versions=(plain_version(number),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the callers name fields of Past


def plain_history(audit: AuditReport, pasts: Iterable[Past], **changes: object) -> HistoryReport:
    """The audit as one of a history in which the paths had these pasts, except for the fields that are given."""
    by_path = {past.path: past for past in pasts}
    plain = HistoryReport(
        audit=audit,
        scope="branches, tags, head",
        roots=(Root("HEAD", "c0ffee" + "0" * 34), Root("refs/heads/main", "c0ffee" + "0" * 34)),
        totals=Totals(commits=1204, paths=412, versions=980, blobs=961, size=34 * 1024 * 1024),
        pasts=by_path,
        accounts=_accounts(audit, by_path),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the callers name fields of HistoryReport


def _accounts(audit: AuditReport, pasts: Mapping[RepoPath, Past]) -> Accounts:
    rules = {finding.path: finding.rule for finding in audit.findings}
    categories = {finding.path: finding.category.value for finding in audit.findings}
    found = [pasts[path] for path in categories]
    by_month: dict[tuple[str, str], list[Past]] = {}
    for past in found:
        by_month.setdefault((day(past.introduced.time)[:7], categories[past.path]), []).append(past)
    return Accounts(
        total=_account("", found),
        by_category=_by(found, lambda past: categories[past.path]),
        by_rule=_by(found, lambda past: rules[past.path]),
        by_folder=_by(found, lambda past: past.path.partition("/")[0] if "/" in past.path else ""),
        by_extension=_by(found, lambda past: _extension(past.path)),
        by_author=_by(found, lambda past: past.introduced.author),
        growth=[Growth(*key, *_account("", inside)[3:5]) for key, inside in sorted(by_month.items())],
    )


def _by(pasts: Iterable[Past], key: Callable[[Past], str]) -> list[Account]:
    together: dict[str, list[Past]] = {}
    for past in pasts:
        together.setdefault(key(past), []).append(past)
    found = [_account(each, inside) for each, inside in together.items()]
    return sorted(found, key=lambda account: (-account.stored, account.key))


def _account(key: str, pasts: list[Past]) -> Account:
    blobs = {version.blob: version for past in pasts for version in past.versions}.values()
    return Account(
        key=key,
        paths=len(pasts),
        blobs=len(blobs),
        size=sum(each.size or 0 for each in blobs),
        stored=sum(each.stored or 0 for each in blobs),
        reclaimable=sum(each.stored or 0 for each in blobs if not each.shared),
        unsized=sum(each.stored is None for each in blobs),
    )


def _extension(path: str) -> str:
    stem, dot, ending = name_of(path).rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""
