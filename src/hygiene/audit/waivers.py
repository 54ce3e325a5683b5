"""Waivers: which of them speak of a finding, and which findings they let pass.

A waiver speaks of the findings of its own rule alone, not of those whose file meets its rule as well (`Finding.also`):
what was permitted as a log must not pass once it is found to be a key. Such a waiver lets nothing pass any more, and
the finding about unused waivers says which rule has overtaken it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Waived, Waiver
from hygiene.model.rule import RuleId
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import Pattern, parse_pattern


class Waiving(NamedTuple):
    """What waivers made of the findings.

    Attributes:
        left: the findings that none of those in force lets pass, in the order given.
        waived: the others, in the order given.
        used: every waiver in force that speaks of a finding, also where another one let it pass first.
    """

    left: Sequence[Finding]
    waived: Sequence[Waived]
    used: frozenset[Waiver]


def waive(findings: Iterable[Finding], waivers: Iterable[Waiver]) -> Waiving:
    """Lets the findings pass that any of the waivers speaks of, by the first that does."""
    speaking = SpeakingWaivers(waivers)
    left: list[Finding] = []
    waived: list[Waived] = []
    used: set[Waiver] = set()
    for finding in findings:
        permits = speaking.of(finding.rule, finding.path, finding.blob)
        used.update(permits)
        if permits:
            waived.append(Waived(finding, permits[0]))
        else:
            left.append(finding)
    return Waiving(left, waived, frozenset(used))


class SpeakingWaivers:
    """Waivers, ready to be asked which of them speak of a file under a rule."""

    def __init__(self, waivers: Iterable[Waiver]) -> None:
        by_rule: dict[RuleId, list[tuple[Pattern, Waiver]]] = defaultdict(list)
        for waiver in waivers:
            pattern = parse_pattern(waiver.path)
            if pattern is not None and not pattern.negated:
                by_rule[waiver.rule].append((pattern, waiver))
        self._by_rule = {rule: Covering(pairs) for rule, pairs in by_rule.items()}

    def of(self, rule: RuleId, path: RepoPath, blob: BlobId) -> Sequence[Waiver]:
        """Those that speak of it, in the order given."""
        covering = self._by_rule.get(rule)
        return [each for each in covering.of_file(path) if each.blob in (None, blob)] if covering is not None else ()
