"""Packages that cannot or must not be made, and archives that do not stand up to a look."""

from collections.abc import Sequence

from hygiene.errors.base import ExitStatus, HygieneError

_SHOWN_TAGS = 10


class NoPackage(HygieneError):
    """Nothing says what a package is made of."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(f"nothing says what to package: {what}", hint)


class BadPackageName(HygieneError):
    """A name or version that no archive's name can be made of."""

    def __init__(self, what: str, value: str) -> None:
        super().__init__(
            f"no archive can have the {what} {value!r}",
            "Letters, digits, `.`, `_`, `+` and `-`, beginning with a letter or digit, no dot at the end: at most 100.",
        )


class SeveralVersions(HygieneError):
    """Tags of one commit read as different versions."""

    def __init__(self, tags: Sequence[str]) -> None:
        shown = tags[:_SHOWN_TAGS]
        more = f" and {len(tags) - len(shown)} more" if len(tags) > len(shown) else ""
        super().__init__(
            f"several tags of the commit tell a version: {', '.join(shown)}{more}",
            "Say which is meant with --version, or name the tag itself with --rev.",
        )


class IdleLines(HygieneError):
    """Lines of an allowlist or an exclude list that match nothing; `problems` holds each with its place."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(
            "\n".join(["these lines match nothing:", *(f"  {problem}" for problem in problems)]),
            "Mend a typing error, or remove the line: what it named is gone, or was not there yet.",
        )
        self.problems = tuple(problems)


class PackageRefused(HygieneError):
    """An archive must not be written; the reasons, each with its next step, were told before."""

    status = ExitStatus.REFUSED

    def __init__(self, archive: str, count: int) -> None:
        reasons = "1 reason" if count == 1 else f"{count} reasons"
        super().__init__(f"{archive} was not written: {reasons} above")


class ArchiveRefused(HygieneError):
    """An archive did not stand up to verification; what was printed says why."""

    status = ExitStatus.REFUSED

    def __init__(self, archive: str, count: int) -> None:
        reasons = "1 reason" if count == 1 else f"{count} reasons"
        super().__init__(f"{archive} is refused: {reasons} above", "Do not unpack or publish it.")


class ArchiveDiffers(HygieneError):
    """Another archive, or another proof of one, has the name already, with other bytes."""

    status = ExitStatus.REFUSED

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is there already, with other bytes; nothing was written",
            "Give another --version or --output, or replace it with --force.",
        )


class BrokenObject(HygieneError):
    """An object of the repository could not be read whole, or is not what its id says."""

    status = ExitStatus.INCOMPLETE

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot package {path}: {reason}", "Run `git fsck` to see what is broken.")


class UnreadableArchive(HygieneError):
    """What was given as an archive is none, or cannot be read."""

    status = ExitStatus.INCOMPLETE

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot read {path}: {reason}", "Give a zip, wheel, tar, tar.gz or tar.zst.")


class BrokenArchive(HygieneError):
    """An archive's entry is not what the archive says of it."""

    status = ExitStatus.REFUSED

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}", "Do not unpack it.")
        self.reason = reason


class BrokenManifest(HygieneError):
    """A manifest cannot be used: it is not there, of another version, or not what `hygiene package` writes."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot use the manifest {path}: {reason}", "Give the one that was written with the archive.")
