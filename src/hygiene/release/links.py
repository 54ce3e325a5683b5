"""Where symlinks lead, as far as names tell: no file system is asked."""

from collections.abc import Container, Iterable, Mapping

from hygiene.model.paths import ancestors, folder_of, join

_MOST_STEPS = 40
"""Linux gives up after as many symlinks on one way."""


def with_folders(paths: Iterable[str]) -> frozenset[str]:
    """The paths, and every folder above one of them."""
    return frozenset(each for path in paths for each in (path, *ancestors(path)))


def astray(path: str, targets: Mapping[str, str], there: Container[str]) -> str | None:
    """Why following the symlink at `path` may lead elsewhere than to something of the same tree; None where it cannot.

    `targets` holds every symlink of the tree, `there` every file, folder and link. A way through other symlinks is
    followed as a system would.
    """
    at, ahead = folder_of(path), _parts(targets[path])
    if ahead is None:
        return "its target is absolute, or no path that every system reads alike"
    steps = 0
    while ahead:
        part = ahead.pop()
        if part == "..":
            if not at:
                return "its target leads out of the archive"
            at = folder_of(at)
            continue
        reached = join(at, part)
        if reached not in targets:
            at = reached
            continue
        steps += 1
        more = _parts(targets[reached])
        if more is None or steps > _MOST_STEPS:
            return "its target leads on through a symlink that is absolute or has no end"
        ahead += more
    return None if not at or at in there else "its target is not in the archive"


def _parts(target: str) -> list[str] | None:
    """The steps that a target names, the first one last; None for a target that may lead anywhere."""
    if target.startswith("/") or "\\" in target or "\0" in target or target[1:2] == ":" or not target:
        return None
    return [part for part in reversed(target.split("/")) if part not in ("", ".")]
