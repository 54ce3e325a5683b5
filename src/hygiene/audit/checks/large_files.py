"""Files that are too large for Git, or that Git LFS was to hold."""

from collections.abc import Iterator

from hygiene.audit.checks.base import Problem, Scene
from hygiene.audit.size_caps import CapTable
from hygiene.model.finding import Evidence
from hygiene.model.inventory import Entry

_POINTER_START = b"version https://git-lfs.github.com/spec/v1"
_LARGEST_POINTER = 1024  # bytes; Git LFS's specification


def oversized_file(scene: Scene) -> Iterator[Problem]:
    """Every file over its size cap, by the size of what Git stores."""
    sizes, caps = scene.survey.sizes, CapTable(scene.size_caps)
    large = scene.survey.larger_than(scene.size_caps.lowest)
    for entry in scene.subject_to_cap if large else ():
        if entry.blob in large and entry.is_file:
            size, cap = sizes[entry.blob], caps.of(entry.path)
            if size > cap.size:
                yield Problem(entry, (Evidence("size", f"{size:,} bytes, over the cap of {cap}"),))


def lfs_raw_blob(scene: Scene) -> Iterator[Problem]:
    """A file that the attributes give to Git LFS, and whose own content Git stores all the same."""
    sizes = scene.survey.sizes
    given = dict(_given_to_lfs(scene)) if scene.survey.mentions_lfs else {}
    by_path = {entry.path: source for entry, source in given.items()}
    declared = [(entry, by_path[entry.path]) for entry in scene.survey.every_version(list(given))]
    small = {entry.blob for entry, _ in declared if sizes.get(entry.blob, _LARGEST_POINTER) < _LARGEST_POINTER}
    heads = scene.survey.repository.heads(small, len(_POINTER_START))
    for entry, source in declared:
        if sizes.get(entry.blob, 0) > 0 and heads.get(entry.blob) != _POINTER_START:
            yield Problem(entry, (source,))


def _given_to_lfs(scene: Scene) -> Iterator[tuple[Entry, Evidence]]:
    for entry in scene.survey.inventory.entries:
        found = scene.survey.attributes.of(entry.path, "filter") if entry.is_file else None
        if found is not None and found.value == "lfs":
            says = f"{found.source}:{found.line} gives it to Git LFS"
            yield entry, Evidence("lfs", says, path=found.source, line=found.line)
