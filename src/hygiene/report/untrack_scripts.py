"""Stand-alone scripts that carry out a plan on a machine without Python; their fixed texts are in `scripts/`."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType

from hygiene.model.untracking import IgnoreChange, UntrackPlan
from hygiene.report.ascii_quoting import line_for_printf, path_as_git_prints_it
from hygiene.report.wording import counted
from hygiene.untrack.ignore_text import title_line


class ScriptKind(StrEnum):
    """The language of a script, by the ending of its file's name."""

    SH = "sh"
    PS1 = "ps1"


_Parts = Mapping[str, Iterable[str]]
"""Lines by the name of the mark that they take the place of."""

_MARK = re.compile(r"^@([A-Z]+)@\n", re.MULTILINE)


def _emitted_sh(plan: UntrackPlan) -> str:
    return _filled("untrack.sh", _parts_of(plan))


def _emitted_ps1(plan: UntrackPlan) -> str:
    """A here-string ends where a line begins with its closing quote, whatever follows: no line of ours does."""
    parts = _parts_of(plan)
    indented = {mark: (f" {line}" for line in lines) for mark, lines in parts.items() if mark != "HEADER"}
    return _filled("untrack.ps1", {**parts, **indented})


EMITTERS: Mapping[ScriptKind, Callable[[UntrackPlan], str]] = MappingProxyType(
    {ScriptKind.SH: _emitted_sh, ScriptKind.PS1: _emitted_ps1}
)
"""What writes each: text in pure ASCII with LF line ends; equal plans give equal text.

They need Git 2.20, and a POSIX shell with its usual tools, or PowerShell 5.1 or 7.
"""


def _parts_of(plan: UntrackPlan) -> _Parts:
    r"""The lines for each mark: `HEADER`, `LEAVING`, `PLACEHOLDERS` and `IGNORING`.

    No line but those of `HEADER` can begin with a backslash, so that a line that does ends them in a script.
    """
    return {
        "HEADER": _header(plan),
        "LEAVING": [path_as_git_prints_it(each.path) for each in plan.leaving],
        "PLACEHOLDERS": map(path_as_git_prints_it, plan.placeholders),
        "IGNORING": [line for change in plan.ignoring.changes for line in _changes(change)],
    }


def _filled(name: str, parts: _Parts) -> str:
    """The fixed text of a script with every mark replaced; what the lines hold is never taken for a mark."""
    fixed = files(__package__).joinpath("scripts", name).read_text(encoding="ascii")
    return _MARK.sub(lambda mark: "".join(f"{line}\n" for line in parts[mark[1]]), fixed)


def _header(plan: UntrackPlan) -> Iterator[str]:
    yield f"# Written by hygiene {plan.tool_version}, `hygiene untrack --emit`, for one repository."
    files = counted(len(plan.leaving), "file")
    yield f"# Takes {files} out of Git's index; they stay on disk. It changes nothing unless it is told to."


def _changes(change: IgnoreChange) -> Iterator[str]:
    yield f"@{path_as_git_prints_it(change.path)}"
    for old, new in change.replaced:
        yield f"-{line_for_printf(old)}"
        yield from (f"+{line_for_printf(line)}" for line in new)
    for group in change.added:
        yield title_line(group)
        yield from (f"|{line_for_printf(line)}" for line in group.lines)
