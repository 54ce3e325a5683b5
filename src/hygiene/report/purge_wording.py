"""What the forms of a purge plan say alike: how much goes, what it saves, what changes, why something stays."""

from hygiene.model.purge import PurgePlan, PurgeTool, Spared, Sparing
from hygiene.report.quoting import shown
from hygiene.report.sizes import human
from hygiene.report.wording import counted

INPUTS = {PurgeTool.FILTER_REPO: "paths.txt", PurgeTool.BFG: "blobs.txt"}
"""By tool: the file that it reads."""

PROGRAMS = {PurgeTool.FILTER_REPO: "git-filter-repo", PurgeTool.BFG: "the BFG"}
"""By tool: what people call it."""


def goes_sentence(plan: PurgePlan) -> str:
    """What goes, and what that saves; safe to print."""
    saving = plan.saving
    least = "at least " if saving.unsized else ""
    return (
        f"{counted(len(plan.paths), 'path')} to purge with {PROGRAMS[plan.tool]}: "
        f"{counted(saving.blobs, 'blob')} that nothing else holds, {least}{human(saving.stored)} on the disk, "
        f"{human(saving.size)} unpacked"
    )


def changes_sentence(plan: PurgePlan) -> str:
    """What gets new ids."""
    reach = plan.reach
    return (
        f"at least {reach.rewritten:,} of {counted(reach.commits, 'commit')} get new ids, and with them "
        f"{counted(len(reach.roots), 'reference')} and {counted(len(reach.pulls), 'pull request reference')}"
    )


def left_sentence(plan: PurgePlan) -> str:
    """That not every finding was chosen; empty where all are."""
    if not plan.left:
        return ""
    grave = f", {plan.left_grave:,} of them credentials or databases" if plan.left_grave else ""
    are = "is a finding too and is" if plan.left == 1 else "are findings too and are"
    return f"{counted(plan.left, 'other path')} {are} not selected{grave}; `--select` names more"


def saves_nothing(plan: PurgePlan) -> str:
    """That the purge would not be worth it; empty where it saves anything."""
    return "" if plan.saving.blobs else "it saves nothing: something else holds every blob of what goes"


def sparing_words(spared: Spared) -> str:
    """Why a blob stays; safe to print."""
    match spared.why:
        case Sparing.SHARED:
            return f"{shown(spared.other or '')} holds it too"
        case Sparing.AT_HEAD:
            return "HEAD holds it, and the BFG leaves all of HEAD as it is"
        case Sparing.SUBMODULE:
            return "it is a submodule's commit, no object of this repository"
