"""The JSON report of a history, `hygiene.history/1`: every finding with its past and what it costs, as ASCII."""

from hygiene.model import past as model
from hygiene.model.days import day
from hygiene.model.history import Commit, Root
from hygiene.model.json_path import json_path
from hygiene.report import json_parts as parts
from hygiene.report import shape_history as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.costs import cost_of, presence_of
from hygiene.report.json_alike import alike, alike_in_sum
from hygiene.report.quoting import json_text
from hygiene.report.style import TextStyle

_FIRST_SECOND, _LAST_SECOND = -(2**63), 2**63 - 1  # as far as JSON readers follow


def render_history_json(report: model.HistoryReport, style: TextStyle) -> str:
    """The report in the shape `hygiene.history/1`, two spaces a level; the same bytes for the same report."""
    return encoded(_history(report, style))


def history_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `render_history_json` writes, as it is committed in `schemas/`."""
    return parts.schema_of(shape.SCHEMA, shape.History)


def _history(report: model.HistoryReport, style: TextStyle) -> shape.History:
    return shape.History(
        schema=shape.SCHEMA,
        scope=json_text(report.scope),
        roots=tuple(map(_root, report.roots)),
        totals=_totals(report),
        pasts=tuple(_past(report.pasts[path]) for path in sorted(report.pasts)),
        accounts=_accounts(report.accounts),
        growth=tuple(map(_growth, report.accounts.growth)),
        expired_waivers=tuple(map(parts.unused, report.audit.idle_waivers)),
        summary=_summary(report, style),
        **alike(report.audit),
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


def _summary(report: model.HistoryReport, style: TextStyle) -> shape.Summary:
    presence = presence_of(report)
    return shape.Summary(
        at_head=len(presence.at_head),
        gone=len(presence.gone),
        gone_stored=cost_of(presence.gone).stored,
        expired_waivers=len(report.audit.idle_waivers),
        **alike_in_sum(report.audit, style.gate),
    )
