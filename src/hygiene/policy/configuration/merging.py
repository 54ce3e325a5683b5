"""What several configuration files say together: a later one wins, arrays add up, tables merge by key."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

import msgspec

from hygiene.model.permit import Origin
from hygiene.policy.configuration.file import ConfigFile
from hygiene.policy.configuration.shape import ConfigTable, OverrideTable
from hygiene.policy.toml.lines import KeyPath

T_co = TypeVar("T_co", covariant=True)


class Said(NamedTuple, Generic[T_co]):
    """A value, and the key of the file that set it."""

    value: T_co
    file: ConfigFile
    key: KeyPath

    @property
    def place(self) -> Origin:
        """The file and the line."""
        return self.file.place_of(self.key)


class Merged(NamedTuple):
    """What the files say together.

    Attributes:
        table: as one file would say it, without `extend` and `rules`, which lead to other files.
        said: every key of `table` that is set, and of its arrays every element, to what set it.
    """

    table: ConfigTable
    said: Mapping[KeyPath, Said[object]]

    def deciding(self, rule: str) -> Said[object]:
        """What says the first thing about a rule that the files override, in the order in which its table has them."""
        keys = (("overrides", rule, field) for field in OverrideTable.__struct_fields__)
        return next(self.said[key] for key in keys if key in self.said)


def merged(files: Iterable[ConfigFile]) -> Merged:
    """The files together, the deciding one last."""
    said: dict[KeyPath, Said[object]] = {}
    elements: Counter[KeyPath] = Counter()
    for file in files:
        table = msgspec.structs.replace(file.table, extend=(), rules=())
        for key, value in _values((), msgspec.to_builtins(table, builtin_types=(date,))):
            place = key
            if isinstance(key[-1], int):
                place = (*key[:-1], elements[key[:-1]])
                elements[key[:-1]] += 1
            if key[:2] == ("size", "caps"):
                said.pop(place, None)  # the last pattern that matches decides, so what is said anew comes last
            said[place] = Said(value, file, key)
    return Merged(msgspec.convert(_tree([(key, each.value) for key, each in said.items()]), ConfigTable), said)


def _values(key: KeyPath, held: object) -> Iterator[tuple[KeyPath, object]]:
    """What tables hold, by its key; what an array holds is taken as it is."""
    if isinstance(held, Mapping):
        for name, value in held.items():
            yield from _values((*key, name), value)
    elif isinstance(held, list | tuple):
        yield from (((*key, number), element) for number, element in enumerate(held))
    else:
        yield key, held


def _tree(values: Sequence[tuple[KeyPath, object]]) -> object:
    """The tables and arrays that hold these values."""
    if values and not values[0][0]:
        return values[0][1]
    below: dict[str | int, list[tuple[KeyPath, object]]] = {}
    for key, value in values:
        below.setdefault(key[0], []).append((key[1:], value))
    is_array = any(isinstance(name, int) for name in below)
    return [_tree(each) for each in below.values()] if is_array else {name: _tree(each) for name, each in below.items()}
