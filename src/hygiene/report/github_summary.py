"""The job summary of GitHub Actions: what was found in short, and as many exact paths as fit."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, takewhile
from typing import Final, NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence, Disposition, RuleId
from hygiene.model.titles import CATEGORY_TITLES
from hygiene.report.columns import cut_end, cut_middle
from hygiene.report.markdown_parts import bullets, details, paragraphs, table
from hygiene.report.markdown_quoting import code_span, fenced, prose
from hygiene.report.quoting import plain, shown
from hygiene.report.results import Level, by_level
from hygiene.report.sizes import human, human_known, human_short
from hygiene.report.style import TextStyle
from hygiene.report.tally import tally, tally_by_category
from hygiene.report.wording import TO_DO, counted, outcome_sentence, permitted_sentence

BUDGET: Final = 900 * 1024
"""Bytes: of a summary over 1 MiB GitHub shows nothing at all, and other steps write to the same one."""

_LISTED: Final = 20  # gaps, notes and unreadable files of each; the JSON report has all
_LONGEST: Final = 200  # columns of a name or a reason outside the lists of paths
_MARKUP: Final = 200  # bytes for what stands around a list of paths
_ALL: Final = "`hygiene audit --format json` lists all"


class _Kind(NamedTuple):
    """What the findings of one line have in common."""

    rule: RuleId
    confidence: Confidence
    disposition: Disposition
    level: Level


_Alike = Mapping[_Kind, Sequence[Finding]]


def render_github_summary(report: AuditReport, style: TextStyle) -> str:
    """A table by category first, one by rule, then every rule's paths, folded; at most `BUDGET` bytes of UTF-8."""
    alike = _alike(report, style)
    head = paragraphs(*_head(report, style, alike))
    return paragraphs(head, *_lists(alike, BUDGET - len(head.encode()))) + "\n"


def _head(report: AuditReport, style: TextStyle, alike: _Alike) -> Iterator[str]:
    yield "## Repository hygiene"
    yield f"**Outcome:** {outcome_sentence(report, style.gate)}."
    yield f"{_amounts(report)}. {permitted}." if (permitted := permitted_sentence(report)) else f"{_amounts(report)}."
    if alike:
        yield _categories(report)
        yield _rules(report, alike)
    yield _few("What makes this audit incomplete", [(each.path, each.reason) for each in report.incomplete])
    yield _few("What could not be looked into", [(each.path, each.reason) for each in report.unreadable])
    yield _few("Notes", [(None, note) for note in report.notes])


def _amounts(report: AuditReport) -> str:
    total = tally(report.findings)
    tracked = f"{counted(report.tracked, 'tracked file')}, {human(report.tracked_size)}"
    if not total.files:
        return f"{tracked}; no finding"
    size = human_known(total.size, total.files, total.unsized)
    return f"{tracked}; {counted(len(report.findings), 'finding')} in {counted(total.files, 'file')}, {size}"


def _categories(report: AuditReport) -> str:
    rows = (
        [
            CATEGORY_TITLES[category],
            f"{found.files:,}",
            human_short(found.size, found.files, found.unsized),
            *(f"{number:,}" for number in (found.certain, found.likely, found.review)),
        ]
        for category, found in tally_by_category(report.findings).items()
    )
    return table(["Category", "Files", "Size", "Certain", "Likely", "To review"], rows)


def _rules(report: AuditReport, alike: _Alike) -> str:
    rows = []
    for (rule_id, confidence, disposition, level), findings in alike.items():
        summary = prose(cut_end(plain(report.rules[rule_id].summary), _LONGEST))
        fails = "fails" if level is Level.ERROR else ""
        rows.append([code_span(rule_id), summary, f"{len(findings):,}", str(confidence), fails, TO_DO[disposition]])
    return table(["Rule", "What it is", "Findings", "Confidence", "The audit", "What to do"], rows)


def _alike(report: AuditReport, style: TextStyle) -> _Alike:
    """The findings by what a line of the table says of them, the loudest first."""
    alike: dict[_Kind, list[Finding]] = {}
    for level, findings in by_level(report, style.gate).items():
        for finding in findings:
            alike.setdefault(_Kind(finding.rule, finding.confidence, finding.disposition, level), []).append(finding)
    return alike


def _few(title: str, items: Sequence[tuple[str | None, str]]) -> str:
    if not items:
        return ""
    lines = [_item(*item) for item in items[:_LISTED]]
    more = len(items) - len(lines)
    return paragraphs(f"### {title}", bullets([*lines, f"and {more:,} more; {_ALL}"] if more else lines))


def _item(path: str | None, reason: str) -> str:
    where = f"{code_span(cut_middle(shown(path), _LONGEST))}: " if path else ""
    return where + code_span(cut_end(plain(reason), _LONGEST))


def _lists(alike: _Alike, room: int) -> Iterator[str]:
    """The paths, by rule, as far as there is room; how many are left out."""
    left_out = 0
    room -= 2 * _MARKUP
    for (rule_id, confidence, _, _), findings in alike.items():
        lines = _fitting([shown(finding.path) for finding in findings], room - _MARKUP - len(rule_id))
        left_out += len(findings) - len(lines)
        if lines:
            block = details(fenced(lines), f"{plain(rule_id)}, {confidence}: {counted(len(lines), 'path')}")
            room -= len(block.encode()) + 2
            yield block
    if left_out:
        yield f"{counted(left_out, 'more path')} would not fit here; {_ALL}."


def _fitting(lines: list[str], room: int) -> list[str]:
    """As many of the lines, from the first, as fit in so many bytes, with a line break and a longer fence for each."""
    if sum(map(len, lines)) * 8 < room:
        return lines
    sizes = accumulate(len(line.encode()) + 1 for line in lines)
    return lines[: sum(1 for _ in takewhile(lambda size: size <= room, sizes))]
