"""A pattern cut at its last slash, into where its matches lie and what they are called."""

from typing import NamedTuple

from hygiene.patterns.glob import Pattern
from hygiene.patterns.tokens import Token, Wild

ANYWHERE = (Wild.FOLDERS,)

_FOUND_AT_ONCE = ([str], [Wild], [Wild, str], [str, Wild])


class Shape(NamedTuple):
    """Both parts. A folder has `place` when its path with a slash at its end matches; the root's is empty."""

    place: tuple[Token, ...]
    name: tuple[Token, ...]


def shape_of(pattern: Pattern) -> Shape:
    """Cut a pattern: a path matches it when its folder has the place, and its name matches the name."""
    tokens = pattern.tokens
    if not pattern.anchored:
        return Shape(ANYWHERE, tokens)
    cut = max((at for at, token in enumerate(tokens) if _crosses(token)), default=-1)
    if cut < 0:
        return Shape((), tokens)
    last, rest = tokens[cut], tokens[cut + 1 :]
    if isinstance(last, str):
        before, _, after = last.rpartition("/")
        return Shape((*tokens[:cut], before + "/"), (after, *rest) if after else rest)
    if last is Wild.DEEP:  # it is the last token: all that lies below
        return Shape(tokens, (Wild.STAR,))
    return Shape(tokens[: cut + 1], rest)


def _crosses(token: Token) -> bool:
    return "/" in token if isinstance(token, str) else token in (Wild.DEEP, Wild.FOLDERS)


def literal_place(place: tuple[Token, ...]) -> str | None:
    """The one folder that has this place; None where there may be several."""
    if not place:
        return ""
    only = place[0] if len(place) == 1 else None
    return only[:-1] if isinstance(only, str) else None


def place_below(place: tuple[Token, ...]) -> str | None:
    """The folder of which the place is all that lies at it or below; None where the place is none of that kind."""
    if len(place) == 2 and isinstance(place[0], str) and place[0].endswith("/") and isinstance(place[1], Wild):
        return place[0][:-1] if place[1] is not Wild.STAR else None
    return None


def last_folder(place: tuple[Token, ...]) -> str | None:
    """The name that every folder with this place has; None where it may vary. `**/docs/build/` always has `build`."""
    last = place[-1]
    if not isinstance(last, str) or not last.endswith("/"):
        return None
    _, slash, name = last[:-1].rpartition("/")
    is_whole = bool(slash) or place[:-1] in ((), ANYWHERE)
    return name if is_whole else None


def is_costly(pattern: Pattern) -> bool:
    """Whether no index answers for this pattern: it must be tried on every name, or every folder, that comes near."""
    place, name = shape_of(pattern)
    in_a_dict = place == ANYWHERE or literal_place(place) is not None or place_below(place) is not None
    return not (in_a_dict and _is_found_at_once(name))


def _is_found_at_once(name: tuple[Token, ...]) -> bool:
    """Whether a dict finds the name: nothing but at most one literal, and at most one star before or after it."""
    return [type(token) for token in name] in _FOUND_AT_ONCE
