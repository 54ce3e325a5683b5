"""What one file says in `[package]` and its targets that is of the right type and cannot be meant."""

import posixpath
from collections.abc import Iterator

from msgspec import UNSET

from hygiene.model.release_name import LONGEST, is_release_name
from hygiene.policy.configuration.places import bad_folder, bad_place, bad_size
from hygiene.policy.configuration.shape import PackageTable, TargetTable
from hygiene.policy.problem import Problem, cut
from hygiene.policy.toml.lines import KeyPath

_NAMES = f"letters, digits, `.`, `_`, `+` and `-`, beginning with a letter or digit: at most {LONGEST} of them"


def bad_packages(package: PackageTable) -> Iterator[Problem]:
    """Every such value."""
    yield from _bad_package(("package",), package)
    for name, target in package.targets.items():
        key = ("package", "targets", name)
        yield from _bad_name(key, name)
        yield from _bad_package(key, target)


def _bad_package(key: KeyPath, table: TargetTable) -> Iterator[Problem]:
    if table.name is not UNSET:
        yield from _bad_name((*key, "name"), table.name)
    for list_key, lines in (("include", table.include), ("exclude", table.exclude)):
        for number, line in enumerate(lines):
            yield from bad_place((*key, list_key, number), line)
    if table.root is not UNSET and posixpath.normpath(table.root) != ".":
        yield from bad_folder((*key, "root"), table.root)
    if table.max_size is not UNSET:
        yield from bad_size((*key, "max_size"), table.max_size)


def _bad_name(key: KeyPath, name: str) -> Iterator[Problem]:
    if not is_release_name(name):
        yield Problem(key, f"{cut(name)!r} cannot be part of an archive's name", _NAMES)
