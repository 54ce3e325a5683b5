"""The text of a pull request that untracks files: why, what leaves, what it means for everybody, how to undo it."""

from collections.abc import Iterator, Sequence

from hygiene.model.finding import Group
from hygiene.model.rule import Category
from hygiene.model.titles import CATEGORY_TITLES
from hygiene.model.untracking import StayReason, UntrackPlan
from hygiene.report.markdown_parts import bullets, folded, paragraphs
from hygiene.report.markdown_quoting import code_path, code_span, prose
from hygiene.report.pull_request_advice import collaborators_section, undo_section
from hygiene.report.risks import risks_of
from hygiene.report.sizes import human_known
from hygiene.report.tally import tally_by_category
from hygiene.report.untrack_markdown_parts import category_table, ignore_diff, placeholder_section, reasons, within
from hygiene.report.untrack_wording import amount
from hygiene.report.wording import counted, listed

# Characters that each list may take: GitHub takes no text of more than 65,536.
_REASONS_ROOM = 12_000
_PATHS_ROOM = 24_000
_LINES_ROOM = 8_000
_PLACEHOLDERS_ROOM = 4_000
_DECISIONS_ROOM = 6_000


def pull_request_body(plan: UntrackPlan) -> str:
    """The text in Markdown; a name in it stays a name.

    Lists are cut, and say so, where a hosting service would refuse the text: the change itself shows every path.
    """
    return paragraphs(*_sections(plan)) + "\n"


def _sections(plan: UntrackPlan) -> Iterator[str]:
    if plan.leaving:
        yield f"This untracks {amount(plan)} {'which is' if len(plan.leaving) == 1 else 'which are'} not source."
        yield _why(plan)
        yield _what_leaves(plan)
    yield _ignore_files(plan)
    yield placeholder_section(plan.placeholders, _PLACEHOLDERS_ROOM)
    if plan.leaving:
        yield collaborators_section(plan)
    yield undo_section()
    yield _open_questions(plan)
    yield prose(f"Written by hygiene {plan.tool_version}.")


def _why(plan: UntrackPlan) -> str:
    risks = risks_of(tally_by_category(plan.leaving))
    lines = (
        f"**{risk.name}** ({listed(CATEGORY_TITLES[category].lower() for category in bringing)}): {risk.why}."
        for risk, bringing in risks
    )
    return paragraphs("## Why", bullets(lines), "What the rules say:", reasons(plan, _REASONS_ROOM))


def _what_leaves(plan: UntrackPlan) -> str:
    by_category: dict[Category, list[Group]] = {category: [] for category in CATEGORY_TITLES}
    for group in plan.groups:
        by_category[group.category].append(group)
    found = {category: groups for category, groups in by_category.items() if groups}
    lists = (_places(category, groups, _PATHS_ROOM / len(found)) for category, groups in found.items())
    return paragraphs("## What leaves", category_table(plan), *lists)


def _places(category: Category, groups: Sequence[Group], room: float) -> str:
    """The folders and files of one category; of a folder the number of files is enough, as all in it leave."""
    items = within(map(_place, groups), room)
    places = folded(bullets(items), len(items), counted(len(groups), "place"))
    return paragraphs(f"**{CATEGORY_TITLES[category]}**", places)


def _place(group: Group) -> str:
    size = human_known(group.size, group.count, group.unsized)
    files = f"{counted(group.count, 'file')}, " if group.path.endswith("/") else ""
    return f"{code_path(group.path)} ({files}{size})"


def _ignore_files(plan: UntrackPlan) -> str:
    changes = ignore_diff(plan, _LINES_ROOM)
    says = "These lines keep the files out from now on." if changes else "The repository ignores all of it already."
    return paragraphs("## Ignore files", says, *changes) if changes or plan.leaving else ""


def _open_questions(plan: UntrackPlan) -> str:
    decisions = [each.finding for each in plan.staying if each.why in (StayReason.DECIDE, StayReason.UNSURE)]
    if not decisions:
        return ""
    items = within((f"{code_path(each.path)} ({code_span(each.rule)})" for each in decisions), _DECISIONS_ROOM)
    return paragraphs(
        "## Left to decide",
        "These files may be there on purpose, or it is less sure what they are. They stay until somebody has decided:",
        folded(bullets(items), len(items), counted(len(decisions), "file")),
    )
