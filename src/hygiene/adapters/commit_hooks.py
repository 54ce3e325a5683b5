"""A repository's own hooks around a commit, for a person who asked that they run."""

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hygiene.adapters.personal_git import TrustingGit
from hygiene.adapters.process import GitFailed
from hygiene.errors import CommitFailed
from hygiene.model.json_path import bytes_of

_OLDEST = (2, 36)
"""The first git with `git hook run`."""

_HINT = "See to what the hook asks for, or leave out --run-hooks."


class CommitHooks:
    """The hooks that `git commit` runs, in its order and with what it hands to them."""

    def __init__(self, git: TrustingGit) -> None:
        self._git = git

    def require_git(self) -> None:
        """Raises `CommitFailed` where git is too old to run hooks on behalf of others."""
        told = self._git.run("version").decode("ascii", "replace").strip()
        version = re.search(r"(\d+)\.(\d+)", told)
        if version is None or (int(version[1]), int(version[2])) < _OLDEST:
            raise CommitFailed(f"{told} cannot run hooks", "Update git to 2.36 or newer, or leave out --run-hooks.")

    def before(self, index: Path) -> None:
        """Runs `pre-commit` on the index of the commit, which it may change.

        The index is compared with the work tree first, as git does: many hooks look for what is not staged.

        Raises `CommitFailed` where the hook does not let the commit pass.
        """
        git = replace(self._git, index=index)
        with suppress(GitFailed):  # its status says that files differ
            git.run("update-index", "-q", "--refresh")
        _run(git, "pre-commit")

    def worded(self, message: str, index: Path, place: Path) -> str:
        """The message after `prepare-commit-msg` and `commit-msg` have had it in the file `place`; tidied as git does.

        Raises `CommitFailed` where a hook does not let it pass, or leaves nothing of it.
        """
        git = replace(self._git, index=index)
        place.write_bytes(bytes_of(message))
        _run(git, "prepare-commit-msg", str(place), "message")
        _run(git, "commit-msg", str(place))
        worded = _tidied(place.read_bytes().decode("utf-8", "surrogateescape"))
        if not worded:
            raise CommitFailed("the hooks left nothing of its message", _HINT)
        return worded

    def after(self) -> None:
        """Runs `post-commit`; that it fails does not count, to git neither."""
        with suppress(GitFailed):
            self._git.run("hook", "run", "--ignore-missing", "post-commit")


def _run(git: TrustingGit, name: str, *arguments: str) -> None:
    try:
        git.run("hook", "run", "--ignore-missing", name, "--", *arguments)
    except GitFailed as failure:
        said = failure.complaint.strip()
        reason = f"the {name} hook ended with status {failure.exit_code}"
        raise CommitFailed(f"{reason}:\n{said}" if said else reason, _HINT) from failure


def _tidied(message: str) -> str:
    """Without spaces at the ends of lines, empty lines at the ends, and more than one of these elsewhere."""
    lines = "\n".join(line.rstrip() for line in message.split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", lines).strip("\n")
    return f"{text}\n" if text else ""
