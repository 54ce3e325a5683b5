"""Rules, configurations, baselines and waivers that cannot be meant."""

from collections.abc import Sequence

from hygiene.errors.base import ExitStatus, HygieneError


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


class UnknownRule(HygieneError):
    """A rule id that the catalogue does not hold."""

    def __init__(self, rule_id: str, nearest: Sequence[str]) -> None:
        hint = f"Did you mean {', '.join(nearest)}?" if nearest else "`hygiene rule list` shows every rule."
        super().__init__(f"no rule is called {rule_id!r}", hint)


class BadPattern(HygieneError):
    """A pattern in gitignore syntax is over a limit that keeps matching fast."""

    def __init__(self, pattern: str, reason: str) -> None:
        shown = pattern if len(pattern) <= 60 else pattern[:57] + "…"
        super().__init__(f"pattern {shown!r} cannot be used: {reason}", "Write it shorter, or split it into several.")
