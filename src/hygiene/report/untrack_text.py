"""The plan of an untracking for people at a terminal: what leaves, what stays and why, what to know, what is next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hygiene.model.finding import Finding, Group
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import IgnoreChange, NotIgnored, Obstacle, Staying, StayReason, StillIgnored, UntrackPlan
from hygiene.report.columns import cut_end, cut_middle
from hygiene.report.places import gather
from hygiene.report.quoting import plain, shown
from hygiene.report.style import Ink, TextStyle
from hygiene.report.text_parts import cut, gap_lines, longest_path, painted, paragraph, section
from hygiene.report.text_tables import place_table
from hygiene.report.untrack_ignoring import change_lines
from hygiene.report.untrack_warnings import next_steps, warnings
from hygiene.report.untrack_wording import (
    STAYS,
    by_reason,
    disk_sentence,
    leaves_sentence,
    stays_sentence,
    way_out,
    why_words,
)
from hygiene.report.wording import located
from hygiene.untrack.members import members_of

_ROWS = 16  # lines that the table may have, so that all else fits on the same screen
_NAMED = 5  # paths that a list names
_FEW = 2  # paths that stay for a reason that leaves nothing to decide
_DELTA = 30  # lines of one ignore file
_INDENT = "  "


@dataclass(frozen=True)
class _Leaving:
    """What leaves, in the form in which tables take it."""

    findings: Sequence[Finding]
    groups: Sequence[Group]


def render_untrack_text(plan: UntrackPlan, style: TextStyle) -> str:
    """The plan in short. Lists are cut and say so; nothing that stands in the way is left unsaid."""
    return "\n\n".join(_paragraphs(plan, style)) + "\n"


def _paragraphs(plan: UntrackPlan, style: TextStyle) -> Iterator[str]:
    yield painted(Ink.HEADING, _headline(plan), style)
    if plan.leaving:
        yield _table(plan, style)
        yield paragraph(f"Nothing has been changed; {disk_sentence(plan)}.", style)
    yield from _sections(plan, style)
    if plan.obstacles:
        yield section("Apply would refuse now", _obstacles(plan.obstacles), style)
    if told := list(warnings(plan)):
        yield section("Before you apply", told, style)
    if plan.incomplete:
        yield section("Could not be read, so that more may have to leave", gap_lines(plan.incomplete, style), style)
    if not plan.is_empty:
        yield section("What to do next", next_steps(plan), style)


def _headline(plan: UntrackPlan) -> str:
    return "; ".join(filter(None, (leaves_sentence(plan), stays_sentence(plan))))


def _table(plan: UntrackPlan, style: TextStyle) -> str:
    places = gather(_Leaving(plan.leaving, plan.groups), members_of(plan.groups, plan.leaving))
    return place_table(places, replace(style, rows=min(style.rows, _ROWS)), "the audit says")


def _sections(plan: UntrackPlan, style: TextStyle) -> Iterator[str]:
    """The lists that there are."""
    if plan.deleting:
        yield section("Would go to the trash", _named(plan.deleting, style), style)
    if plan.placeholders:
        yield section("Placeholders that would be added", _named(plan.placeholders, style), style)
    if plan.ignoring.changes:
        yield _changes(plan.ignoring.changes, style)
    if plan.staying:
        yield section("What stays tracked", _staying(plan, style), style)
    if still := plan.ignoring.still_ignored:
        yield section("Stays tracked though it is ignored", _still_ignored(still, style), style)
    if bare := plan.ignoring.not_ignored:
        yield section("Leaves, and no line can ignore it", _not_ignored(bare, style), style)


def _still_ignored(paths: Sequence[StillIgnored], style: TextStyle) -> list[str]:
    lines = (f"{shown(f'{each.source}:{each.line}')} ignores it" for each in paths[:_NAMED])
    return cut([located(each.path, line, longest_path(style)) for each, line in zip(paths, lines, strict=False)], paths)


def _not_ignored(paths: Sequence[NotIgnored], style: TextStyle) -> list[str]:
    return cut([located(each.path, plain(each.why), longest_path(style)) for each in paths[:_NAMED]], paths)


def _named(paths: Sequence[RepoPath], style: TextStyle) -> list[str]:
    return cut([cut_middle(shown(path), style.width - len(_INDENT)) for path in paths[:_NAMED]], paths)


def _changes(changes: Sequence[IgnoreChange], style: TextStyle) -> str:
    """The difference of each ignore file, file by file."""
    told = [line for change in changes[:_NAMED] for line in _change(change, style)]
    title = style.palette.paint(Ink.HEADING, "Ignore files that would change")
    return "\n".join([title, *told, *(_INDENT + line for line in cut([], changes[_NAMED:]))])


def _change(change: IgnoreChange, style: TextStyle) -> Iterator[str]:
    """Lines are cut at their end, as a line that is broken would look like two."""
    yield _INDENT + cut_middle(shown(change.path), style.width - len(_INDENT))
    lines = list(change_lines(change))
    for line in cut(lines[:_DELTA], lines):
        yield _INDENT * 2 + cut_end(line, style.width - 2 * len(_INDENT))


def _staying(plan: UntrackPlan, style: TextStyle) -> Iterator[str]:
    for reason, alike in by_reason(plan):
        way = way_out(reason, alike)
        taking = f"; `{plain(way.option)}` {way.does}" if way else ""
        yield f"{len(alike):,} {STAYS[reason]}: {why_words(plan, reason)}{taking}"
        named = alike[: _NAMED if reason is StayReason.DECIDE else _FEW]
        yield from (f"{_INDENT}{line}" for line in cut([_stays(each, style) for each in named], alike))


def _stays(staying: Staying, style: TextStyle) -> str:
    finding = staying.finding
    sure = f" ({finding.confidence})" if staying.why is StayReason.UNSURE else ""
    note = f", {plain(staying.note)}" if staying.note else ""
    return located(finding.path, f"{plain(finding.rule)}{sure}{note}", longest_path(style) - len(_INDENT))


def _obstacles(obstacles: Iterable[Obstacle]) -> Iterator[str]:
    return (f"{plain(each.what)}. {plain(each.help)}" for each in obstacles)
