"""Planning `hygiene waive`: from what a person asks for to the waivers to add, or all that speaks against them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hygiene.adoption.waiver_target import Target, target_of
from hygiene.errors import BadWaiver, WaiverRefused
from hygiene.model.inventory import Entry
from hygiene.model.permit import Origin, Waiver
from hygiene.model.rule import RuleId
from hygiene.policy.rules.about_permits import RULES_ABOUT_PERMITS


@dataclass(frozen=True, slots=True)
class WaiverAsked:
    """What a person asks for.

    Attributes:
        paths: as they were typed.
        here: the folder in the repository where they were typed; empty at its root.
        is_pinned: whether only the present content is meant.
        expires: the last day on which it shall hold, in UTC.
    """

    paths: Sequence[str]
    here: str
    rule: RuleId
    reason: str
    is_pinned: bool = False
    expires: date | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedWaiver:
    """A waiver to write.

    Attributes:
        target: what it covers now.
        renewed: the expired waiver of the same that it takes the place of; None where it is added.
    """

    waiver: Waiver
    target: Target
    renewed: Waiver | None = None


def planned_waivers(
    asked: WaiverAsked, entries: Sequence[Entry], there: Iterable[Waiver], today: date
) -> list[PlannedWaiver]:
    """One waiver for each path, in their order, each pattern once. The rule is one of the catalogue's.

    One that is there for the same and is over is to be renewed.

    Raises:
        BadWaiver: with everything that is wrong with what was asked for.
        WaiverRefused: a waiver for the same is in force already.
    """
    targets = {named: target_of(named, asked.here, entries) for named in asked.paths}
    problems = [*_problems(asked, today), *_problems_of_paths(asked, targets.items())]
    if problems:
        raise BadWaiver(problems)
    found = {target.pattern: target for target in targets.values() if target is not None}
    plan = [PlannedWaiver(_waiver(asked, target), target) for target in found.values()]
    known = list(there)
    _refuse_repeats(plan, [each for each in known if each.holds_on(today)])
    expired = [each for each in known if not each.holds_on(today)]
    return [_renewing(each, expired) for each in plan]


def _problems(asked: WaiverAsked, today: date) -> Iterator[str]:
    if asked.rule in RULES_ABOUT_PERMITS:
        yield f"--rule: no waiver speaks of {asked.rule}; set `enabled = false` under [overrides.{asked.rule}]"
    for option, text in (("--reason", asked.reason), ("--owner", asked.owner)):
        if text is not None and not text.strip():
            yield f"{option}: says nothing"
        elif text is not None and not _is_text(text):
            yield f"{option}: is not UTF-8"
    if asked.expires is not None and asked.expires < today:
        yield f"--expires: {asked.expires} is over; today is {today} (UTC)"


def _problems_of_paths(asked: WaiverAsked, targets: Iterable[tuple[str, Target | None]]) -> Iterator[str]:
    for named, target in targets:
        if target is None:
            yield f"{named}: no tracked file is called that or matches it as a pattern from the repository's root"
        elif not _is_text(target.pattern):
            yield f"{named}: a pattern that is not UTF-8 cannot be written; name the file itself"
        elif asked.is_pinned and len(target.entries) > 1:
            yield f"{named}: --blob is for one file, and {len(target.entries)} tracked files match"


def _waiver(asked: WaiverAsked, target: Target) -> Waiver:
    return Waiver(
        rule=asked.rule,
        path=target.pattern,
        reason=asked.reason,
        origin=Origin("hygiene waive"),
        blob=target.entries[0].blob if asked.is_pinned else None,
        expires=asked.expires,
        owner=asked.owner or "",
    )


def _refuse_repeats(plan: Sequence[PlannedWaiver], there: Iterable[Waiver]) -> None:
    wanted = {(each.waiver.rule, each.waiver.path, each.waiver.blob) for each in plan}
    for waiver in there:
        if (waiver.rule, waiver.path, waiver.blob) in wanted:
            until = f", until {waiver.expires}" if waiver.expires else ""
            raise WaiverRefused(
                f"{waiver.origin} waives {waiver.rule} for {waiver.path} already{until}",
                "Change it there, its reason or its day, or take it out first.",
            )


def _renewing(planned: PlannedWaiver, expired: Iterable[Waiver]) -> PlannedWaiver:
    """It in the place of the first expired one that spoke of the same, pinned or not as it is; its owner stays."""
    wanted = planned.waiver
    for old in expired:
        is_alike = (old.rule, old.path, old.blob is None) == (wanted.rule, wanted.path, wanted.blob is None)
        if is_alike:
            return replace(planned, waiver=replace(wanted, owner=wanted.owner or old.owner), renewed=old)
    return planned


def _is_text(text: str) -> bool:
    """Whether TOML can hold it: a byte that is no text came in from the command line."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)
