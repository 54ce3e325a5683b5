"""What is wrong with the patterns, folders and sizes of a configuration, each by itself."""

import posixpath
from collections.abc import Iterator

from hygiene.model.paths import leaves_root
from hygiene.policy.configuration.sizes import WRITTEN_SO, wrong_with_cap
from hygiene.policy.problem import Problem
from hygiene.policy.rules.soundness import bad_pattern
from hygiene.policy.toml.lines import KeyPath


def bad_place(key: KeyPath, pattern: str) -> Iterator[Problem]:
    """What keeps a pattern from naming something."""
    problem = bad_pattern(key, pattern)
    if problem is not None:
        yield problem
    elif pattern.startswith("!"):
        yield Problem(key, f"{pattern!r} is negated", "what it speaks of, not what it leaves out")


def bad_folder(key: KeyPath, folder: str) -> Iterator[Problem]:
    """What keeps a text from being one folder inside the repository; its root is none."""
    parts = posixpath.normpath(folder).split("/")
    if leaves_root(folder) or parts == ["."] or any(part.lower() == ".git" for part in parts):
        yield Problem(key, f"{folder!r} is no folder that can be tracked", "a folder inside the repository: Input/")
    elif any(character in folder for character in "*?[]!\\\0"):
        yield Problem(key, f"{folder!r} is a pattern", "one folder by its own name: Input/")


def bad_size(key: KeyPath, size: int | str) -> Iterator[Problem]:
    """What keeps a size from being a cap."""
    wrong = wrong_with_cap(size)
    if wrong is not None:
        yield Problem(key, wrong, WRITTEN_SO)
