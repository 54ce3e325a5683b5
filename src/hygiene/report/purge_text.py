"""What `hygiene purge-plan` prints when the plan is written: a few lines for people."""

from collections.abc import Iterator

from hygiene.model.purge import PurgePlan, PurgeTool
from hygiene.report.purge_wording import INPUTS, changes_sentence, goes_sentence, left_sentence, saves_nothing
from hygiene.report.quoting import shown
from hygiene.report.wording import counted, gap_words, located

_HEAD_ADVICE = {
    PurgeTool.FILTER_REPO: "the purge takes them out of HEAD too: untrack and commit first, or files will be missing",
    PurgeTool.BFG: "the BFG leaves HEAD as it is, and so keeps them: untrack and commit first",
}
_MOST_GAPS = 5


def plan_summary(plan: PurgePlan, folder: str) -> str:
    """The lines, each ended by a line break."""
    return "".join(f"{line}\n" for line in _lines(plan, folder))


def _lines(plan: PurgePlan, folder: str) -> Iterator[str]:
    yield goes_sentence(plan)
    yield changes_sentence(plan)
    if nothing := saves_nothing(plan):
        yield f"warning: {nothing}"
    if left := left_sentence(plan):
        yield f"warning: {left}"
    at_head = sum(each.at_head for each in plan.paths)
    if at_head:
        yield f"warning: HEAD still holds {counted(at_head, 'of the paths', 'of the paths')}; {_HEAD_ADVICE[plan.tool]}"
    innocent = sum(bool(each.innocent) for each in plan.paths)
    if innocent:
        fate = "go too" if plan.tool is PurgeTool.FILTER_REPO else "stay"
        yield f"warning: {counted(innocent, 'path')} also had contents that are no findings; they {fate}"
    if plan.spared:
        stay = "stays" if len(plan.spared) == 1 else "stay"
        yield f"{counted(len(plan.spared), 'blob')} of them {stay}; the plan says why"
    for gap in plan.incomplete[:_MOST_GAPS]:
        yield f"incomplete: {located(gap.path, gap_words(gap))}"
    yield f"wrote {INPUTS[plan.tool]}, plan.json and PLAN.md into {shown(folder)}; nothing else was changed"
    yield "Next: read PLAN.md"
