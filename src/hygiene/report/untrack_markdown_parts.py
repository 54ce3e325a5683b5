"""What an untracking plan in Markdown and the text of its pull request both have: why, ignore files, placeholders."""

from collections.abc import Iterable, Iterator, Sequence

from hygiene.model.paths import RepoPath
from hygiene.model.rule import Rule
from hygiene.model.untracking import UntrackPlan
from hygiene.report.markdown_parts import bullets, folded, paragraphs, table
from hygiene.report.markdown_quoting import code_path, code_span, fenced, prose
from hygiene.report.sizes import human_known
from hygiene.report.tally import tally_by_category
from hygiene.report.untrack_ignoring import change_lines
from hygiene.report.wording import CATEGORY_TITLES, counted


def category_table(plan: UntrackPlan) -> str:
    """Files and bytes of each category that leaves."""
    rows = (
        [CATEGORY_TITLES[category], f"{found.files:,}", human_known(found.size, found.files, found.unsized)]
        for category, found in tally_by_category(plan.leaving).items()
    )
    return table(["Category", "Files", "Size"], rows)


def reasons(plan: UntrackPlan) -> str:
    """What each rule that takes files out says about them, by the order of the categories."""
    met = {finding.rule for finding in plan.leaving}
    rules = sorted((plan.rules[rule] for rule in met), key=_by_category)
    return bullets(f"{code_span(rule.id)} ({prose(rule.summary)}): {prose(rule.why)}" for rule in rules)


def ignore_diff(plan: UntrackPlan) -> Iterator[str]:
    """What changes in each ignore file: its name, and the lines that go and come."""
    for change in plan.ignoring.changes:
        lines = list(change_lines(change))
        yield paragraphs(f"{code_path(change.path)}:", folded(fenced(lines, "diff"), len(lines), counted(len(lines), "line")))


def placeholder_section(title: str, placeholders: Sequence[RepoPath]) -> str:
    """The files that keep folders; empty where there are none."""
    if not placeholders:
        return ""
    return paragraphs(
        title, "Empty files that keep folders which have to exist in every clone:", paths_in_code(placeholders)
    )


def paths_in_code(paths: Iterable[RepoPath]) -> str:
    """The paths as a list; a long one is folded."""
    items = list(map(code_path, paths))
    return folded(bullets(items), len(items), counted(len(items), "path"))


def _by_category(rule: Rule) -> tuple[int, str]:
    return list(CATEGORY_TITLES).index(rule.category), rule.id
