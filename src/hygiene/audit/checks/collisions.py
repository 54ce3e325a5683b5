"""Names that are one and the same on the file systems of other people."""

import unicodedata
from collections.abc import Callable, Iterator

from hygiene.audit.checks.base import Problem, Scene
from hygiene.model.finding import Evidence
from hygiene.model.inventory import Entry


def case_collision(scene: Scene) -> Iterator[Problem]:
    """Paths that differ in case alone: only one of them can be checked out on Windows and macOS."""
    return _collisions(scene, str.casefold, "differs only in case from")


def unicode_collision(scene: Scene) -> Iterator[Problem]:
    """Paths that differ in Unicode normalisation alone: they look alike everywhere, and are one file on macOS."""
    if all(entry.path.isascii() for entry in scene.survey.inventory.entries):
        return iter(())
    return _collisions(scene, _composed, "looks the same as")


def _composed(path: str) -> str:
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def _collisions(scene: Scene, fold: Callable[[str], str], says: str) -> Iterator[Problem]:
    folded = [fold(entry.path) for entry in scene.survey.inventory.entries]
    if len(set(folded)) == len(folded):
        return
    first: dict[str, Entry] = {}
    for entry, key in zip(scene.survey.inventory.entries, folded, strict=True):
        other = first.setdefault(key, entry)
        if other is not entry:
            yield Problem(entry, (Evidence("collision", f"{says} {other.path}", path=other.path),))
