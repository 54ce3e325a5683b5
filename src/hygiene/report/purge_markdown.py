"""A purge plan in Markdown: what goes, what stays, what changes, and the steps with what can go wrong at each."""

from collections.abc import Iterable, Iterator, Sequence

from hygiene.model.history import Root
from hygiene.model.purge import PurgedPath, PurgePlan, PurgeTool
from hygiene.report.markdown_parts import bullets, folded, gap_item, paragraphs, path_block, table
from hygiene.report.markdown_quoting import code_path, code_span, fenced, prose
from hygiene.report.purge_steps import after_section, before_section, doing_section, verifying_section
from hygiene.report.purge_wording import (
    INPUTS,
    changes_sentence,
    goes_sentence,
    left_sentence,
    saves_nothing,
    sparing_words,
)
from hygiene.report.quoting import shown
from hygiene.report.sizes import human
from hygiene.report.wording import counted


def render_purge_markdown(plan: PurgePlan) -> str:
    """The whole plan; no list in it is cut, and a name in it stays a name."""
    return paragraphs(*_sections(plan)) + "\n"


def _sections(plan: PurgePlan) -> Iterator[str]:
    yield "# Purge plan"
    yield _opening(plan)
    yield _list("What could not be read, so that more may have to go", list(map(gap_item, plan.incomplete)))
    yield _what_goes(plan)
    yield _still_at_head(plan)
    yield _innocent(plan)
    yield _once_folders(plan)
    yield _what_stays(plan)
    yield _references("References that change", plan.reach.roots)
    yield _references("Pull requests that change", plan.reach.pulls)
    yield before_section(plan)
    yield doing_section(plan)
    yield verifying_section()
    yield after_section()


def _opening(plan: PurgePlan) -> str:
    head = f" with HEAD at {code_span(plan.head)}" if plan.head else ""
    asked = ", ".join(code_span(f"--select {each}") for each in plan.criteria)
    chosen = f"Selected by {asked}" if asked else "Selected: every certain finding that is to be untracked"
    return paragraphs(
        f"{prose(f'Written by hygiene {plan.tool_version}')} from an audit of the history ({prose(plan.scope)}){head}. "
        "Nothing has been changed: this folder holds a plan, and a person carries it out.",
        bullets(
            [
                prose(goes_sentence(plan)),
                prose(changes_sentence(plan)),
                f"{chosen}.",
                *(f"**{prose(each)}.**" for each in _warnings(plan)),
            ]
        ),
        "The bytes on the disk are what each blob takes up in this clone, as a delta where it is one. The packs are "
        "made anew after a purge, and with other deltas, so the sum is an estimate.",
    )


def _warnings(plan: PurgePlan) -> list[str]:
    return [sentence for sentence in (saves_nothing(plan), left_sentence(plan)) if sentence]


def _what_goes(plan: PurgePlan) -> str:
    rules: dict[str, list[PurgedPath]] = {}
    for each in plan.paths:
        rules.setdefault(each.rule, []).append(each)
    rows = [_row(rule, paths) for rule, paths in sorted(rules.items())]
    headers = ("rule", "category", "paths", "contents", "on the disk", "held by nothing else")
    return paragraphs("## What goes", table(headers, rows), path_block([each.path for each in plan.paths]))


def _row(rule: str, paths: Sequence[PurgedPath]) -> tuple[str, ...]:
    return (
        code_span(rule),
        paths[0].category.value,
        f"{len(paths):,}",
        f"{sum(each.versions for each in paths):,}",
        human(sum(each.stored for each in paths)),
        human(sum(each.freed for each in paths)),
    )


def _still_at_head(plan: PurgePlan) -> str:
    paths = [each.path for each in plan.paths if each.at_head]
    if not paths:
        return ""
    fate = (
        "git-filter-repo removes them from HEAD too."
        if plan.tool is PurgeTool.FILTER_REPO
        else "The BFG protects all that HEAD holds, so their present contents stay."
    )
    advice = "Untrack them first (`git rm --cached`), commit that, push it, and plan again."
    return paragraphs("### Still at HEAD", f"{fate} {advice}", path_block(paths))


def _innocent(plan: PurgePlan) -> str:
    some = [each for each in plan.paths if each.innocent]
    if not some:
        return ""
    fate = (
        "git-filter-repo removes a path with all that it ever held, these contents too:"
        if plan.tool is PurgeTool.FILTER_REPO
        else "The BFG is told of the findings alone, so these contents stay:"
    )
    items = [f"{code_path(each.path)}: {each.innocent:,} of {counted(each.versions, 'content')}" for each in some]
    listed = folded(bullets(items), len(items), counted(len(items), "path"))
    return paragraphs("### Paths with contents that are no findings", fate, listed)


def _once_folders(plan: PurgePlan) -> str:
    some = [each.path for each in plan.paths if each.was_folder]
    if not some or plan.tool is not PurgeTool.FILTER_REPO:
        return ""
    file = code_span(INPUTS[plan.tool])
    says = f"A name alone would also mean what lay below it; in {file} these are written otherwise:"
    return paragraphs("### Paths that were folders at another time", says, path_block(some))


def _what_stays(plan: PurgePlan) -> str:
    if not plan.spared:
        return ""
    says = (
        "These paths go, and these blobs of theirs free nothing:"
        if plan.tool is PurgeTool.FILTER_REPO
        else "The BFG removes a blob wherever it lies, whatever its name. So these are left alone:"
    )
    lines = [f"{each.blob} {shown(each.path)}: {sparing_words(each)}" for each in plan.spared]
    return paragraphs("## What stays", says, folded(fenced(lines), len(lines), counted(len(lines), "blob")))


def _references(title: str, roots: Iterable[Root]) -> str:
    lines = [f"{root.object_id} {shown(root.name)}" for root in roots]
    if not lines:
        return ""
    return paragraphs(f"## {title}", folded(fenced(lines), len(lines), counted(len(lines), "reference")))


def _list(title: str, items: Sequence[str]) -> str:
    return paragraphs(f"## {title}", bullets(items)) if items else ""
