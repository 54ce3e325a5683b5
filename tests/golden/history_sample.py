"""Two audits of a history made by hand: one full of names and commits that nobody wishes for, and a clean one."""

from hygiene.model.history import Commit, Root
from hygiene.model.past import HistoryReport, Past
from hygiene.model.paths import BlobId
from tests.fakes.history_reports import plain_commit, plain_history, plain_past, plain_version
from tests.golden.sample import clean_report, odd_report

_AUTHORS = (
    "A U Thor <author@example.org>",
    "\x1b[31m@user\x1b[0m `tick` <b>|</b> <x@y>",
    "J\udcf6rg \u202egpj <latin1@example.org>",
    "",
)
_SUMMARIES = (
    "Save everything",
    "fix #1 for @user: see [here](https://evil.example) <!-- `x` ##[error]y",
    "two\x07\n::error::lines \udce9",
    "",
)
_A_MONTH = 30 * 86_400


def odd_history() -> HistoryReport:
    """Everything that can become of a path, over more months than are listed; some times are beyond any calendar."""
    audit = odd_report()
    passed = [each.finding for each in audit.waived]
    paths = sorted({each.path for each in (*audit.findings, *passed, *audit.baselined)})
    roots = (Root("HEAD", "c0ffee" + "0" * 34), Root("refs/heads/\x1b[1m\udce9", "c0ffee" + "0" * 34))
    pasts = [_past(path, number) for number, path in enumerate(paths)]
    return plain_history(audit, pasts, scope="branches, `tags`, \x1b[1mhead", roots=roots)


def clean_history() -> HistoryReport:
    """A history in which nothing was found."""
    return plain_history(clean_report(), [])


def _past(path: str, number: int) -> Past:
    blobs = range(100 * number + 1, 100 * number + 2 + number % 3)
    versions = [plain_version(each, size=each * 37, stored=each * 11, shared=number % 5 == 0) for each in blobs]
    if path == "_tmp/auth.db":
        versions.append(plain_version(9999, size=None, stored=None))
    if path.startswith("build/"):
        versions = [plain_version(7777, size=90_000, stored=31_000, blob=BlobId("b" * 40))]
    return plain_past(
        path,
        introduced=_commit(number),
        at_head=number % 4 == 0,
        removed=_commit(number + 7) if number % 4 in (1, 2) else None,
        rewrites=len(versions) - 1,
        versions=tuple(versions),
    )


def _commit(number: int) -> Commit:
    time = {50: -(10**30), 51: 10**30}.get(number, plain_commit(0).time + number // 3 * _A_MONTH)
    return plain_commit(
        number,
        author=_AUTHORS[number % len(_AUTHORS)],
        summary=_SUMMARIES[number % len(_SUMMARIES)],
        time=time,
    )
