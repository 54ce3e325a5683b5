"""One configuration file: read through `PolicyFiles`, parsed, and checked by itself."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from hygiene.model.permit import Origin
from hygiene.policy.configuration.shape import ConfigTable
from hygiene.policy.configuration.soundness import contradictions
from hygiene.policy.rules.file import told
from hygiene.policy.shape import Problem, problems_of
from hygiene.policy.toml.document import MAX_BYTES, BrokenToml, TomlDocument, parse_toml
from hygiene.policy.toml.lines import KeyPath
from hygiene.ports import PolicyFiles

PYPROJECT = "pyproject.toml"
"""The name of a file that holds much else: of it `[tool.hygiene]` counts."""

MAX_PYPROJECT_BYTES = 4 * MAX_BYTES
"""Other tools write into it too."""

MOST_PROBLEMS = 100
"""As many are told of one kind; whoever has more has given something else than a configuration."""

_OWN = ("tool", "hygiene")


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

    def complaint(self, path: KeyPath, wrong: str, meant: str) -> str:
        """A problem with a key of `table`, for people."""
        return told(self.place_of(path), Problem((*self.prefix, *self._written(path)), wrong, meant))

    def beside(self, path: str) -> str:
        """A path that this file names, from the root of the policy's files; it may lead out of them."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path))

    def _written(self, path: KeyPath) -> KeyPath:
        """The path with the number that an element has in the document."""
        match path:
            case (str(name), int(number), *rest) if name in self.kept:
                return (name, self.kept[name][number], *rest)
        return path


class ReadConfig(NamedTuple):
    """What came of one path.

    Attributes:
        file: what is sound of the file; None where nothing is, or nothing is there.
        problems: what is wrong with it, for people.
    """

    file: ConfigFile | None
    problems: tuple[str, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether there is a file that speaks to us."""
        return self.file is not None or bool(self.problems)


def read_config(files: PolicyFiles, path: str) -> ReadConfig:
    """The file at this path; nothing where there is none, or a `pyproject.toml` without a word for us.

    Raises `PolicyPathOutside` and `UnreadablePolicyFile`.
    """
    origin = files.origin(path)
    is_shared = posixpath.basename(path) == PYPROJECT
    limit = MAX_PYPROJECT_BYTES if is_shared else MAX_BYTES
    data = files.read(path, limit)
    if data is None or (is_shared and not _may_name_us(data)):
        return ReadConfig(None)
    try:
        document = parse_toml(data, limit)
    except BrokenToml as broken:
        return ReadConfig(None, (told(origin._replace(line=broken.line), broken.problem),))
    prefix = _OWN if is_shared else ()
    own = _within(document.table, prefix)
    return ReadConfig(None) if own is None else _checked(ConfigFile(path, origin, ConfigTable(), document, prefix), own)


def _may_name_us(data: bytes) -> bool:
    """Whether our table can be in there at all, be it with escapes: most are not, and are not worth parsing."""
    return b"hygiene" in data or b"\\" in data


def _within(table: object, path: KeyPath) -> object:
    for part in path:
        table = table.get(part) if isinstance(table, Mapping) else None
    return table


def _checked(file: ConfigFile, own: object) -> ReadConfig:
    problems = tuple(islice(problems_of(own, ConfigTable), MOST_PROBLEMS))
    told = tuple(file.complaint(*problem) for problem in problems)
    if len(problems) == MOST_PROBLEMS or not isinstance(own, Mapping):
        return ReadConfig(None, told)
    sound = _sound_part(file, own, problems)
    more = islice(contradictions(sound.table), MOST_PROBLEMS)
    return ReadConfig(sound, (*told, *(sound.complaint(*problem) for problem in more)))


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
