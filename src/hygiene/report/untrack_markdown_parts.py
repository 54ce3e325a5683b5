"""What an untracking plan in Markdown and the text of its pull request both have: why, ignore files, placeholders."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import inf

from hygiene.model.paths import RepoPath
from hygiene.model.rule import Rule
from hygiene.model.titles import CATEGORY_TITLES
from hygiene.model.untracking import IgnoreChange, UntrackPlan
from hygiene.report.markdown_parts import bullets, folded, paragraphs, table
from hygiene.report.markdown_quoting import code_path, code_span, fenced, prose
from hygiene.report.sizes import human_known
from hygiene.report.tally import tally_by_category
from hygiene.report.untrack_ignoring import change_lines
from hygiene.report.wording import counted


def category_table(plan: UntrackPlan) -> str:
    """Files and bytes of each category that leaves."""
    rows = (
        [CATEGORY_TITLES[category], f"{found.files:,}", human_known(found.size, found.files, found.unsized)]
        for category, found in tally_by_category(plan.leaving).items()
    )
    return table(["Category", "Files", "Size"], rows)


def reasons(plan: UntrackPlan, room: float = inf) -> str:
    """What each rule that takes files out says about them, by category, as far as there is room for it."""
    met = {finding.rule for finding in plan.leaving}
    rules = sorted((plan.rules[rule] for rule in met), key=_by_category)
    return bullets(within((f"{code_span(rule.id)} ({prose(rule.summary)}): {prose(rule.why)}" for rule in rules), room))


def ignore_diff(plan: UntrackPlan, room: float = inf) -> list[str]:
    """What changes in each ignore file: its name, and the lines that go and come, as far as there is room for them."""
    changes = plan.ignoring.changes
    return within((_diff(change, room / len(changes)) for change in changes), room)


def _diff(change: IgnoreChange, room: float) -> str:
    every = list(change_lines(change))
    lines = _fitting(every, room)
    block = folded(fenced(lines, "diff"), len(lines), counted(len(lines), "line"))
    rest = len(every) - len(lines)
    return paragraphs(f"{code_path(change.path)}:", block, f"and {counted(rest, 'line')} more" if rest else "")


def within(items: Iterable[str], room: float) -> list[str]:
    """As many of the items, from the first, as take no more characters than there is room for; and how many more."""
    every = list(items)
    kept = _fitting(every, room)
    rest = len(every) - len(kept)
    return [*kept, f"+{rest:,} more"] if rest else kept


def _fitting(items: Sequence[str], room: float) -> list[str]:
    used = accumulate(len(item) + 1 for item in items)
    return list(items[: bisect_right(list(used), room)])


def placeholder_section(placeholders: Sequence[RepoPath], room: float = inf) -> str:
    """The files that keep folders; empty where there are none."""
    if not placeholders:
        return ""
    items = within(map(code_path, placeholders), room)
    listing = folded(bullets(items), len(items), counted(len(placeholders), "path"))
    return paragraphs("## Placeholders", "Empty files that keep folders which have to exist in every clone:", listing)


def _by_category(rule: Rule) -> tuple[int, str]:
    return list(CATEGORY_TITLES).index(rule.category), rule.id
