"""Statistics made by hand: some full of names that nobody wishes for, and those of a repository without a commit."""

from hygiene.history.scales import SCALES
from hygiene.model.history import CommitId, Month, Rewritten, Root
from hygiene.model.inventory import Gap
from hygiene.model.paths import ROOT, BlobId, RepoPath
from hygiene.model.statistics import (
    Concern,
    HistoryStatistics,
    LargeBlob,
    Section,
    Statistic,
    Unit,
)

_HEAD = "c0ffee" + "0" * 34
_NASTY = RepoPath("data/\x1b[31m`x`|<b>\udce9\n.bin")
_LONG = RepoPath("a/" * 120 + "end.py")


def odd_statistics() -> HistoryStatistics:
    """Every section and every level of concern, over more months than are listed."""
    return HistoryStatistics(
        tool_version="0.0.0",
        head=_HEAD,
        roots=[Root("HEAD", _HEAD), Root("refs/heads/\x1b[1m\udce9", _HEAD)],
        lines=[
            Statistic(Section.HISTORY, "commits", "commits", 85_361, Unit.NUMBER),
            Statistic(Section.HISTORY, "blob-size", "blobs, unpacked", 5 << 30, Unit.BYTES),
            _worrying(Section.HISTORY, "largest-blob", "largest blob", 60 << 20, Unit.BYTES)._replace(worst=_NASTY),
            _worrying(Section.HISTORY, "path-length", "longest path, in characters", 246)._replace(worst=_LONG),
            Statistic(Section.REFERENCES, "branches", "branches", 8, Unit.NUMBER),
            _worrying(Section.HEAD, "folder-width", "entries of the fullest folder", 1_197)._replace(worst=ROOT),
            Statistic(Section.DISK, "packs", "packs", 1, Unit.NUMBER),
        ],
        largest=[
            LargeBlob(_NASTY, BlobId("a" * 40), 60 << 20, 31_000, CommitId("1" * 40)),
            LargeBlob(_LONG, BlobId("b" * 40), 1 << 20, None, CommitId("2" * 40)),
        ],
        rewritten=[Rewritten(_LONG, 3_542), Rewritten(_NASTY, 12)],
        months=[
            Month(f"{2019 + number // 12}-{number % 12 + 1:02}", number, number * 1_000) for number in range(1, 30)
        ],
        incomplete=[Gap("tree of @user is missing", "Run `git fsck`.", RepoPath("src/|"))],
    )


def bare_statistics() -> HistoryStatistics:
    """Little to tell, and nothing that should worry anybody."""
    lines = [Statistic(Section.HISTORY, "commits", "commits", 1, Unit.NUMBER)]
    return HistoryStatistics("0.0.0", None, [], lines, [], [], [Month("2021-03", 1, 10)], [])


def _worrying(section: Section, name: str, label: str, value: int, unit: Unit = Unit.NUMBER) -> Statistic:
    scale = SCALES[name]
    assert scale.concern(value) is not Concern.NONE
    return Statistic(section, name, label, value, unit, scale.concern(value), None, scale.reason)
