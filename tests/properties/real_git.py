"""A scratch repository, and what the installed git says about paths in it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from hygiene.model.paths import RepoPath, ancestors

_OWN_FILES_ONLY = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_ATTR_NOSYSTEM": "1"}
_NO_EXCLUDES = ("-c", "core.excludesFile=/dev/null", "-c", "core.attributesFile=/dev/null")


class ScratchRepository:
    """A work tree that holds nothing but the files of the latest `write`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._git("init", "--quiet", "--template=", ".")

    def write(self, contents: Mapping[str, bytes]) -> None:
        for entry in self.root.iterdir():
            if entry.is_file():
                entry.unlink()
            elif entry.name != ".git":
                shutil.rmtree(entry)
        for path, content in contents.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def check_ignore(self, paths: Iterable[str]) -> list[tuple[str, str]]:
        """For each path the ignore file and line that decide, both empty where none does."""
        fields = self._ask(paths, "check-ignore", "--no-index", "--verbose", "--non-matching", "-z", "--stdin")
        return list(zip(fields[0::4], fields[1::4], strict=True))

    def check_attr(self, paths: Iterable[str], names: Sequence[str]) -> list[dict[str, str]]:
        """For each path the value of each attribute, in git's own words."""
        fields = self._ask(paths, "check-attr", "-z", "--stdin", *names)
        pairs = list(zip(fields[1::3], fields[2::3], strict=True))
        return [dict(pairs[at : at + len(names)]) for at in range(0, len(pairs), len(names))]

    def _ask(self, paths: Iterable[str], *command: str) -> list[str]:
        answer = self._git(*_NO_EXCLUDES, *command, stdin="".join(f"{path}\0" for path in paths))
        return answer.split("\0")[:-1]

    def _git(self, *arguments: str, stdin: str = "") -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(  # arguments of this file only
            ["git", *arguments],
            cwd=self.root,
            env=environment | _OWN_FILES_ONLY,
            input=os.fsencode(stdin),
            capture_output=True,
            check=False,
        )
        assert done.returncode in (0, 1), os.fsdecode(done.stderr)
        return done.stdout.decode("utf-8", "surrogateescape")


def only_files(paths: Iterable[str], contents: Iterable[str]) -> list[RepoPath]:
    """Without the folders that must exist on disk: git would see that they are no files."""
    folders = {folder for path in contents for folder in ancestors(path)}
    return [RepoPath(path) for path in dict.fromkeys(paths) if path not in folders]


@cache
def git_version() -> tuple[int, int]:
    words = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)\.(\d+)", words)
    assert found is not None, words
    return int(found[1]), int(found[2])
