"""The JSON report of a history, `hygiene.history/1`: every finding with its past and what it costs, as ASCII."""

from collections import Counter

from hygiene.model import past as model
from hygiene.model.days import day
from hygiene.model.history import Commit, Root
from hygiene.model.json_path import json_path
from hygiene.model.report import AuditReport
from hygiene.model.rule import Disposition
from hygiene.report import json_parts as parts
from hygiene.report import shape_history as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.costs import cost_of, presence_of
from hygiene.report.quoting import json_text
from hygiene.report.shape_v1 import ByConfidence, Tool
from hygiene.report.style import TextStyle
from hygiene.report.tally import outcome_of, tally

_FIRST_SECOND, _LAST_SECOND = -(2**63), 2**63 - 1  # as far as JSON readers follow


def render_history_json(report: model.HistoryReport, style: TextStyle) -> str:
    """The report in the shape `hygiene.history/1`, two spaces a level; the same bytes for the same report."""
    return encoded(_history(report, style))


def history_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `render_history_json` writes, as it is committed in `schemas/`."""
    return parts.schema_of(shape.SCHEMA, shape.History)


def _history(report: model.HistoryReport, style: TextStyle) -> shape.History:
    audit = report.audit
    shaped = parts.finding_shaper()
    return shape.History(
        schema=shape.SCHEMA,
        tool=Tool(name="hygiene", version=audit.tool_version),
        repository=parts.repository(audit.facts),
        scope=json_text(report.scope),
        roots=tuple(map(_root, report.roots)),
        totals=_totals(report),
        findings=tuple(map(shaped, audit.findings)),
        groups=tuple(map(parts.group, audit.groups)),
        pasts=tuple(_past(report.pasts[path]) for path in sorted(report.pasts)),
        accounts=_accounts(report.accounts),
        growth=tuple(map(_growth, report.accounts.growth)),
        cleared=tuple(map(parts.cleared, audit.cleared)),
        waived=tuple(parts.waived(each, shaped) for each in audit.waived),
        unused_waivers=tuple(map(parts.unused, audit.idle_waivers)),
        baselined=tuple(map(shaped, audit.baselined)),
        stale_baseline=tuple(map(parts.entry, audit.stale)),
        unreadable=tuple(map(parts.unreadable, audit.unreadable)),
        incomplete=tuple(map(parts.gap, audit.incomplete)),
        notes=tuple(map(json_text, audit.notes)),
        policy=tuple(map(json_text, audit.policy)),
        summary=_summary(report, audit, style),
    )


def _root(root: Root) -> shape.Root:
    name = json_path(root.name)
    return shape.Root(name=name.text, name_b64=parts.given(name.b64), object=root.object_id)


def _totals(report: model.HistoryReport) -> shape.Totals:
    totals = report.totals
    return shape.Totals(
        commits=totals.commits,
        paths=totals.paths,
        versions=totals.versions,
        blobs=totals.blobs,
        bytes=totals.size,
    )


def _past(past: model.Past) -> shape.Past:
    path = json_path(past.path)
    return shape.Past(
        path=path.text,
        path_b64=parts.given(path.b64),
        at_head=past.at_head,
        introduced=_commit(past.introduced),
        removed=None if past.removed is None else _commit(past.removed),
        rewrites=past.rewrites,
        versions=tuple(map(_version, past.versions)),
    )


def _commit(commit: Commit) -> shape.Commit:
    author, summary = json_path(commit.author), json_path(commit.summary)
    return shape.Commit(
        id=commit.id,
        author=author.text,
        author_b64=parts.given(author.b64),
        time=min(max(commit.time, _FIRST_SECOND), _LAST_SECOND),
        day=day(commit.time),
        summary=summary.text,
        summary_b64=parts.given(summary.b64),
    )


def _version(version: model.PastVersion) -> shape.Version:
    return shape.Version(
        mode=version.mode,
        blob=version.blob,
        size=version.size,
        stored=version.stored,
        shared=version.shared,
        introduced=version.introduced,
    )


def _accounts(accounts: model.Accounts) -> shape.Accounts:
    return shape.Accounts(
        total=_account(accounts.total),
        by_category=tuple(map(_account, accounts.by_category)),
        by_rule=tuple(map(_account, accounts.by_rule)),
        by_folder=tuple(map(_account, accounts.by_folder)),
        by_extension=tuple(map(_account, accounts.by_extension)),
        by_author=tuple(map(_account, accounts.by_author)),
    )


def _account(account: model.Account) -> shape.Account:
    key = json_path(account.key)
    return shape.Account(
        key=key.text,
        key_b64=parts.given(key.b64),
        paths=account.paths,
        blobs=account.blobs,
        bytes=account.size,
        stored=account.stored,
        reclaimable=account.reclaimable,
        unsized=account.unsized,
    )


def _growth(growth: model.Growth) -> shape.Growth:
    return shape.Growth(month=growth.month, category=growth.category, bytes=growth.size, stored=growth.stored)


def _summary(report: model.HistoryReport, audit: AuditReport, style: TextStyle) -> shape.Summary:
    total, presence = tally(audit.findings), presence_of(report)
    to_do = Counter(finding.disposition for finding in audit.findings)
    return shape.Summary(
        outcome=outcome_of(audit, style.gate),
        findings=len(audit.findings),
        at_head=len(presence.at_head),
        gone=len(presence.gone),
        gone_stored=cost_of(presence.gone).stored,
        by_confidence=ByConfidence(certain=total.certain, likely=total.likely, review=total.review),
        by_disposition={each.value: to_do[each] for each in Disposition},
        cleared=len(audit.cleared),
        waived=len(audit.waived),
        unused_waivers=len(audit.idle_waivers),
        baselined=len(audit.baselined),
        stale_baseline=len(audit.stale),
        unreadable=len(audit.unreadable),
    )
