"""What one configuration file says that no key alone shows to be wrong, without a look at any other file."""

from collections.abc import Iterator

import msgspec
from msgspec import UNSET

from hygiene.model.paths import leaves_root
from hygiene.policy.configuration.package_soundness import bad_packages
from hygiene.policy.configuration.places import bad_folder, bad_place, bad_size
from hygiene.policy.configuration.shape import ConfigTable, OverrideTable, WaiverTable
from hygiene.policy.problem import Problem
from hygiene.policy.toml.lines import KeyPath


def contradictions(table: ConfigTable) -> Iterator[Problem]:
    """Every value that is of the right type and cannot be meant."""
    for number, folder in enumerate(table.fixtures):
        yield from bad_place(("fixtures", number), folder)
    if isinstance(table.gate.baseline, str):
        yield from _bad_baseline(table.gate.baseline)
    yield from _bad_sizes(table)
    for number, folder in enumerate(table.untrack.placeholders):
        yield from bad_folder(("untrack", "placeholders", number), folder)
    yield from bad_packages(table.package)
    for rule, override in table.overrides.items():
        yield from _bad_override(("overrides", rule), override)
    for number, waiver in enumerate(table.waivers):
        yield from _bad_waiver(("waivers", number), waiver)


def _bad_baseline(path: str) -> Iterator[Problem]:
    if leaves_root(path):
        yield Problem(("gate", "baseline"), f"{path!r} lies outside the repository", "a file inside it")


def _bad_sizes(table: ConfigTable) -> Iterator[Problem]:
    if table.size.max is not UNSET:
        yield from bad_size(("size", "max"), table.size.max)
    for glob, cap in table.size.caps.items():
        yield from bad_place(("size", "caps", glob), glob)
        yield from bad_size(("size", "caps", glob), cap)


def _bad_override(key: KeyPath, override: OverrideTable) -> Iterator[Problem]:
    if all(value is UNSET for value in msgspec.structs.astuple(override)):
        yield Problem(key, "decides nothing", "confidence, severity or enabled")


def _bad_waiver(key: KeyPath, waiver: WaiverTable) -> Iterator[Problem]:
    if not waiver.reason.strip():
        yield Problem((*key, "reason"), "says nothing", "why the file may stay")
    yield from bad_place((*key, "path"), waiver.path)
