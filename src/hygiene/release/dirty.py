"""What somebody should know whose work tree is not the commit that is packaged."""

from collections.abc import Iterator

from hygiene.model.packaging import Note
from hygiene.ports.work_tree import TreeState
from hygiene.release.selection import Out, Selector


def dirty_notes(state: TreeState, selector: Selector) -> Iterator[Note]:
    """A note on what was changed and is not committed, and one on files that somebody may have forgotten to add."""
    if not state.is_known:
        yield Note("nobody could look whether the work tree is dirty, for want of git or of a sound index")
    counts = {"staged": state.staged, "modified": len(state.modified)}
    if any(counts.values()):
        told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
        yield Note(f"the work tree is dirty, and none of that is in the archive: {told}", state.modified)
    forgotten = [path for path in state.untracked if not isinstance(selector.verdict(path), Out)]
    if forgotten:
        yield Note("the allowlist names files that are not committed, and so not in the archive", forgotten)
