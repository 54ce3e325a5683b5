"""Things that are imported when somebody asks for them, so that no command pays for what it does not use."""

from importlib import import_module
from typing import TypeVar

T = TypeVar("T")


def loaded(place: str, kind: type[T]) -> T:
    """What stands at `package.module:name`. Raises `TypeError` where that is of another kind."""
    module, _, name = place.partition(":")
    found = getattr(import_module(module), name)
    if not isinstance(found, kind):
        raise TypeError(f"{place} is no {kind.__name__}")
    return found
