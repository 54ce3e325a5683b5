"""The changes of ignore files as lines of a difference."""

from collections.abc import Iterator

from hygiene.model.untracking import IgnoreChange
from hygiene.report.quoting import plain
from hygiene.untrack.ignore_text import title_line


def change_lines(change: IgnoreChange) -> Iterator[str]:
    """What goes out of the file with a `-` and what comes in with a `+`, in the file's order; safe to print.

    Each group that is added stands under the comment that names its category.
    """
    for old, new in change.replaced:
        yield f"-{plain(old)}"
        yield from (f"+{plain(line)}" for line in new)
    for group in change.added:
        yield f"+{title_line(group)}"
        yield from (f"+{plain(line)}" for line in group.lines)
