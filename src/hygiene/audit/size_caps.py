"""How large each file may be: the size caps, ready to be asked by path."""

from typing import NamedTuple

from hygiene.model.paths import RepoPath
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import parse_patterns
from hygiene.policy.configuration.settings import SizeCaps


class Cap(NamedTuple):
    """The cap of one file, in bytes, and the pattern that decided it; None where it is everybody's."""

    size: int
    glob: str | None

    def __str__(self) -> str:
        return f"{self.size}" if self.glob is None else f"{self.size} for {self.glob}"


class CapTable:
    """The caps, compiled."""

    def __init__(self, caps: SizeCaps) -> None:
        self._default = Cap(caps.default, None)
        pairs = [(pattern, Cap(size, glob)) for glob, size in caps.by_glob for pattern in parse_patterns([glob])]
        self._caps = [cap for _, cap in pairs]
        self._covering = Covering([pattern for pattern, _ in pairs])

    def of(self, path: RepoPath) -> Cap:
        """The cap of the last pattern that covers the path, or everybody's where none does."""
        numbers = self._covering.of_file(path)
        return self._caps[numbers[-1]] if numbers else self._default
