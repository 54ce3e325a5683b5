"""Waivers and baselines for the tests of this room."""

from collections.abc import Sequence
from datetime import date

from hygiene.audit.allowing import Permits
from hygiene.audit.baseline import Baseline
from hygiene.model.finding import Finding
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Accepted, Origin, Waiver
from hygiene.model.rule import Category, RuleId
from tests.fakes.reports import plain_finding, plain_rule

TODAY = date(2026, 6, 15)
YESTERDAY = date(2026, 6, 14)

_BLOB = BlobId("a" * 40)


def waiver(
    path: str, rule: str = "junk", *, blob: str | None = None, expires: date | None = None, line: int = 1
) -> Waiver:
    origin = Origin("hygiene.toml", line)
    return Waiver(RuleId(rule), path, "it is meant", origin, BlobId(blob) if blob else None, expires)


def permits(*waivers: Waiver, today: date = TODAY) -> Permits:
    return Permits(today, waivers)


def ratchet(*entries: Accepted) -> Permits:
    return Permits(TODAY, baseline=Baseline("base.json", entries), ratchet=True)


def baseline(*entries: Accepted) -> Permits:
    return Permits(TODAY, baseline=Baseline("base.json", entries))


def entry(
    path: str, rule: str = "junk", *, blob: str = _BLOB, category: Category = Category.BUILD, size: int | None = 1
) -> Accepted:
    return Accepted(RuleId(rule), RepoPath(path), BlobId(blob), category, size)


def finding(path: str, rule: str = "junk", *, blob: str = _BLOB, also: Sequence[str] = ()) -> Finding:
    return plain_finding(plain_rule(rule), path, blob=BlobId(blob), also=tuple(map(RuleId, also)))
