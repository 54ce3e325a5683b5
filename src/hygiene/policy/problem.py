"""What is wrong with a file that people wrote, and how they are told."""

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from hygiene.model.permit import Origin
from hygiene.policy.toml.lines import KeyPath

T_co = TypeVar("T_co", covariant=True)

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_LONGEST_WORD = 80
_LONGEST = 400
"""Characters of what is told of one problem: a value of a hostile file may be as long as the file."""


class Problem(NamedTuple):
    """One thing that is wrong at one key, and what is meant there. Without a key it is the whole file."""

    path: KeyPath
    wrong: str
    meant: str

    @property
    def key(self) -> str:
        """The key as TOML writes it; of a name that nobody would read to its end, the start."""
        return dotted(tuple(cut(part) if isinstance(part, str) else part for part in self.path))


class Complaint(NamedTuple):
    """A problem for people, and the place that they are sent to."""

    place: Origin
    text: str


class Read(NamedTuple, Generic[T_co]):
    """What came of reading one file.

    Attributes:
        sound: what can be used of it; None where nothing can, or nothing is there.
        problems: what is wrong with it.
    """

    sound: T_co | None
    problems: tuple[Complaint, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether there is a file that speaks to us."""
        return self.sound is not None or bool(self.problems)


def complaint(place: Origin, problem: Problem) -> Complaint:
    """The problem for people: where, at which key, what is wrong, what is meant."""
    where = f"{place}: {problem.key}" if problem.path else str(place)
    return Complaint(place, f"{where}: {cut(problem.wrong, _LONGEST)}; {problem.meant}")


def problem_texts(complaints: Iterable[Complaint]) -> tuple[str, ...]:
    """The complaints for people: those of one file side by side, in the order of its lines; without one, at the end."""
    by_file: dict[str, list[Complaint]] = {}
    for each in complaints:
        by_file.setdefault(each.place.file, []).append(each)
    return tuple(each.text for file in by_file.values() for each in sorted(file, key=_line))


def dotted(path: KeyPath) -> str:
    """A key as TOML writes it, and the number of an array's element in brackets: `waivers[0].rule`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f"{'.' if text else ''}{part if _BARE.match(part) else _quoted(part)}"
    return text


def cut(text: str, longest: int = _LONGEST_WORD) -> str:
    """A word of a file, or a text that holds some; of one that nobody would read to its end, the start."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _line(each: Complaint) -> tuple[bool, int]:
    return each.place.line is None, each.place.line or 0


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
