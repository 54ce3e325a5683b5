"""Which findings waivers let pass.

A waiver lets nothing pass any more whose finding is by now one of another rule; the finding about unused waivers then
says which rule has overtaken it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.permit import Waived, Waiver
from hygiene.policy.waivers import SpeakingWaivers


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
