"""Entries that lead out of the repository: other repositories, and symlinks."""

import posixpath
import re
from collections.abc import Iterator, Sequence

from hygiene.audit.checks.base import Problem, Scene
from hygiene.model.finding import Evidence
from hygiene.model.inventory import Entry, Mode
from hygiene.model.paths import folder_of

_MODULE_PATH = re.compile(rb"^[ \t]*path[ \t]*=[ \t]*(.*\S)", re.MULTILINE)
_LONGEST_TARGET = 4096


def gitlink_without_gitmodules(scene: Scene) -> Iterator[Problem]:
    """A commit of another repository that `.gitmodules` does not name: nobody who clones can get it."""
    links = _entries_of(scene, Mode.GITLINK)
    known = _module_paths(scene) if links else None
    for entry in links:
        if known is not None and entry.path not in known:
            yield Problem(
                entry, (Evidence("gitlink", "it is another repository's commit, and .gitmodules does not name it"),)
            )


def symlink_leaves_repository(scene: Scene) -> Iterator[Problem]:
    """A symlink whose target is absolute, or climbs above the root; it is read as Git stores it and never followed."""
    links = _entries_of(scene, Mode.SYMLINK)
    targets = scene.survey.repository.heads({entry.blob for entry in links}, _LONGEST_TARGET) if links else {}
    for entry in links:
        target = targets.get(entry.blob, b"").decode("utf-8", "surrogateescape")
        if target and _leaves(entry, target):
            yield Problem(entry, (Evidence("symlink", f"it points to {target}"),))


def _entries_of(scene: Scene, mode: Mode) -> Sequence[Entry]:
    if mode not in scene.survey.modes:
        return ()
    return [entry for entry in scene.survey.inventory.entries if entry.mode == mode]


def _module_paths(scene: Scene) -> frozenset[str] | None:
    """The paths that `.gitmodules` names; None where it is there and cannot be read."""
    modules = scene.survey.entry(".gitmodules")
    text = scene.survey.texts([modules]).get(modules.path) if modules is not None else b""
    if text is None:
        return None
    return frozenset(_unquoted(path.decode("utf-8", "surrogateescape")) for path in _MODULE_PATH.findall(text))


def _unquoted(value: str) -> str:
    """A value of Git's configuration format without its quotes and escapes."""
    return re.sub(r"\\(.)", r"\1", value[1:-1] if value.startswith('"') and value.endswith('"') else value)


def _leaves(entry: Entry, target: str) -> bool:
    if target.startswith(("/", "\\")) or re.match(r"[A-Za-z]:[\\/]", target):
        return True
    return posixpath.normpath(posixpath.join(folder_of(entry.path), target)).split("/")[0] == ".."
