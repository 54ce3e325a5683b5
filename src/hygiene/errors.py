"""What can stop a command: one class per cause, each with its message, its next step and its exit status."""

from collections.abc import Sequence
from enum import IntEnum
from shlex import quote


class ExitStatus(IntEnum):
    """The exit codes that `docs/exit-codes.md` promises; findings and failures never share one."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    NOTHING_TO_AUDIT = 3
    INCOMPLETE = 4
    REFUSED = 5
    BUG = 70
    INTERRUPTED = 130


INTERRUPTION = "interrupted; nothing was left half-written"
"""What a person is told who stopped a command."""

_SHOWN_TAGS = 10


class HygieneError(Exception):
    """Something that stops the command: what happened, and the next step.

    `message` and `hint` may hold names that came from a repository; whoever prints them sanitises them.
    """

    status = ExitStatus.USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


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


class BrokenRules(HygieneError):
    """One or more rule files cannot be used; `problems` holds every one of them, each naming file and key."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(
            "\n".join(["cannot use the rule files:", *(f"  {problem}" for problem in problems)]),
            "Check one file with `hygiene rule check FILE`.",
        )
        self.problems = tuple(problems)


class NoRuleFile(HygieneError):
    """A path that is to hold rules holds none."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "Name a rule file, or a folder that holds *.toml.")


class WrongExamples(HygieneError):
    """Rules whose own examples do not hold; `problems` holds every example that does not."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(
            "\n".join(["these examples do not hold:", *(f"  {problem}" for problem in problems)]),
            "Mend the [match] table or the example; the usage page of the documentation tells what each key means.",
        )


class BrokenConfiguration(HygieneError):
    """One or more configuration files cannot be used; `problems` holds every one of them, naming file, line and key."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(
            "\n".join(["cannot use the configuration:", *(f"  {problem}" for problem in problems)]),
            "`hygiene schema` prints every key with what it means, as a schema for your editor.",
        )
        self.problems = tuple(problems)


class AlreadyConfigured(HygieneError):
    """A first configuration was to be written where the audit is configured already."""

    status = ExitStatus.REFUSED

    def __init__(self, file: str, hint: str) -> None:
        super().__init__(f"{file} configures the audit already; nothing was written", hint)


class NoPlaceForConfiguration(HygieneError):
    """A first configuration was to be written into a bare repository, which has no work tree."""

    status = ExitStatus.REFUSED

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is bare and has no place for hygiene.toml",
            "Write it in a clone and commit it there; `hygiene init --dry-run` prints what would be written.",
        )


class PolicyPathOutside(HygieneError):
    """A configuration names a file outside the repository, or reaches one through a symlink."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} lies outside the repository", "Name a file inside it.")


class UnreadablePolicyFile(HygieneError):
    """A file that the policy consists of is there and cannot be read; `reason` says why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot read {path}: {reason}", "Give a regular file that you may read.")
        self.reason = reason


class NoBaseline(HygieneError):
    """A baseline was asked for, and its file is not there; or a ratchet without any baseline."""

    def __init__(self, asked: str) -> None:
        super().__init__(
            f"there is no baseline: {asked}",
            "Write one first: `hygiene audit --write-baseline`, with --baseline FILE or `baseline` under [gate].",
        )


class BrokenBaseline(HygieneError):
    """A baseline cannot be used: another version, not what `--write-baseline` wrote, or entries changed by hand."""

    def __init__(self, path: str, problems: Sequence[str]) -> None:
        super().__init__(
            "\n".join([f"cannot use the baseline {path}:", *(f"  {problem}" for problem in problems)]),
            "Write it anew with `hygiene audit --write-baseline`, and review what it accepts.",
        )
        self.problems = tuple(problems)


class BadWaiver(HygieneError):
    """A waiver that was asked for cannot be meant; `problems` holds every reason."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(
            "\n".join(["cannot write this waiver:", *(f"  {problem}" for problem in problems)]),
            "`hygiene waive --help` tells what each part means.",
        )
        self.problems = tuple(problems)


class WaiverRefused(HygieneError):
    """A waiver is there already, or the configuration has no place where it can be added without harm."""

    status = ExitStatus.REFUSED


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


class UnknownRule(HygieneError):
    """A rule id that the catalogue does not hold."""

    def __init__(self, rule_id: str, nearest: Sequence[str]) -> None:
        hint = f"Did you mean {', '.join(nearest)}?" if nearest else "`hygiene rule list` shows every rule."
        super().__init__(f"no rule is called {rule_id!r}", hint)


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


class UnreadableFile(HygieneError):
    """A file that was named, or that lies beside one, cannot be read, or is not the same any more."""

    status = ExitStatus.INCOMPLETE

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot read {path}: {reason}", "Give a regular file that you may read.")
        self.path = path
        self.reason = reason


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


class BadPattern(HygieneError):
    """A pattern in gitignore syntax is over a limit that keeps matching fast."""

    def __init__(self, pattern: str, reason: str) -> None:
        shown = pattern if len(pattern) <= 60 else pattern[:57] + "…"
        super().__init__(f"pattern {shown!r} cannot be used: {reason}", "Write it shorter, or split it into several.")


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
