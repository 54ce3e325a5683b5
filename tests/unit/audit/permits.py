"""Waivers and baselines for the tests of this room."""

from collections.abc import Sequence
from datetime import date

from hygiene.audit.allowing import Permits
from hygiene.audit.baseline import Baseline
from hygiene.model.finding import Finding
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Accepted, Origin, Waiver
from hygiene.model.rule import (
    Bucket,
    Category,
    Confidence,
    Disposition,
    Release,
    RuleId,
    Severity,
)

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
    return Finding(
        rule=RuleId(rule),
        category=Category.BUILD,
        bucket=Bucket.CACHE,
        confidence=Confidence.CERTAIN,
        severity=Severity.LOW,
        disposition=Disposition.DELETE_AND_UNTRACK,
        release=Release.DENY,
        path=RepoPath(path),
        mode="100644",
        blob=BlobId(blob),
        size=1,
        evidence=(),
        also=tuple(map(RuleId, also)),
        fingerprint="0" * 16,
    )
