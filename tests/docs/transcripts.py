"""Replays the ```console blocks of a page: each command in one shell, its output against what the page shows."""

import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_END = "\x1e"  # a character that no command of ours prints


class Step(NamedTuple):
    """A command of a page, the lines that the page shows under it, and those that it printed."""

    command: str
    shown: list[str]
    printed: list[str]

    @property
    def agrees(self) -> bool:
        """Whether what is shown is what was printed; `...` stands for the rest of a line, or alone for any lines."""
        return (
            re.fullmatch("".join(map(_pattern, self.shown)), "".join(f"{line}\n" for line in self.printed)) is not None
        )


def replay(page: str, folder: Path, env: Mapping[str, str]) -> list[Step]:
    """Every command of the page in order, run by one bash in `folder`. The exit status of one is `$?` of the next."""
    steps = list(_steps(page))
    script = "".join(f"(exit $s); {{ {command}\n}} 2>&1; s=$?; printf '{_END}'\n" for command, _ in steps)
    whole = ["bash", "-c", "s=0\n" + script]
    done = subprocess.run(whole, cwd=folder, env=env, capture_output=True, text=True, check=False)
    outputs = done.stdout.split(_END)[:-1]
    return [Step(*step, output.splitlines()) for step, output in zip(steps, outputs, strict=True)]


def _steps(page: str) -> Iterator[tuple[str, list[str]]]:
    command, shown = "", list[str]()
    for block in re.findall(r"^```console\n(.+?)^```", page, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, shown
                command, shown = line[2:], []
            else:
                shown.append(line)
    if command:
        yield command, shown


def _pattern(line: str) -> str:
    if line == "...":
        return r"(?:.*\n)*?"
    return ".*".join(map(re.escape, line.split("..."))) + r"\n"
