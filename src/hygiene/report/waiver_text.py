"""What `hygiene waive` tells of the waivers that it writes, or does not: a line each, safe to print."""

from collections.abc import Iterator, Mapping

from hygiene.adoption.waiver_effects import Effect
from hygiene.model.permit import Waiver
from hygiene.model.rule import RuleId
from hygiene.report.quoting import shown
from hygiene.report.wording import counted, listed

_MOST_RULES = 3


def written_line(file: str, effect: Effect) -> str:
    """What was written, and how many findings pass by it."""
    waiver = effect.planned.waiver
    findings = counted(effect.passing, "finding") if effect.passing else "no finding now"
    what = f"renews the waiver of {waiver.rule}" if effect.planned.renewed else f"waives {waiver.rule}"
    return f"{shown(file)}: {what} for {shown(waiver.path)} ({findings})"


def no_finding_line(effect: Effect) -> str:
    """That there is no finding of the rule at the path, and of which rules there are some."""
    waiver = effect.planned.waiver
    return f"no finding of {waiver.rule} at {shown(waiver.path)} now{_instead(effect.others)}"


def notes(effect: Effect) -> Iterator[str]:
    """What a person should know who has written it."""
    if not effect.passing:
        yield f"warning: {no_finding_line(effect)}"
    if effect.wider is not None:
        until = f" until {effect.wider.expires}" if effect.wider.expires else ""
        yield f"note: {_place(effect.wider)} lets all of that pass already{until}"
    if effect.narrower:
        first, *others = effect.narrower
        more = f" and {counted(len(others), 'other')}" if others else ""
        yield f"note: it covers what {_place(first)}{more} let{'' if others else 's'} pass, which can go"


def _instead(others: Mapping[RuleId, int]) -> str:
    if not others:
        return ""
    told = [f"{rule} has {number:,}" for rule, number in list(others.items())[:_MOST_RULES]]
    hidden = len(others) - len(told)
    return f"; {listed([*told, counted(hidden, 'other rule')] if hidden else told)}"


def _place(waiver: Waiver) -> str:
    return f"{shown(str(waiver.origin))} ({shown(waiver.path)})"
