"""Whether two globs can match one and the same text."""

from hygiene.patterns.automaton import Automaton
from hygiene.patterns.tokens import Token

_Pair = tuple[int, int]


class Overlaps:
    """Compares globs until it has taken `steps` steps (some microseconds each); then every answer is "perhaps"."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def may_meet(self, one: tuple[Token, ...], other: tuple[Token, ...]) -> bool:
        """Whether some text may match both. False is a proof: no text does."""
        if self._left <= 0:
            return True
        first, second = Automaton(one), Automaton(other)
        self._left -= len(first.steps) + len(second.steps)
        goal = (len(first.steps), len(second.steps))
        seen = {(0, 0)}
        todo = [(0, 0)]
        while todo and self._left > 0:
            pair = todo.pop()
            if pair == goal:
                return True
            self._left -= 1
            new = _next_pairs(first, second, pair) - seen
            seen |= new
            todo += new
        return self._left <= 0


def _next_pairs(first: Automaton, second: Automaton, pair: _Pair) -> set[_Pair]:
    """Where both may be after one byte that leads both on, or after one of them has gone on without a byte."""
    here, there = pair
    ways, other_ways = _ways(first, here), _ways(second, there)
    pairs = {(a, b) for bytes_, a in ways for other_bytes, b in other_ways if bytes_ & other_bytes}
    pairs.update((a, there) for a in first.skips.get(here, ()))
    pairs.update((here, b) for b in second.skips.get(there, ()))
    return pairs


def _ways(automaton: Automaton, state: int) -> list[tuple[int, int]]:
    """Where a byte may lead from a state, as (bytes, next state)."""
    found = [(automaton.stays[state], state)] if state in automaton.stays else []
    if state < len(automaton.steps) and automaton.steps[state]:
        found.append((automaton.steps[state], state + 1))
    return found
