"""What `hygiene doctor` found, for people: a table for each topic, and below each line what it means."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from hygiene.model.condition import Condition, Standing, Topic
from hygiene.report.columns import width_of, wrapped
from hygiene.report.quoting import plain
from hygiene.report.style import Ink, TextStyle
from hygiene.report.wording import counted

_TITLES = MappingProxyType(
    {
        Topic.MACHINE: "This machine",
        Topic.REPOSITORY: "This repository",
        Topic.CONFIGURATION: "Its configuration",
    }
)
_INKS: Mapping[Standing, Ink] = MappingProxyType(
    {
        Standing.FINE: Ink.GOOD,
        Standing.ABSENT: Ink.FAINT,
        Standing.NOTE: Ink.REVIEW,
        Standing.INCOMPLETE: Ink.LIKELY,
        Standing.BROKEN: Ink.CERTAIN,
    }
)
_STANDING_WIDTH = max(map(len, Standing))
_GAP = "  "


def render_doctor_text(conditions: Sequence[Condition], style: TextStyle) -> str:
    """The conditions by topic, in their order; features that are not met share one line. Ended by a line break."""
    paragraphs = [*_topics(conditions, style), "\n".join(wrapped(_last_word(conditions), style.width))]
    return "\n\n".join(paragraphs) + "\n"


def _topics(conditions: Sequence[Condition], style: TextStyle) -> Iterator[str]:
    for topic in Topic:
        told = [each for each in conditions if each.topic is topic]
        if told:
            lines = [line for part in (_lines(told, style), _absent(told, style)) for line in part]
            yield "\n".join([style.palette.paint(Ink.HEADING, _TITLES[topic]), *lines])


def _lines(conditions: Sequence[Condition], style: TextStyle) -> Iterator[str]:
    shown = [each for each in conditions if not _is_folded(each)]
    column = max((width_of(plain(each.what)) for each in shown), default=0)
    margin = " " * (2 + column + len(_GAP) + _STANDING_WIDTH + len(_GAP))
    for each in shown:
        says, *more = wrapped(_sentence(each), max(style.width - len(margin), 30))
        word = style.palette.paint(_INKS[each.standing], each.standing.ljust(_STANDING_WIDTH))
        yield f"{_GAP}{plain(each.what).ljust(column)}{_GAP}{word}{_GAP}{says}"
        yield from (margin + line for line in (*more, *_help(each, style, margin)))


def _is_folded(condition: Condition) -> bool:
    return condition.standing is Standing.ABSENT and not condition.means


def _sentence(condition: Condition) -> str:
    says = plain(condition.says)
    return f"{says}: {plain(condition.means)}" if condition.means else says


def _help(condition: Condition, style: TextStyle, margin: str) -> list[str]:
    return wrapped(f"-> {plain(condition.help)}", max(style.width - len(margin), 30)) if condition.help else []


def _absent(conditions: Sequence[Condition], style: TextStyle) -> Iterator[str]:
    folded = [plain(each.what) for each in conditions if _is_folded(each)]
    if folded:
        yield from (_GAP + line for line in wrapped(f"not met here: {', '.join(folded)}", style.width - 2))


def _last_word(conditions: Sequence[Condition]) -> str:
    broken = sum(each.standing is Standing.BROKEN for each in conditions)
    incomplete = sum(each.standing is Standing.INCOMPLETE for each in conditions)
    if broken:
        return f"broken: no audit can be made here; {counted(broken, 'thing')} to fix first"
    if incomplete:
        return "incomplete: audits can be made here, and will say that they are incomplete"
    return "ok: audits here are complete"
