"""Release archives: what all configuration files say of them together, with what a target takes over."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec import UNSET

from hygiene.model.packaging import Line, Names, PackageSettings, Symlinks
from hygiene.model.paths import ROOT, RepoPath
from hygiene.policy.configuration.file import ConfigFile
from hygiene.policy.configuration.merging import Merged, Said
from hygiene.policy.configuration.shape import TargetTable
from hygiene.policy.configuration.sizes import bytes_of
from hygiene.policy.problem import Complaint
from hygiene.policy.toml.document import value_at
from hygiene.policy.toml.lines import KeyPath

_PACKAGE: KeyPath = ("package",)
_TAKEN_OVER = ("root", "max_size", "symlinks", "names", "export_ignore")
_MEANT = 'what the archive may hold, in gitignore syntax: include = ["/src/", "/README.md"]'


def unfilled(files: Sequence[ConfigFile]) -> Iterator[Complaint]:
    """The packages that no file says the content of. `[package]` need not be one where it has targets."""
    for key in _keys(files):
        if not _say(files, (*key, "include")) and not _is_only_taken_over(files, key):
            *_, last = (file for file in files if isinstance(_written(file, key), Mapping))
            yield last.complaint((*key, "include"), "missing", _MEANT)


def package_of(together: Merged) -> PackageSettings | None:
    """`[package]` itself; None where it only holds what its targets take over, or is not there."""
    table = together.table.package
    return _settings(table, _PACKAGE, together) if table.include else None


def targets_of(together: Merged) -> Mapping[str, PackageSettings]:
    """The targets by name, each with what it takes over."""
    package = together.table.package
    return {
        name: _settings(_filled(target, name, package), (*_PACKAGE, "targets", name), together)
        for name, target in package.targets.items()
    }


def taken_over(together: Merged) -> Iterator[tuple[KeyPath, Said[object]]]:
    """The keys that targets have from `[package]`, and what set them there."""
    for name, target in together.table.package.targets.items():
        for field in ("name", *_TAKEN_OVER):
            said = together.said.get((*_PACKAGE, field))
            if said is not None and getattr(target, field) is UNSET:
                yield (*_PACKAGE, "targets", name, field), said


def _keys(files: Sequence[ConfigFile]) -> Iterator[KeyPath]:
    """Every package that a file has a table for."""
    tables = [table for file in files if isinstance(table := _written(file, _PACKAGE), Mapping)]
    if tables:
        yield _PACKAGE
    targets = [targets for table in tables if isinstance(targets := table.get("targets"), Mapping)]
    named = dict.fromkeys(name for each in targets for name, table in each.items() if isinstance(table, Mapping))
    yield from ((*_PACKAGE, "targets", name) for name in named)


def _is_only_taken_over(files: Sequence[ConfigFile], key: KeyPath) -> bool:
    return key == _PACKAGE and _say(files, (*key, "targets")) and not _say(files, (*key, "exclude"))


def _say(files: Sequence[ConfigFile], key: KeyPath) -> bool:
    """Whether a file says something there, be it wrong: that is another problem."""
    return any(_written(file, key) not in (None, [], {}) for file in files)


def _written(file: ConfigFile, key: KeyPath) -> object:
    return value_at(file.document.table, (*file.prefix, *key))


def _filled(target: TargetTable, name: str, package: TargetTable) -> TargetTable:
    """The target with what `[package]` says where it says nothing."""
    unsaid = {field: getattr(package, field) for field in _TAKEN_OVER if getattr(target, field) is UNSET}
    if target.name is UNSET and package.name is not UNSET:
        unsaid["name"] = f"{package.name}-{name}"
    return msgspec.structs.replace(target, **unsaid)


def _settings(table: TargetTable, key: KeyPath, together: Merged) -> PackageSettings:
    return PackageSettings(
        include=_lines(table.include, (*key, "include"), together),
        exclude=_lines(table.exclude, (*key, "exclude"), together),
        name=None if table.name is UNSET else table.name,
        root=ROOT if table.root is UNSET else _folder(table.root),
        max_size=None if table.max_size is UNSET else bytes_of(table.max_size),
        symlinks=Symlinks.REFUSE if table.symlinks is UNSET else table.symlinks,
        names=Names.PORTABLE if table.names is UNSET else table.names,
        export_ignore=table.export_ignore is not False,
    )


def _lines(texts: Sequence[str], key: KeyPath, together: Merged) -> tuple[Line, ...]:
    return tuple(Line(text, together.said[*key, number].place) for number, text in enumerate(texts))


def _folder(root: str) -> RepoPath:
    path = posixpath.normpath(root)
    return ROOT if path == "." else RepoPath(path)
