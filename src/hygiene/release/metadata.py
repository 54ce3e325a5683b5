"""What a project's own metadata at its root say of its name and version. They are data: nothing of them is ever run."""

import configparser
import json
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from hygiene.model.paths import RepoPath, leaves_root
from hygiene.policy.toml.document import BrokenToml, parse_toml, value_at

LARGEST = 1024 * 1024
"""Bytes of a file that is worth reading for two words."""


class Told(NamedTuple):
    """A word, and the file that says it."""

    text: str
    file: RepoPath


class Metadata(NamedTuple):
    """What is known of a project.

    Attributes:
        wanted: another file that the version is in; whoever has it asks again with it among the files.
        notes: what a reader should know, such as that a file is broken.
    """

    name: Told | None = None
    version: Told | None = None
    wanted: RepoPath | None = None
    notes: tuple[str, ...] = ()


class _Said(NamedTuple):
    """What one file says; `elsewhere` is the file that it leaves the version to."""

    name: str | None = None
    version: str | None = None
    elsewhere: RepoPath | None = None


class _Unusable(Exception):
    """A file that cannot be understood, with the reason in words."""


_VERSION_IN_CODE = re.compile(
    r"""^(?:__version__|version)(?: ?: ?str)? *= *["']v?([^"'\n]+)["']""", re.MULTILINE | re.IGNORECASE
)
_GO_MODULE = re.compile(r"^module[ \t]+\"?([^\s\"]+?)(?:/v[0-9]+)?\"?[ \t]*(?://.*)?$", re.MULTILINE)


def read_metadata(files: Mapping[RepoPath, bytes]) -> Metadata:
    """Name and version by the first file that says a name, in the order of `METADATA_FILES`.

    A version beside another name is none of this project: the frontend of a server has its own. `files` may lack any
    file; one that is broken or larger than `LARGEST` says nothing, and is told in a note.
    """
    notes = []
    for file in (each for each in METADATA_FILES if each in files):
        try:
            said = _READERS[file](_capped(files[file]))
        except _Unusable as reason:
            notes.append(f"{file} says neither name nor version: {reason}")
            continue
        if said.name is not None:
            return _metadata(Told(said.name, file), said, files)._replace(notes=tuple(notes))
    return Metadata(notes=tuple(notes))


def _metadata(name: Told, said: _Said, files: Mapping[RepoPath, bytes]) -> Metadata:
    if said.version is not None:
        return Metadata(name, Told(said.version, name.file))
    if said.elsewhere is None or said.elsewhere not in files:
        return Metadata(name, wanted=said.elsewhere)
    found = _VERSION_IN_CODE.search(files[said.elsewhere][:LARGEST].decode("utf-8", "replace"))
    return Metadata(name, Told(found[1].strip(), said.elsewhere) if found else None)


def _capped(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise _Unusable("it is too large")
    return content


def _pyproject(content: bytes) -> _Said:
    table = _toml(content)
    name = _word(value_at(table, ("project", "name")))
    if name is None:
        return _Said(_word(value_at(table, ("tool", "poetry", "name"))), _poetry_version(table))
    version = _word(value_at(table, ("project", "version")))
    return _Said(name, version, _version_file(table) if version is None else None)


def _poetry_version(table: Mapping[str, object]) -> str | None:
    """A plugin that takes it from elsewhere has a placeholder stand here."""
    version = _word(value_at(table, ("tool", "poetry", "version")))
    return None if version in ("0.0.0", "0") else version


def _version_file(table: Mapping[str, object]) -> RepoPath | None:
    """The file that hatchling or pdm takes the version from, where they look for it in the way that we know."""
    for tool in ("hatch", "pdm"):
        told = value_at(table, ("tool", tool, "version"))
        path = _word(value_at(told, ("path",)))
        is_known = value_at(told, ("source",)) in (None, "regex", "file") and value_at(told, ("pattern",)) is None
        if path is not None and is_known and not leaves_root(path):
            return RepoPath(path.removeprefix("./"))
    return None


def _setup_cfg(content: bytes) -> _Said:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(content.decode("utf-8-sig"))
    except (configparser.Error, UnicodeDecodeError):
        raise _Unusable("it is no configuration of setuptools") from None
    version = _word(parser.get("metadata", "version", fallback=None))
    is_elsewhere = version is not None and version.startswith(("attr:", "file:"))
    return _Said(_word(parser.get("metadata", "name", fallback=None)), None if is_elsewhere else version)


def _cargo(content: bytes) -> _Said:
    table = _toml(content)
    version = value_at(table, ("package", "version"))
    if value_at(version, ("workspace",)) is True:
        version = value_at(table, ("workspace", "package", "version"))
    return _Said(_word(value_at(table, ("package", "name"))), _word(version))


def _json_package(content: bytes) -> _Said:
    """A name may be scoped: in npm as `@scope/name`, in Composer always as `vendor/name`."""
    try:
        table = json.loads(content.decode("utf-8-sig"))
    except RecursionError:
        raise _Unusable("it is nested too deeply") from None
    except ValueError:
        raise _Unusable("it is not JSON") from None
    name = _word(value_at(table, ("name",)))
    return _Said(_last_part(name), _word(value_at(table, ("version",))))


def _go_mod(content: bytes) -> _Said:
    found = _GO_MODULE.search(content.decode("utf-8", "replace"))
    return _Said(_last_part(found[1]) if found else None)


def _toml(content: bytes) -> Mapping[str, object]:
    try:
        return parse_toml(content, LARGEST).table
    except BrokenToml as broken:
        raise _Unusable(f"it {broken.problem.wrong}") from None


def _word(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _last_part(name: str | None) -> str | None:
    return name and (name.rpartition("/")[2] or None)


_READERS: Mapping[RepoPath, Callable[[bytes], _Said]] = {
    RepoPath("pyproject.toml"): _pyproject,
    RepoPath("setup.cfg"): _setup_cfg,
    RepoPath("Cargo.toml"): _cargo,
    RepoPath("package.json"): _json_package,
    RepoPath("composer.json"): _json_package,
    RepoPath("go.mod"): _go_mod,
}
METADATA_FILES: tuple[RepoPath, ...] = tuple(_READERS)
"""The files at the root that are read."""
