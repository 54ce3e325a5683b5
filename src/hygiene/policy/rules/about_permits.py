"""The rules that judge the permits themselves: no waiver and no baseline lets a finding of theirs pass.

They speak of the files that hold the permits, whose content changes with every permit: an entry of a baseline would be
stale at once, and a waiver of the rule about waivers would have to be judged by that rule. A team that does not want
one of them switches it off: `[overrides.unused-waiver] enabled = false`.
"""

from hygiene.model.rule import RuleId

RULES_ABOUT_PERMITS = frozenset(map(RuleId, ("unused-waiver", "expired-waiver", "growing-clutter")))
"""The ids of all of them."""
