"""What both readers read themselves of the files of a git directory. Opens regular files only."""

import os
from contextlib import suppress
from pathlib import Path

from hygiene.model.history import CommitId

_LARGEST_LIST = 64 << 20
_LONGEST_POINTER = 1 << 16


def common_dir(git_dir: Path) -> Path:
    """The git directory that a linked work tree shares with the others; for any other it is the same."""
    pointer = head(git_dir / "commondir", _LONGEST_POINTER).removesuffix(b"\n")
    if not pointer or b"\0" in pointer:
        return git_dir
    return Path(os.path.normpath(git_dir / os.fsdecode(pointer)))


def work_tree_name(git_dir: Path) -> str:
    """What tells the work tree of a git directory from the others, wherever the repository is moved to."""
    common = common_dir(git_dir)
    return git_dir.relative_to(common).as_posix() if git_dir.is_relative_to(common) else str(git_dir)


def shallow_commits(git_dir: Path) -> frozenset[CommitId]:
    """The commits whose parents were left out when the repository was cloned."""
    return frozenset(
        CommitId(line.decode("ascii", "replace").strip()) for line in lines(common_dir(git_dir) / "shallow")
    )


def stash_log(git_dir: Path) -> list[str]:
    """The ids of the stash's log, newest first."""
    fields = (line.split(b" ", 2) for line in lines(common_dir(git_dir) / "logs" / "refs" / "stash"))
    return [words[1].decode("ascii", "replace") for words in fields if len(words) > 1][::-1]


def head_names(git_dir: Path) -> list[str]:
    """What git calls the HEAD of this work tree, of the main one, and of every linked one, each once."""
    common = common_dir(git_dir)
    linked: list[str] = []
    with suppress(OSError):  # most repositories have no linked work tree
        linked = sorted(os.listdir(common / "worktrees"))  # noqa: PTH208 - names alone
    if common == git_dir:
        return ["HEAD", *(f"worktrees/{name}/HEAD" for name in linked)]
    others = (name for name in linked if name != git_dir.name)
    return ["HEAD", "main-worktree/HEAD", *(f"worktrees/{name}/HEAD" for name in others)]


def lines(place: Path) -> list[bytes]:
    """The lines of a file that say something: neither blank nor a comment."""
    found = head(place, _LARGEST_LIST).splitlines()
    return [line for line in found if line.strip() and not line.startswith(b"#")]


def head(place: Path, limit: int) -> bytes:
    """What a regular file holds, up to a limit; nothing where there is none."""
    try:
        if not place.is_file():
            return b""
        with place.open("rb") as file:
            return file.read(limit)
    except OSError:
        return b""
