"""The search for candidates' names in tracked text: every text read once, all names looked for at once."""

import hashlib
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from hygiene.model.paths import RepoPath, folder_of, name_of

_EDGE = rb"\s\"'`()<>|;,=:*?{}$\[\]"
_WORD = re.compile(rb"[^" + _EDGE + rb"]*")
_LONGEST = 512
"""Bytes to either side of a name that are taken for its path; nobody writes out a longer one."""

_MOST_SPACED = 200

PROSE = (".md", ".markdown", ".rst", ".adoc", ".html", ".htm", ".textile")


class Reference(NamedTuple):
    """A place in a text that names a candidate."""

    target: RepoPath
    source: RepoPath
    line: int


@dataclass(frozen=True)
class Wanted:
    """The names looked for.

    Attributes:
        paths: the candidates.
        loose: those that a partial path or a bare name is enough to mean; the others must be named in full.
    """

    paths: Sequence[RepoPath]
    loose: frozenset[RepoPath]

    @cached_property
    def digest(self) -> str:
        """Stands for what is looked for."""
        return hashlib.sha256(b"\0".join(sorted(map(_bytes, self.paths)))).hexdigest()

    def are_named_in(self, text: bytes) -> bool:
        """Whether any word of the text could mean a candidate, wherever the text stands."""
        return any(name_of(token) in self._by_name for _, token in self._tokens(text))

    def references_in(self, source: RepoPath, text: bytes) -> Iterator[Reference]:
        """Every candidate that `text`, the content of `source`, names: once each, at the first place."""
        seen: set[RepoPath] = {source}
        for token, start in self._first_tokens(source, text).items():
            for target in self._meant(token, source):
                if target not in seen:
                    seen.add(target)
                    yield Reference(target, source, text.count(b"\n", 0, start) + 1)

    def _first_tokens(self, source: RepoPath, text: bytes) -> dict[str, int]:
        """Each distinct token of a wanted name, and where it stands first: what is said often is resolved once."""
        first: dict[str, int] = {}
        for start, token in self._tokens(text):
            is_new = name_of(token) in self._by_name and token not in first
            if is_new and (not source.endswith(PROSE) or _is_link(text, start)):
                first[token] = start
        return first

    @cached_property
    def _by_name(self) -> dict[str, list[RepoPath]]:
        by_name: dict[str, list[RepoPath]] = {}
        for path in self.paths:
            by_name.setdefault(name_of(path), []).append(path)
        return by_name

    @cached_property
    def _anchor(self) -> re.Pattern[bytes]:
        """One expression that finds where any wanted name may end: at its ending, or all of a name without one."""
        endings = {name[name.rfind(".") :] if "." in name else name for name in self._by_name}
        return re.compile(b"|".join(re.escape(_bytes(ending)) for ending in sorted(endings)) + rb"(?!\w)")

    @cached_property
    def _spaced(self) -> Sequence[bytes]:
        """The paths and names that hold an edge of words, which no token can be."""
        every = map(_bytes, dict.fromkeys([*self.paths, *self._by_name]))
        edged = (each for each in every if re.search(rb"[" + _EDGE + rb"]", each))
        return list(islice(edged, _MOST_SPACED))  # each costs a search of its own; beyond, they count as unnamed

    def _tokens(self, text: bytes) -> Iterator[tuple[int, str]]:
        end = 0
        for match in self._anchor.finditer(text):
            if match.start() >= end:
                start = match.start() - _word_length(text[max(0, match.start() - _LONGEST) : match.start()][::-1])
                end = match.end() + _word_length(text[match.end() : match.end() + _LONGEST])
                yield start, _text(text[start:end].rstrip(b".\\").replace(b"\\", b"/"))
        for name in self._spaced:
            at = text.find(name)
            if at >= 0:
                yield at, _text(name)

    def _meant(self, token: str, source: RepoPath) -> Iterator[RepoPath]:
        folder = folder_of(source)
        exact = {posixpath.normpath(token.lstrip("/")), posixpath.normpath(posixpath.join(folder, token))}
        for path in self._by_name[name_of(token)]:
            if path in exact or (path in self.loose and _is_tail(token, path, source)):
                yield path


def _is_tail(token: str, path: RepoPath, source: RepoPath) -> bool:
    """Whether a partial path means `path`: a tail with a folder in it, or a bare name in the same part of the tree."""
    tail = posixpath.normpath(token).lstrip("./")
    if "/" in tail:
        return path.endswith(f"/{tail}")
    return path.partition("/")[0] == source.partition("/")[0] and "/" in path


def _is_link(text: bytes, start: int) -> bool:
    """Prose consumes what it embeds or links to; a name in a sentence or a listing is only talk."""
    line = text[text.rfind(b"\n", 0, start) + 1 : start]
    return line.endswith((b"](", b'="', b"='")) or line.rstrip().endswith(b"::")


def _word_length(text: bytes) -> int:
    word = _WORD.match(text)
    return word.end() if word else 0


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")
