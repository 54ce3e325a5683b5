"""One configuration file: read through `PolicyFiles`, parsed, and checked by itself."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from hygiene.model.paths import name_of
from hygiene.model.permit import Origin
from hygiene.policy.configuration.shape import ConfigTable
from hygiene.policy.configuration.soundness import contradictions
from hygiene.policy.problem import Complaint, Problem, Read, complaint
from hygiene.policy.shape import problems_of
from hygiene.policy.toml.document import MAX_BYTES, BrokenToml, TomlDocument, parse_toml, value_at
from hygiene.policy.toml.lines import KeyPath
from hygiene.ports import PolicyFiles

PYPROJECT = "pyproject.toml"
"""The name of a file that holds much else: of it `[tool.hygiene]` counts."""

MAX_PYPROJECT_BYTES = 4 * MAX_BYTES
"""Other tools write into it too."""

MOST_PROBLEMS = 100
"""As many are told of one kind; whoever has more has given something else than a configuration."""


class ConfigFile(NamedTuple):
    """What one file says, without what is wrong in it.

    Attributes:
        path: from the root of the policy's files.
        origin: the file as a place, without a line.
        table: what it says.
        prefix: the table of the document that is ours.
        kept: of each array, the numbers that the elements of `table` have in the document; without it, the same ones.
    """

    path: str
    origin: Origin
    table: ConfigTable
    document: TomlDocument
    prefix: KeyPath = ()
    kept: Mapping[str, Sequence[int]] = MappingProxyType({})

    def place_of(self, path: KeyPath) -> Origin:
        """The line where a key of `table` is set."""
        return self.origin._replace(line=self.document.line_of((*self.prefix, *self._written(path))))

    def complaint(self, path: KeyPath, wrong: str, meant: str) -> Complaint:
        """A problem with a key of `table`, for people."""
        return complaint(self.place_of(path), Problem((*self.prefix, *self._written(path)), wrong, meant))

    def beside(self, path: str) -> str:
        """A path that this file names, from the root of the policy's files; it may lead out of them."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path))

    def _written(self, path: KeyPath) -> KeyPath:
        """The path with the number that an element has in the document."""
        match path:
            case (str(name), int(number), *rest) if name in self.kept:
                return (name, self.kept[name][number], *rest)
        return path


def own_table(name: str) -> tuple[str, ...]:
    """The table that holds our settings in a file of that name: all of it, or `tool.hygiene` of `pyproject.toml`."""
    return ("tool", "hygiene") if name == PYPROJECT else ()


def read_config(files: PolicyFiles, path: str) -> Read[ConfigFile]:
    """The file at this path; nothing where there is none, or a `pyproject.toml` without a word for us.

    Of a file with problems, what is sound in it is kept, so that what it says can be checked further.
    Raises `PolicyPathOutside` and `UnreadablePolicyFile`.
    """
    data = files.read(path, _limit(path))
    return Read(None) if data is None else check_config(data, path, files.origin(path))


def check_config(data: bytes, path: str, origin: Origin) -> Read[ConfigFile]:
    """What a file of this path says; `data` is the file, or as much of it as shows that it is too large."""
    table = own_table(name_of(path))
    if table and not _may_name_us(data):
        return Read(None)
    try:
        document = parse_toml(data, _limit(path))
    except BrokenToml as broken:
        return Read(None, (complaint(origin._replace(line=broken.line), broken.problem),))
    own = value_at(document.table, table)
    return Read(None) if own is None else _checked(ConfigFile(path, origin, ConfigTable(), document, table), own)


def _limit(path: str) -> int:
    return MAX_PYPROJECT_BYTES if name_of(path) == PYPROJECT else MAX_BYTES


def _may_name_us(data: bytes) -> bool:
    """Whether our table can be in there at all, be it with escapes: most are not, and are not worth parsing."""
    return b"hygiene" in data or b"\\" in data


def _checked(file: ConfigFile, own: object) -> Read[ConfigFile]:
    problems = tuple(islice(problems_of(own, ConfigTable), MOST_PROBLEMS))
    complaints = tuple(file.complaint(*problem) for problem in problems)
    if len(problems) == MOST_PROBLEMS or not isinstance(own, Mapping):
        return Read(None, complaints)
    sound = _sound_part(file, own, problems)
    more = islice(contradictions(sound.table), MOST_PROBLEMS)
    return Read(sound, (*complaints, *(sound.complaint(*problem) for problem in more)))


def _sound_part(file: ConfigFile, own: Mapping[str, object], problems: Sequence[Problem]) -> ConfigFile:
    """The file without each table's entry and each array's element that has a problem."""
    wrong = {problem.path[:2] for problem in problems}
    kept = {
        name: [number for number in range(len(value)) if (name, number) not in wrong]
        for name, value in own.items()
        if isinstance(value, list)
    }
    return file._replace(table=msgspec.convert(dict(_sound_entries(own, wrong)), ConfigTable), kept=kept)


def _sound_entries(own: Mapping[str, object], wrong: set[KeyPath]) -> Iterator[tuple[str, object]]:
    for name, value in own.items():
        if (name,) in wrong:
            continue
        if isinstance(value, list):
            yield name, [element for number, element in enumerate(value) if (name, number) not in wrong]
        elif isinstance(value, Mapping):
            yield name, {key: inner for key, inner in value.items() if (name, key) not in wrong}
        else:
            yield name, value
