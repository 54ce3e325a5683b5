"""What every emitted script holds of a plan, line by line, and how it comes into the script's fixed text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

from hygiene.model.titles import CATEGORY_TITLES
from hygiene.model.untracking import IgnoreChange, UntrackPlan
from hygiene.report.ascii_quoting import line_for_printf, path_as_git_prints_it
from hygiene.report.wording import counted

Parts = Mapping[str, Iterable[str]]
"""Lines by the name of the mark that they take the place of."""

_MARK = re.compile(r"^@([A-Z]+)@\n", re.MULTILINE)


def parts_of(plan: UntrackPlan) -> Parts:
    r"""The lines for each mark: `HEADER`, `LEAVING`, `PLACEHOLDERS` and `IGNORING`.

    No line but those of `HEADER` can begin with a backslash, so that a line that does ends them in a script.
    """
    return {
        "HEADER": _header(plan),
        "LEAVING": [path_as_git_prints_it(each.path) for each in plan.leaving],
        "PLACEHOLDERS": map(path_as_git_prints_it, plan.placeholders),
        "IGNORING": [line for change in plan.ignoring.changes for line in _changes(change)],
    }


def filled(name: str, parts: Parts) -> str:
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
    for category, lines in change.added:
        yield f"# {CATEGORY_TITLES[category].lower()}"
        yield from (f"|{line_for_printf(line)}" for line in lines)
