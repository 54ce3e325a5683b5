"""The plan of an untracking in Markdown: every path that leaves, everything that stays and why, what to do next."""

from collections.abc import Iterator, Sequence

from hygiene.model.finding import Finding
from hygiene.model.rule import Category
from hygiene.model.titles import CATEGORY_TITLES
from hygiene.model.untracking import OnDisk, Staying, StayReason, UntrackPlan
from hygiene.policy.criteria import naming
from hygiene.report.markdown_parts import bullets, folded, gap_item, paragraphs, path_block, table
from hygiene.report.markdown_quoting import code_path, code_span, prose
from hygiene.report.sizes import human_known
from hygiene.report.style import TextStyle
from hygiene.report.tally import tally
from hygiene.report.untrack_markdown_parts import category_table, ignore_diff, placeholder_section, reasons
from hygiene.report.untrack_warnings import next_steps, warnings
from hygiene.report.untrack_wording import (
    STAYS,
    by_reason,
    disk_sentence,
    has_limit,
    leaves_sentence,
    stays_sentence,
    way_out,
    why_words,
)
from hygiene.report.wording import TO_DO, counted


def render_untrack_markdown(plan: UntrackPlan, style: TextStyle) -> str:  # noqa: ARG001  # all forms are asked alike
    """The whole plan; no list in it is cut, and a name in it stays a name."""
    return paragraphs(*_sections(plan)) + "\n"


def _sections(plan: UntrackPlan) -> Iterator[str]:
    yield "# Untracking plan"
    yield _opening(plan)
    yield _list("What stands in the way", [_what_to_do(each.what, each.help) for each in plan.obstacles])
    yield _list("What could not be read, so that more may have to leave", list(map(gap_item, plan.incomplete)))
    yield _leaving(plan)
    yield _trash(plan)
    yield placeholder_section(plan.placeholders)
    yield _ignoring(plan)
    yield _staying(plan)
    yield _list("Before you apply", list(map(prose, warnings(plan))))
    yield _list("What to do next", [] if plan.is_empty else list(map(prose, next_steps(plan))))


def _opening(plan: UntrackPlan) -> str:
    facts = (leaves_sentence(plan), stays_sentence(plan), disk_sentence(plan) if plan.leaving else "")
    return paragraphs(
        f"{prose(f'Written by hygiene {plan.tool_version}')}{_standing(plan)}. Nothing has been changed.",
        bullets([*(prose(fact) for fact in facts if fact), _chosen(plan)]),
    )


def _chosen(plan: UntrackPlan) -> str:
    named = ", ".join(code_span(f"--select {each}") for each in naming(plan.criteria))
    if not named:
        return f"Selected: what is to be untracked and is at least {plan.confidence}."
    return f"Selected by {named}{f', at least {plan.confidence}' if has_limit(plan) else ''}."


def _standing(plan: UntrackPlan) -> str:
    head = f" at {code_span(plan.standing.head)}" if plan.standing.head else ""
    branch = f" on {code_path(plan.standing.branch)}" if plan.standing.branch else ""
    return f"{branch}{head}"


def _leaving(plan: UntrackPlan) -> str:
    if not plan.leaving:
        return ""
    by_category: dict[Category, list[Finding]] = {category: [] for category in CATEGORY_TITLES}
    for finding in plan.leaving:
        by_category[finding.category].append(finding)
    sections = (_category(category, found) for category, found in by_category.items() if found)
    return paragraphs("## What leaves", category_table(plan), "### Why", reasons(plan), _rules(plan), *sections)


def _rules(plan: UntrackPlan) -> str:
    """How sure the audit is of what each rule takes out, and what it says should become of it."""
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in plan.leaving:
        alike.setdefault((finding.rule, finding.confidence.word, TO_DO[finding.disposition]), []).append(finding)
    rows = [[code_span(rule), sure, *_amounts(found), to_do] for (rule, sure, to_do), found in sorted(alike.items())]
    return table(["Rule", "Confidence", "Files", "Size", "The audit says"], rows)


def _amounts(findings: Sequence[Finding]) -> tuple[str, str]:
    found = tally(findings)
    return f"{found.files:,}", human_known(found.size, found.files, found.unsized)


def _category(category: Category, findings: Sequence[Finding]) -> str:
    paths = [each.path for each in findings]
    title = f"{CATEGORY_TITLES[category]}: {counted(len(paths), 'file')}, {_amounts(findings)[1]}"
    return paragraphs(f"### {title}", path_block(paths))


def _trash(plan: UntrackPlan) -> str:
    absent = [path for path, what in sorted(plan.on_disk.items()) if what is OnDisk.ABSENT]
    return paragraphs(
        paragraphs("## What goes to the trash", "These leave the disk too:", path_block(plan.deleting))
        if plan.deleting
        else "",
        paragraphs("## What is not on disk anyway", path_block(absent)) if absent else "",
    )


def _ignoring(plan: UntrackPlan) -> str:
    changes = ignore_diff(plan)
    still = [
        f"{code_path(each.path)}: {code_path(f'{each.source}:{each.line}')} ignores it"
        for each in plan.ignoring.still_ignored
    ]
    bare = [f"{code_path(each.path)}: {prose(each.why)}" for each in plan.ignoring.not_ignored]
    return paragraphs(
        paragraphs("## Ignore files", *changes) if changes else "",
        _list("What stays tracked though it is ignored", still),
        _list("What leaves, and no line can ignore", bare),
    )


def _staying(plan: UntrackPlan) -> str:
    found = [_reason(plan, reason, alike) for reason, alike in by_reason(plan)]
    return paragraphs("## What stays tracked", *found) if found else ""


def _reason(plan: UntrackPlan, reason: StayReason, alike: Sequence[Staying]) -> str:
    items = [_stays(each) for each in alike]
    way = way_out(reason, alike)
    taking = f"; {code_span(way.option)} {way.does}" if way else ""
    title = STAYS[reason][0].upper() + STAYS[reason][1:]
    return paragraphs(
        f"### {title}: {counted(len(items), 'finding')}",
        f"For each: {prose(why_words(plan, reason))}{taking}.",
        folded(bullets(items), len(items), counted(len(items), "finding")),
    )


def _stays(staying: Staying) -> str:
    finding = staying.finding
    note = f": {prose(staying.note)}" if staying.note else ""
    return f"{code_path(finding.path)} ({code_span(finding.rule)}, {finding.confidence}){note}"


def _what_to_do(what: str, help_text: str) -> str:
    return prose(f"{what}. Next step: {help_text}")  # together: a number and a point would open a list


def _list(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    return paragraphs(f"## {title}", folded(bullets(items), len(items), counted(len(items), "entry", "entries")))
