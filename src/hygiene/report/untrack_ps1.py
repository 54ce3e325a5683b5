"""The script in PowerShell; its fixed text is `scripts/untrack.ps1`."""

from hygiene.model.untracking import UntrackPlan
from hygiene.report.untrack_parts import filled, parts_of


def emitted_ps1(plan: UntrackPlan) -> str:
    """The whole script, in pure ASCII: it needs Git 2.20 and PowerShell 5.1 or 7."""
    parts = {mark: map(_in_here_string, lines) for mark, lines in parts_of(plan).items() if mark != "HEADER"}
    return filled("untrack.ps1", {**parts, "HEADER": parts_of(plan)["HEADER"]})


def _in_here_string(line: str) -> str:
    """A here-string ends where a line begins with its closing quote, whatever follows: no line of ours does."""
    return f" {line}"
