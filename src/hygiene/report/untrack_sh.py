"""The script in POSIX sh; its fixed text is `scripts/untrack.sh`."""

from hygiene.model.untracking import UntrackPlan
from hygiene.report.untrack_parts import filled, parts_of


def emitted_sh(plan: UntrackPlan) -> str:
    """The whole script, in pure ASCII: it needs Git 2.20, a POSIX shell, and the tools that come with one."""
    return filled("untrack.sh", parts_of(plan))
