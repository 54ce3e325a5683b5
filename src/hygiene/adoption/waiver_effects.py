"""What planned waivers do today: the findings that they let pass, and the waivers that speak of the same files."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hygiene.adoption.waiver_plan import PlannedWaiver
from hygiene.model.finding import Finding
from hygiene.model.inventory import Entry
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Waiver
from hygiene.model.rule import RuleId
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import parse_pattern


@dataclass(frozen=True, slots=True)
class Effect:
    """What one planned waiver does.

    Attributes:
        passing: how many findings it lets pass.
        others: how many findings of each other rule there are at its files, the rule with the most first.
        wider: the widest of the waivers that let all of that pass already.
        narrower: others whose every file is one of its own, and which it makes needless; none where it is needless.
    """

    planned: PlannedWaiver
    passing: int
    others: Mapping[RuleId, int]
    wider: Waiver | None
    narrower: Sequence[Waiver]

    @property
    def is_mistaken(self) -> bool:
        """Whether a file or folder was named in which there are findings, and none of this rule."""
        return not self.passing and bool(self.others) and self.planned.target.is_literal


def effects_of(
    plan: Iterable[PlannedWaiver], findings: Sequence[Finding], entries: Sequence[Entry], in_force: Sequence[Waiver]
) -> list[Effect]:
    """The effect of each, in the order given, by all findings of today and the waivers that are there and hold."""
    planned = list(plan)
    spoken = _spoken_of(entries, in_force, {each.waiver.rule for each in planned})
    return [_effect(each, findings, spoken) for each in planned]


def _effect(planned: PlannedWaiver, findings: Sequence[Finding], spoken: Mapping[Waiver, set[RepoPath]]) -> Effect:
    waiver = planned.waiver
    files = {entry.path for entry in planned.target.entries}
    there = [each for each in findings if each.path in files and waiver.blob in (None, each.blob)]
    others = Counter(each.rule for each in there if each.rule != waiver.rule)
    same_rule = {each: held for each, held in spoken.items() if each.rule == waiver.rule}
    wider = max(
        (each for each, held in same_rule.items() if held >= files), key=lambda each: len(spoken[each]), default=None
    )
    is_whole = wider is None and waiver.blob is None
    return Effect(
        planned=planned,
        passing=sum(each.rule == waiver.rule for each in there),
        others=dict(sorted(others.items(), key=lambda pair: (-pair[1], pair[0]))),
        wider=wider,
        narrower=[each for each, held in same_rule.items() if is_whole and held <= files],
    )


def _spoken_of(
    entries: Sequence[Entry], waivers: Sequence[Waiver], rules: set[RuleId]
) -> Mapping[Waiver, set[RepoPath]]:
    """The files that each waiver of these rules speaks of; those that speak of none are left out."""
    parsed = ((parse_pattern(each.path), each) for each in waivers if each.rule in rules)
    covering = Covering((pattern, waiver) for pattern, waiver in parsed if pattern is not None)
    spoken: dict[Waiver, set[RepoPath]] = defaultdict(set)
    for entry in entries:
        for waiver in covering.of_file(entry.path):
            if waiver.blob in (None, entry.blob):
                spoken[waiver].add(entry.path)
    return spoken
