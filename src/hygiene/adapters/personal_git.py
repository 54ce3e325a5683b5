"""The git program as the person who started us has it: in their environment, and by their configuration."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hygiene.adapters.process import CAUTIOUS_ENVIRONMENT, CAUTIOUS_OPTIONS, finish, search_path

_CONFIGURATION = r"GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|PARAMETERS|KEY_\d+|VALUE_\d+)"
"""Variables that are a part of the user's own configuration."""

_OWN = re.compile(rf"{_CONFIGURATION}|GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)")
"""All of GIT_* that bears on who commits and who signs."""

_ELSEWHERE = re.compile(
    "GIT_("
    "ALTERNATE_OBJECT_DIRECTORIES|CEILING_DIRECTORIES|COMMON_DIR|CONFIG|DIR|GRAFT_FILE|IMPLICIT_WORK_TREE|INDEX_FILE"
    "|INTERNAL_SUPER_PREFIX|NAMESPACE|OBJECT_DIRECTORY|PREFIX|QUARANTINE_PATH|SHALLOW_FILE|WORK_TREE"
    ")"
)
"""What would have a hook look into another repository than the one that it belongs to."""

_OF_THE_MACHINE = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "LC_ALL")
"""What keeps the user's configuration and language out elsewhere."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of git's configuration; `name` as git prints it, `value` None where the name stands alone.

    Attributes:
        is_own: it is from the user's own files, the system's or the command line: not from the repository's files.
    """

    name: str
    value: str | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class PersonalGit:
    """The git program with its user's identity and keys, bound to one repository.

    What `process.Git` forbids is forbidden here too, but the user's configuration counts, and so do the programs that
    it names. The repository's own configuration counts as well: a command that may start a program belongs here only
    with `overrides` that name each such program.
    """

    program: Path
    git_dir: Path

    def run(self, *arguments: str, overrides: Sequence[str] = (), stdin: bytes = b"") -> bytes:
        """The whole output of one command. Raises `GitFailed` on any status but 0.

        `overrides` are `name=value` each, and outdo every configuration.
        """
        chosen = [word for override in overrides for word in ("-c", override)]
        place = (f"--git-dir={self.git_dir}", f"--work-tree={self.git_dir}")
        command = [str(self.program), *CAUTIOUS_OPTIONS, *chosen, *place, *arguments]
        return finish(command, _own_environment(), self.git_dir, stdin).output

    def settings(self) -> Sequence[Setting]:
        """The whole configuration, in the order in which later values outdo earlier ones. Raises `GitFailed`."""
        fields = self.run("config", "--list", "--show-scope", "--null").split(b"\0")
        return [_setting(scope, entry) for scope, entry in zip(fields[::2], fields[1::2], strict=False)]


@dataclass(frozen=True, slots=True)
class TrustingGit:
    """The git program just as its user runs it at the top of a work tree: hooks, filters and all.

    Only for a person who asked for the repository's programs to run.

    Attributes:
        index: another index than the repository's own.
    """

    program: Path
    git_dir: Path
    work_dir: Path
    index: Path | None = None

    def run(self, *arguments: str) -> bytes:
        """The whole output of one command. Raises `GitFailed` on any status but 0."""
        place = (f"--git-dir={self.git_dir}", f"--work-tree={self.work_dir}")
        chosen = {} if self.index is None else {"GIT_INDEX_FILE": str(self.index)}
        # As `git commit -m` has it: a hook must not open an editor.
        environment = {**_whole_environment(), "GIT_EDITOR": ":", **chosen}
        return finish([str(self.program), *place, *arguments], environment, self.work_dir, b"").output


def _setting(scope: bytes, entry: bytes) -> Setting:
    name, has_value, value = os.fsdecode(entry).partition("\n")
    return Setting(name, value if has_value else None, scope in {b"system", b"global", b"command"})


def _own_environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _OWN.fullmatch(name)}
    return {**own, **dict(_caution()), "PATH": search_path()}


def _caution() -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in CAUTIOUS_ENVIRONMENT.items() if name not in _OF_THE_MACHINE)


def _whole_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not _ELSEWHERE.fullmatch(name)}
