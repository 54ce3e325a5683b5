"""What one configuration file says that no key alone shows to be wrong, without a look at any other file."""

import posixpath
from collections.abc import Iterator

import msgspec
from msgspec import UNSET

from hygiene.model.paths import leaves_root
from hygiene.policy.configuration.shape import ConfigTable, OverrideTable, WaiverTable
from hygiene.policy.configuration.sizes import WRITTEN_SO, wrong_with_cap
from hygiene.policy.problem import Problem
from hygiene.policy.rules.soundness import bad_pattern
from hygiene.policy.toml.lines import KeyPath


def contradictions(table: ConfigTable) -> Iterator[Problem]:
    """Every value that is of the right type and cannot be meant."""
    for number, folder in enumerate(table.fixtures):
        yield from _bad_place(("fixtures", number), folder)
    if isinstance(table.gate.baseline, str):
        yield from _bad_baseline(table.gate.baseline)
    yield from _bad_sizes(table)
    for number, folder in enumerate(table.untrack.placeholders):
        yield from _bad_folder(("untrack", "placeholders", number), folder)
    for rule, override in table.overrides.items():
        yield from _bad_override(("overrides", rule), override)
    for number, waiver in enumerate(table.waivers):
        yield from _bad_waiver(("waivers", number), waiver)


def _bad_place(key: KeyPath, pattern: str) -> Iterator[Problem]:
    problem = bad_pattern(key, pattern)
    if problem is not None:
        yield problem
    elif pattern.startswith("!"):
        yield Problem(key, f"{pattern!r} is negated", "what it speaks of, not what it leaves out")


def _bad_baseline(path: str) -> Iterator[Problem]:
    if leaves_root(path):
        yield Problem(("gate", "baseline"), f"{path!r} lies outside the repository", "a file inside it")


def _bad_folder(key: KeyPath, folder: str) -> Iterator[Problem]:
    parts = posixpath.normpath(folder).split("/")
    if leaves_root(folder) or parts == ["."] or any(part.lower() == ".git" for part in parts):
        yield Problem(key, f"{folder!r} is no folder that can be tracked", "a folder inside the repository: Input/")
    elif any(character in folder for character in "*?[]!\\\0"):
        yield Problem(key, f"{folder!r} is a pattern", "one folder by its own name: Input/")


def _bad_sizes(table: ConfigTable) -> Iterator[Problem]:
    if table.size.max is not UNSET:
        yield from _bad_size(("size", "max"), table.size.max)
    for glob, cap in table.size.caps.items():
        yield from _bad_place(("size", "caps", glob), glob)
        yield from _bad_size(("size", "caps", glob), cap)


def _bad_size(key: KeyPath, size: int | str) -> Iterator[Problem]:
    wrong = wrong_with_cap(size)
    if wrong is not None:
        yield Problem(key, wrong, WRITTEN_SO)


def _bad_override(key: KeyPath, override: OverrideTable) -> Iterator[Problem]:
    if all(value is UNSET for value in msgspec.structs.astuple(override)):
        yield Problem(key, "decides nothing", "confidence, severity or enabled")


def _bad_waiver(key: KeyPath, waiver: WaiverTable) -> Iterator[Problem]:
    if not waiver.reason.strip():
        yield Problem((*key, "reason"), "says nothing", "why the file may stay")
    yield from _bad_place((*key, "path"), waiver.path)
