"""What keeps an apply from being safe at this moment."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from hygiene.model.inventory import Inventory
from hygiene.model.paths import RepoPath, ancestors
from hygiene.model.untracking import Flag, IgnoreChange, Obstacle, OnDisk, Standing

_TOLD = 5
"""So many names are told; whoever mends those meets the others next."""


def about_git(standing: Standing, inventory: Inventory) -> Iterator[Obstacle]:
    """What Git is in the middle of, a lock on its index, and conflicts."""
    for what in standing.under_way:
        yield Obstacle(f"{what} is under way", "Finish or abort it first; `git status` tells how.")
    if standing.is_locked:
        yield Obstacle(
            "index.lock is there, so another Git process may be at work",
            "Wait for it, or close the editor or IDE that may hold it; remove the file only if no Git process runs.",
        )
    if inventory.commit is not None:
        yield Obstacle("the index is empty, so this is what HEAD holds", "Check something out first: `git checkout`.")
    if inventory.unmerged:
        yield Obstacle(f"in conflict: {_named(inventory.unmerged)}", "Resolve the conflicts and `git add` the result.")


def about_marks(changes: Iterable[IgnoreChange], flags: Mapping[RepoPath, Flag]) -> Iterator[Obstacle]:
    """Ignore files that have to change, and that a person has told Git something about: it would be forgotten."""
    for change in changes:
        flag = flags.get(change.path)
        if flag is not None:
            option = "--no-skip-worktree" if flag is Flag.SKIP_WORKTREE else "--no-assume-unchanged"
            hint = f"End that: `git update-index {option} FILE`; or `git add` what was only announced."
            yield Obstacle(f"{change.path} has to change and is marked {flag}", hint)


def about_content(unsaved: Collection[RepoPath]) -> Iterator[Obstacle]:
    """Content that nothing but the index leads to."""
    if unsaved:
        yield Obstacle(
            f"staged content that is neither in HEAD nor on disk would be lost: {_named(sorted(unsaved))}",
            "Commit it, or unstage it with `git restore --staged FILE`.",
        )


def about_placeholders(
    added: Sequence[RepoPath], on_disk: Mapping[RepoPath, OnDisk], tracked: Collection[RepoPath]
) -> Iterator[Obstacle]:
    """Placeholders that have no place: a file or a symlink is where their folder should be, or another kind of file."""
    for path in added:
        blocking = next((folder for folder in ancestors(path) if folder in tracked), None)
        if blocking is not None:
            yield Obstacle(f"{path} has no place: {blocking} is tracked and is no folder", _DECLARE)
        elif on_disk[path] not in (OnDisk.FILE, OnDisk.ABSENT):
            yield Obstacle(f"{path} has no place: {_IN_THE_WAY[on_disk[path]]}", _DECLARE)


_DECLARE = "Move away what is there, or take the folder out of `placeholders` under [untrack]."

_IN_THE_WAY = {
    OnDisk.SYMLINK: "it is a symlink",
    OnDisk.FOLDER: "it is a folder",
    OnDisk.OTHER: "what is there is no regular file",
    OnDisk.BEHIND_SYMLINK: "a folder above it is a symlink",
    OnDisk.IN_NESTED_REPOSITORY: "it lies in another repository",
}


def _named(paths: Sequence[RepoPath]) -> str:
    more = len(paths) - _TOLD
    return ", ".join([*paths[:_TOLD], *([f"and {more} more"] if more > 0 else [])])
