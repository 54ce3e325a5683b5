"""Files that cannot be read or written."""

from hygiene.errors.base import ExitStatus, HygieneError


class ChangedMeanwhile(HygieneError):
    """A file was changed by somebody else between its reading and its replacement."""

    status = ExitStatus.REFUSED

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} was changed meanwhile; nothing was written", "Run the same command again.")


class BusyPlace(HygieneError):
    """Another process of ours has been writing to the same place for longer than it should take."""

    status = ExitStatus.REFUSED

    def __init__(self, path: str) -> None:
        super().__init__(
            f"another hygiene is writing beside {path}; nothing was written", "Run the same command again in a moment."
        )


class UnreadableFile(HygieneError):
    """A file that was named, or that lies beside one, cannot be read, or is not the same any more."""

    status = ExitStatus.INCOMPLETE

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot read {path}: {reason}", "Give a regular file that you may read.")
        self.path = path
        self.reason = reason


class NoJobSummary(HygieneError):
    """A job summary was asked for outside GitHub Actions."""

    def __init__(self) -> None:
        super().__init__(
            "there is no job summary to write to: GITHUB_STEP_SUMMARY is not set",
            "Name a file instead: --report github-summary=FILE",
        )


class UnwritableOutput(HygieneError):
    """The report could not be written; what was at the destination is as it was."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"cannot write {path}: {reason}",
            "What was there is as it was. Make room there, or have it written to another place.",
        )
