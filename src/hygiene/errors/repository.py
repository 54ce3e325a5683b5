"""Repositories, revisions and histories that cannot be read, or hold nothing to look at."""

from shlex import quote

from hygiene.errors.base import ExitStatus, HygieneError


class NotARepository(HygieneError):
    """The path given is not a Git repository, nor inside one."""

    status = ExitStatus.NOTHING_TO_AUDIT

    def __init__(self, path: str) -> None:
        super().__init__(f"not a Git repository: {path}", "Give a path inside a repository, or run `git init` first.")


class NothingTracked(HygieneError):
    """The repository has no commit yet and nothing in its index."""

    status = ExitStatus.NOTHING_TO_AUDIT

    def __init__(self, path: str) -> None:
        super().__init__(
            f"nothing to audit: {path} has no commit yet and its index is empty",
            "Add files with `git add`, then audit again.",
        )


class NoCommit(HygieneError):
    """HEAD of a bare repository leads to no commit, so nothing says what to audit."""

    status = ExitStatus.NOTHING_TO_AUDIT

    def __init__(self, path: str) -> None:
        super().__init__(
            f"nothing to audit: HEAD of {path} leads to no commit",
            "Name a branch with --rev; `git branch --list` shows those that there are.",
        )


class NothingCommitted(HygieneError):
    """No root that was asked for leads to a commit, so there is no history to audit."""

    status = ExitStatus.NOTHING_TO_AUDIT

    def __init__(self, roots: str) -> None:
        super().__init__(
            f"nothing to audit: no commit can be reached from {roots}",
            "Name other roots with --roots; `git for-each-ref` shows all that there are.",
        )


class NoIndex(HygieneError):
    """A bare repository was asked for what is staged."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"nothing can be staged in {path}: it is bare and has no index", "Audit a commit with --rev instead."
        )


class OwnedBySomebodyElse(HygieneError):
    """Git's own safety check refuses a repository that another user owns."""

    status = ExitStatus.NOTHING_TO_AUDIT

    def __init__(self, path: str) -> None:
        super().__init__(
            f"the repository at {path} belongs to another user, and Git refuses to read it",
            f"If you trust its owner: git config --global --add safe.directory {quote(path)}",
        )


class UnreadableRepository(HygieneError):
    """The repository is there, but no reader on this machine can read it."""

    status = ExitStatus.INCOMPLETE

    def __init__(self, path: str, reason: str, hint: str) -> None:
        super().__init__(f"cannot read the repository at {path}: {reason}", hint)


class UnknownRevision(HygieneError):
    """A revision that the user named does not lead to a commit or tree."""

    def __init__(self, revision: str, reason: str = "it names no commit or tree here") -> None:
        super().__init__(
            f"unknown revision {revision!r}: {reason}",
            "List what there is with `git branch -a` and `git tag`; in a shallow clone, fetch it first.",
        )


class OutOfMemory(HygieneError):
    """What is to be audited does not fit into memory, as a tree that names itself over and over does not."""

    status = ExitStatus.INCOMPLETE

    def __init__(self) -> None:
        super().__init__("memory ran out before the answer was whole", "Audit a smaller tree with --rev REV:FOLDER.")


class BrokenIndex(HygieneError):
    """The history index failed while it was in use; without it, or with one in memory, the same can be asked."""

    status = ExitStatus.INCOMPLETE

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the history index cannot be used: {reason}",
            "Do without it with --no-index, or remove it first with `hygiene index clear`.",
        )


class UnremovableIndex(HygieneError):
    """The history index was to be removed, and what is in its place is not ours or cannot be removed."""

    status = ExitStatus.REFUSED

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"cannot remove the history index {path}: {reason}", "Look at what is there, and remove it yourself."
        )
