"""What somebody should know whose work tree is not the commit that is packaged."""

from collections.abc import Iterator, Sequence

from hygiene.model.paths import RepoPath
from hygiene.ports.work_tree import TreeState
from hygiene.release.selection import Out, Selector

_SHOWN = 3
"""So many paths are named; `git status` names all."""


def dirty_notes(state: TreeState, selector: Selector) -> Iterator[str]:
    """A note on what was changed and is not committed, and one on files that somebody may have forgotten to add."""
    if not state.is_known:
        yield "nobody looked whether the work tree is dirty: that takes a git program; none of it is in the archive"
    changed = [f"{state.staged} staged" if state.staged else "", _named("modified", state.modified)]
    if any(changed):
        yield f"the work tree is dirty, and none of that is in the archive: {', '.join(filter(None, changed))}"
    forgotten = [path for path in state.untracked if not isinstance(selector.verdict(path), Out)]
    if forgotten:
        yield f"the allowlist names files that are not committed, and so not in the archive: {_some(forgotten)}"


def _named(what: str, paths: Sequence[RepoPath]) -> str:
    return f"{len(paths)} {what} ({_some(paths)})" if paths else ""


def _some(paths: Sequence[RepoPath]) -> str:
    more = [f"and {len(paths) - _SHOWN} more"] if len(paths) > _SHOWN else []
    return ", ".join([*paths[:_SHOWN], *more])
