"""Globs for names, indexed by what is literal in them, so that one name meets only those that share it."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import product
from math import prod

from hygiene.patterns.automaton import Glob
from hygiene.patterns.tokens import Token, Wild, byte_text, joined

Entry = tuple[int, tuple[Token, ...]]
"""A pattern's number, and the tokens of a glob for a name."""
_Bucket = list[tuple[int, Glob | None]]
"""Pattern numbers with what remains to be tried; None where the bucket's own key says it all."""
_ByLength = dict[int, dict[str, _Bucket]]
"""Literal heads (or tails) by their length, then by themselves: a name is cut once for each length that occurs."""

Search = Callable[[str], re.Match[str] | None]

EXTENSION = re.compile(r"\.[^.\n]*(?=\n)")
"""The last dot of a name and what follows it, in lines of names."""


def lines_of(names: Iterable[str]) -> str:
    """Names for one search in all of them: each between line breaks."""
    return "\n".join(["", *names, ""])


_SPELLED_OUT = 4
"""A set of so few bytes is written out: `*.py[cod]` is three endings, and each is found in a dict."""
_SPELLINGS = 16


class NameIndex:
    """Which of many globs match a name. The globs are byte text."""

    __slots__ = ("_endings", "_exact", "_extensions", "_heads", "_hints", "_loose", "_middles")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._exact: dict[str, list[int]] = {}
        self._extensions: dict[str, _ByLength] = {}
        self._endings: dict[str, _ByLength] = {}
        self._heads: dict[str, _ByLength] = {}
        self._middles: _Bucket = []
        self._loose: _Bucket = []
        for number, tokens in entries:
            for spelling in _spellings(tokens):
                self._add(number, spelling)
        self._hints = self._literals()

    def may_meet(self, names: Collection[str], lines: str) -> bool:
        """Whether any glob could match any of the names; `lines` is `lines_of` the names.

        Asked first, of whole folders: where it says no, and it nearly always does, no name is looked at by itself.
        """
        if self._loose or not self._exact.keys().isdisjoint(names) or not lines.isascii():
            return True
        if not self._extensions.keys().isdisjoint(EXTENSION.findall(lines)):
            return True
        return any(search(lines) for search in self._hints)

    def of(self, name: str) -> Sequence[int]:
        """The numbers of the globs that match, ascending, each once."""
        if not name.isascii():
            name = byte_text(name)
        exact: Sequence[int] = self._exact.get(name, ())
        extensions = self._extensions.get(name[name.rfind(".") :])
        if extensions is None and not self._loose and not any(search(f"\n{name}\n") for search in self._hints):
            return exact
        found: set[int] = set(exact)
        tails = (*_with_tail(name, extensions), *_with_tail(name, self._endings.get(name[-1:])))
        for bucket in (self._loose, self._middles, *tails, *_with_head(name, self._heads.get(name[:1]))):
            for number, glob in bucket:
                if glob is None or glob.matches(name):
                    found.add(number)
        return sorted(found)

    def _literals(self) -> tuple[Search, ...]:
        """Searches that find a literal of any glob that no extension gives away, in lines of names.

        One search instead of one match for each glob. Literals alone leave an expression nothing to go back for, and
        each begins with literals, so that it is not even tried where none of them stands.
        """
        globs = [glob for _, glob in self._middles if glob is not None]
        middles = {max((token for token in glob.tokens if isinstance(token, str)), key=len) for glob in globs}
        heads = {head for gate in self._heads.values() for heads in gate.values() for head in heads}
        endings = {tail for gate in self._endings.values() for tails in gate.values() for tail in tails}
        forms = ((middles, "(?:{})"), (heads, "\n(?:{})"), (endings, "(?:{})\n"))
        return tuple(
            re.compile(form.format("|".join(map(re.escape, sorted(literals))))).search
            for literals, form in forms
            if literals
        )

    def _add(self, number: int, tokens: tuple[Token, ...]) -> None:
        head = tokens[0] if tokens and isinstance(tokens[0], str) else ""
        if len(tokens) == bool(head):
            self._exact.setdefault(head, []).append(number)
            return
        tail = tokens[-1] if isinstance(tokens[-1], str) else ""
        if not head and not tail and any(isinstance(token, str) for token in tokens):
            self._middles.append((number, Glob(tokens)))
            return
        is_affix = tokens in ((Wild.STAR, tail), (head, Wild.STAR))
        self._bucket(head, tail).append((number, None if is_affix else Glob(tokens)))

    def _bucket(self, head: str, tail: str) -> _Bucket:
        """Where a glob with this literal head and tail belongs: by an extension, or else by the longer of the two."""
        if not head and not tail:
            return self._loose
        if "." in tail:
            gate, key = self._extensions.setdefault(tail[tail.rfind(".") :], {}), tail
        elif len(tail) >= len(head):
            gate, key = self._endings.setdefault(tail[-1], {}), tail
        else:
            gate, key = self._heads.setdefault(head[0], {}), head
        return gate.setdefault(len(key), {}).setdefault(key, [])


def _with_tail(name: str, by_length: _ByLength | None) -> list[_Bucket]:
    if by_length is None:
        return []
    return [buckets[tail] for length, buckets in by_length.items() if (tail := name[-length:]) in buckets]


def _with_head(name: str, by_length: _ByLength | None) -> list[_Bucket]:
    if by_length is None:
        return []
    return [buckets[head] for length, buckets in by_length.items() if (head := name[:length]) in buckets]


def _spellings(tokens: tuple[Token, ...]) -> Sequence[tuple[Token, ...]]:
    """The same glob with its small sets written out, one for each choice; unchanged where that makes too many."""
    if not any(isinstance(token, int) for token in tokens):
        return (tokens,)
    choices = [_choices(token) for token in tokens]
    if prod(len(choice) for choice in choices) > _SPELLINGS:
        return (tokens,)
    return [joined(spelling) for spelling in product(*choices)]


def _choices(token: Token) -> Sequence[Token]:
    if not isinstance(token, int) or token.bit_count() > _SPELLED_OUT:
        return (token,)
    return [chr(bit) for bit in range(token.bit_length()) if token >> bit & 1]
