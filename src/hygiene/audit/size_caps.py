"""How large each file may be: the size caps, ready to be asked by path."""

from typing import NamedTuple

from hygiene.model.paths import RepoPath
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import parse_patterns
from hygiene.policy.configuration.settings import SizeCaps
from hygiene.policy.configuration.sizes import size_text


class Cap(NamedTuple):
    """The cap of one file, in bytes, and the pattern that decided it; None where it is everybody's."""

    size: int
    glob: str | None

    def __str__(self) -> str:
        size = size_text(self.size)
        return size if self.glob is None else f"{size} for {self.glob}"


class CapTable:
    """The caps, compiled."""

    def __init__(self, caps: SizeCaps) -> None:
        self._default = Cap(caps.default, None)
        self._by_glob = Covering(
            (pattern, Cap(size, glob)) for glob, size in caps.by_glob for pattern in parse_patterns([glob])
        )

    def of(self, path: RepoPath) -> Cap:
        """The cap of the last pattern that covers the path, or everybody's where none does."""
        caps = self._by_glob.of_file(path)
        return caps[-1] if caps else self._default
