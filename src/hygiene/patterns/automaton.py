"""Globs made ready to match: quick refusals first, then all possible states at once in the bits of one number.

Nothing here goes back: the time for one text is its length times the length of the glob, divided by the width of a
machine word, whatever the stars are.
"""

from collections.abc import Iterable

from hygiene.patterns.tokens import EVERY_BYTE, IN_A_NAME, SLASH, Token, Wild


class Glob:
    """One glob; it keeps what it worked out about itself, and is otherwise immutable."""

    __slots__ = ("_automaton", "_head", "_inner", "_is_literal", "_least", "_only_stars", "_tail", "tokens")

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self._head = tokens[0] if tokens and isinstance(tokens[0], str) else ""
        self._tail = tokens[-1] if len(tokens) > 1 and isinstance(tokens[-1], str) else ""
        inner = tokens[1:-1] if self._tail else tokens[1:]
        self._inner = tuple(token for token in inner if isinstance(token, str))
        self._least = sum(_least_length(token) for token in tokens)
        self._is_literal = len(tokens) == bool(self._head)
        self._only_stars = all(token is Wild.STAR or isinstance(token, str) for token in tokens)
        self._automaton: Automaton | None = None

    def matches(self, text: str) -> bool:
        """Whether the glob matches the whole of `text`, which is byte text."""
        if len(text) < self._least or not text.startswith(self._head) or not text.endswith(self._tail):
            return False
        if self._is_literal:
            return len(text) == self._least
        start, end = len(self._head), len(text) - len(self._tail)
        if not self._holds_inner(text, start, end):
            return False
        if self._only_stars and text.find("/", start, end) < 0:
            return True
        return self._machine().accepts(text)

    def _holds_inner(self, text: str, start: int, end: int) -> bool:
        """Whether the literals between head and tail stand there in order; for stars within a name that is enough."""
        for literal in self._inner:
            found = text.find(literal, start, end)
            if found < 0:
                return False
            start = found + len(literal)
        return True

    def _machine(self) -> "Automaton":
        """The glob's automaton, made when it is first needed: many globs are only ever refused."""
        if self._automaton is None:
            self._automaton = Automaton(self.tokens)
        return self._automaton


def _least_length(token: Token) -> int:
    if isinstance(token, Wild):
        return 0
    return len(token) if isinstance(token, str) else 1


class Automaton:
    """A glob as states and what leads from one to the next.

    States 0 … n: how much of the glob the text so far has used. `steps[i]` holds the bytes that lead from i to i+1.

    `**/` takes two states: the first is left at once, to the second or past it; the second stays on every byte and is
    left on a slash. `stays[i]` holds the bytes that lead from i to i, `skips[i]` the states reached from i without one.
    """

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.steps: list[int] = []
        self.stays: dict[int, int] = {}
        self.skips: dict[int, tuple[int, ...]] = {}
        for token in tokens:
            self._add(token)
        self._final = 1 << len(self.steps)
        self._enter = _bits(state for state, exits in self.skips.items() if len(exits) == 2)
        self._free = _bits(state for state, exits in self.skips.items() if len(exits) == 1)
        self._stay_on_slash = _bits(state for state, mask in self.stays.items() if mask & SLASH)
        self._stay = _bits(self.stays)
        self._moves: dict[str, int] = {}

    def _add(self, token: Token) -> None:
        here = len(self.steps)
        if isinstance(token, str):
            self.steps.extend(1 << ord(byte) for byte in token)
        elif isinstance(token, int):
            self.steps.append(token)
        elif token is Wild.FOLDERS:
            self.steps.extend((0, SLASH))
            self.skips[here] = (here + 1, here + 2)
            self.stays[here + 1] = EVERY_BYTE
        else:
            self.steps.append(0)
            self.skips[here] = (here + 1,)
            self.stays[here] = IN_A_NAME if token is Wild.STAR else EVERY_BYTE

    def accepts(self, text: str) -> bool:
        """Whether the whole text leads from the first state to the last."""
        states = self._settle(1)
        for byte in text:
            move = self._moves.get(byte)
            if move is None:
                move = self._moves[byte] = self._moves_on(byte)
            stay = self._stay_on_slash if byte == "/" else self._stay
            states = self._settle((states & move) << 1 | states & stay)
            if not states:
                return False
        return bool(states & self._final)

    def _settle(self, states: int) -> int:
        """Add the states reached without a byte. `**/` comes first: a star may follow it, but never the other way."""
        entering = states & self._enter
        states |= entering << 1 | entering << 2
        return states | (states & self._free) << 1

    def _moves_on(self, byte: str) -> int:
        bit = 1 << ord(byte)
        return _bits(state for state, mask in enumerate(self.steps) if mask & bit)


def _bits(states: Iterable[int]) -> int:
    return sum(1 << state for state in states)
