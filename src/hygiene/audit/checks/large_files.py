"""Files that are too large for Git, or that Git LFS was to hold."""

from collections.abc import Iterator

from hygiene.audit.checks.base import Problem, Scene
from hygiene.model.finding import Evidence
from hygiene.model.inventory import Entry

_POINTER_START = b"version https://git-lfs.github.com/spec/v1"
_LARGEST_POINTER = 1024  # bytes; Git LFS's specification


def oversized_file(scene: Scene) -> Iterator[Problem]:
    """Every file over the size cap, by the size of what Git stores."""
    for entry in scene.subject_to_cap:
        size = scene.survey.sizes.get(entry.blob, 0)
        if size > scene.size_cap and entry.is_file:
            yield Problem(entry, (Evidence("size", f"{size} bytes, over the cap of {scene.size_cap}"),))


def lfs_raw_blob(scene: Scene) -> Iterator[Problem]:
    """A file that the attributes give to Git LFS, and whose own content Git stores all the same."""
    declared = [
        (entry, source) for entry in scene.survey.inventory.entries if (source := _lfs_source(scene, entry)) is not None
    ]
    small = {
        entry.blob for entry, _ in declared if scene.survey.sizes.get(entry.blob, _LARGEST_POINTER) < _LARGEST_POINTER
    }
    heads = scene.survey.repository.heads(small, len(_POINTER_START)) if small else {}
    for entry, source in declared:
        is_known = entry.blob in scene.survey.sizes
        if is_known and scene.survey.sizes[entry.blob] > 0 and heads.get(entry.blob) != _POINTER_START:
            yield Problem(entry, (source,))


def _lfs_source(scene: Scene, entry: Entry) -> Evidence | None:
    """The attribute line that gives the file to Git LFS."""
    if not entry.is_file or not scene.survey.mentions_lfs:
        return None
    found = scene.survey.attributes.of(entry.path, "filter")
    if found is None or found.value != "lfs":
        return None
    return Evidence("lfs", f"{found.source}:{found.line} gives it to Git LFS", path=found.source, line=found.line)
