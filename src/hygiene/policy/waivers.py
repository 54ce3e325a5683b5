"""Waivers: which of them speak of a file under a rule.

A waiver speaks of its own rule alone, not of others that the file meets as well: what was permitted as a log must not
pass once it is found to be a key.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Waiver
from hygiene.model.rule import RuleId
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import Pattern, parse_pattern


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
