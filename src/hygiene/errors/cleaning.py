"""Clean-ups and purges that have nothing to do, or must not be done."""

from collections.abc import Sequence
from shlex import quote

from hygiene.errors.base import ExitStatus, HygieneError


class NothingSelected(HygieneError):
    """What a person named meets no finding that could go."""

    def __init__(self, criteria: Sequence[str]) -> None:
        named = " ".join(f"--select {quote(each)}" for each in criteria)
        super().__init__(
            f"nothing selected: {named} meets no finding that could go",
            "`hygiene audit`, or for a purge `hygiene audit --history`, lists all; --confidence reaches the less sure.",
        )


class NothingToPurge(HygieneError):
    """The history holds no certain finding that is to be untracked, and nothing else was named."""

    status = ExitStatus.NOTHING_TO_AUDIT

    def __init__(self) -> None:
        super().__init__(
            "nothing to purge: no finding of the history is certain and to be untracked",
            "Name what is to go all the same, such as --select confidence:likely or --select path:FILE.",
        )


class NoPlaceForPlan(HygieneError):
    """The folder that a plan was to be written into is not one for it alone."""

    status = ExitStatus.REFUSED

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot write the plan into {path}: {reason}", "Name a folder that is new or empty.")


class NoWorkTree(HygieneError):
    """A bare repository was asked to untrack something."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is bare: it has neither an index nor a work tree", "Untrack in a clone of it, and push from there."
        )


class UntrackRefused(HygieneError):
    """An apply that would do harm, or that meets another world than its plan saw; `problems` holds every reason."""

    status = ExitStatus.REFUSED

    def __init__(self, problems: Sequence[str], hint: str) -> None:
        super().__init__("\n".join(["nothing was changed:", *(f"  {problem}" for problem in problems)]), hint)
        self.problems = tuple(problems)


class PlanChanged(HygieneError):
    """A saved plan is no longer what would be done."""

    status = ExitStatus.REFUSED

    def __init__(self, file: str) -> None:
        super().__init__(
            f"nothing was changed: the plan made now is another than the one in {file}",
            "The repository, the options or the rules have changed: save a new plan with --save-plan, and look at it.",
        )


class IndexLocked(HygieneError):
    """Git's own lock on the index is held."""

    status = ExitStatus.REFUSED

    def __init__(self, lock: str) -> None:
        super().__init__(
            f"nothing was changed: {lock} is there, so another Git process may be at work",
            "Wait for it, or close the editor or IDE that may hold it; remove the file only if no Git process runs.",
        )


class UnusableFile(HygieneError):
    """A file of the work tree that must be read or written is none that may be."""

    status = ExitStatus.REFUSED

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} {reason}", "Make it a regular file, or move it away.")
        self.reason = reason


class NoPlaceForBackup(HygieneError):
    """The folder that files were to be copied into holds something, or is no folder."""

    status = ExitStatus.REFUSED

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"nothing was changed: cannot copy the files into {path}: {reason}",
            "Name a folder that is new or empty, outside the repository.",
        )


class CommitFailed(HygieneError):
    """Git made no commit; `reason` is what it, a hook or the signing program said."""

    status = ExitStatus.REFUSED

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(f"nothing was changed: there is no commit: {reason}", hint)


class BadBranch(HygieneError):
    """A new branch cannot have the name that was asked for."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"cannot make a branch {name!r}: {reason}", "Name one that is new, such as --branch clean-up.")


class NoReceipt(HygieneError):
    """There is no receipt of that name, or none at all."""

    def __init__(self, name: str | None) -> None:
        super().__init__(
            "there is nothing here that could be undone" if name is None else f"there is no receipt {name!r}",
            "`hygiene untrack --list` shows every receipt of this work tree.",
        )


class CannotUndo(HygieneError):
    """What an apply did cannot be taken back as a whole; `problems` holds every reason, and nothing was changed."""

    status = ExitStatus.REFUSED

    def __init__(self, receipt: str, problems: Sequence[str], hint: str) -> None:
        super().__init__(
            "\n".join([f"cannot undo {receipt}; nothing was changed:", *(f"  {problem}" for problem in problems)]), hint
        )
        self.problems = tuple(problems)


class Unfinished(HygieneError):
    """The index was changed, and not all that belongs to it could be done; `problems` holds every reason."""

    status = ExitStatus.INCOMPLETE

    def __init__(self, receipt: str, problems: Sequence[str]) -> None:
        super().__init__(
            "\n".join([f"the index was changed, and {receipt} is unfinished:", *(f"  {each}" for each in problems)]),
            "Mend that, and run `hygiene untrack --list`: every `hygiene untrack` first completes what is unfinished.",
        )
        self.problems = tuple(problems)
