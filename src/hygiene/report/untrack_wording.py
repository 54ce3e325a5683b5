"""What the forms of an untracking plan say alike: what leaves, what stays and why, what history keeps, the commands."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from shlex import quote
from types import MappingProxyType
from typing import NamedTuple

from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.finding import Finding
from hygiene.model.paths import folder_of
from hygiene.model.rule import Confidence
from hygiene.model.untracking import OnDisk, Staying, StayReason, UntrackPlan
from hygiene.policy.criteria import naming
from hygiene.report.quoting import plain
from hygiene.report.risks import calls_for_new_credentials
from hygiene.report.sizes import human, human_known
from hygiene.report.tally import tally
from hygiene.report.wording import counted, listed
from hygiene.untrack.exact_lines import exact_line

STAYS: Mapping[StayReason, str] = MappingProxyType(
    {
        StayReason.DECIDE: "to decide",
        StayReason.UNSURE: "not sure enough",
        StayReason.UNSELECTED: "not selected",
        StayReason.KEEP: "to keep",
        StayReason.WAIVED: "waived",
        StayReason.SUBMODULE: "submodule",
        StayReason.NESTED_REPOSITORY: "in a nested repository",
        StayReason.BEHIND_SYMLINK: "behind a symlink",
        StayReason.LFS_POINTER: "LFS pointer",
        StayReason.SKIP_WORKTREE: "skip-worktree",
        StayReason.ASSUME_UNCHANGED: "assume-unchanged",
        StayReason.INTENT_TO_ADD: "intent-to-add",
    }
)
"""By reason: why a finding stays, in a word or two."""

_WHY = {
    StayReason.DECIDE: "it may be there on purpose, so somebody has to decide",
    StayReason.UNSELECTED: "no `--select` names it",
    StayReason.KEEP: "it tells Git what to do, it keeps a folder, or its rule says to keep it",
    StayReason.WAIVED: "a waiver lets it be",
    StayReason.SUBMODULE: "it is a submodule, and so another repository's commit",
    StayReason.NESTED_REPOSITORY: "it lies in another repository that is nested in this one",
    StayReason.BEHIND_SYMLINK: "a symlink stands in the place of a folder above it",
    StayReason.LFS_POINTER: "Git LFS holds its content, and the index only a pointer",
    StayReason.SKIP_WORKTREE: "`git update-index --skip-worktree` was used on it; `--no-skip-worktree` ends that",
    StayReason.ASSUME_UNCHANGED: (
        "`git update-index --assume-unchanged` was used on it; `--no-assume-unchanged` ends that"
    ),
    StayReason.INTENT_TO_ADD: "`git add --intent-to-add` was used on it, and nothing is staged yet",
}


class Way(NamedTuple):
    """An option, as a person would type it and not yet safe to print, and what it does to findings that stay."""

    option: str
    does: str


def leaves_sentence(plan: UntrackPlan) -> str:
    """How much would leave the index."""
    return f"{amount(plan)} would be untracked" if plan.leaving else "no file would be untracked"


def question(plan: UntrackPlan) -> str:
    """What a person at a terminal is asked before anything is done."""
    parts = [f"untrack {counted(len(plan.leaving), 'file')}"] if plan.leaving else []
    parts += [f"move {len(plan.deleting):,} of them to the trash"] if plan.deleting else []
    parts += [f"add {counted(len(plan.placeholders), 'placeholder')}"] if plan.placeholders else []
    changes = len(plan.ignoring.changes)
    parts += [f"change {counted(changes, 'ignore file')}"] if changes else []
    asked = listed(parts)
    return f"{asked[:1].upper()}{asked[1:]}?"


def amount(plan: UntrackPlan) -> str:
    """How many files leave, how many folders hold them, and their bytes; there is at least one file."""
    found = tally(plan.leaving)
    folders = len({folder_of(each.path) for each in plan.leaving})
    size = human_known(found.size, found.files, found.unsized)
    return f"{counted(found.files, 'file')} in {counted(folders, 'folder')}, {size},"


def stays_sentence(plan: UntrackPlan) -> str:
    """How many findings stay, and why in numbers; empty where none does."""
    if not plan.staying:
        return ""
    number = Counter(each.why for each in plan.staying)
    why = ", ".join(f"{number[reason]:,} {STAYS[reason]}" for reason in StayReason if number[reason])
    return f"{counted(len(plan.staying), 'finding stays', 'findings stay')}: {why}"


def disk_sentence(plan: UntrackPlan) -> str:
    """What becomes of the files on disk; there is at least one."""
    trashed = len(plan.deleting)
    absent = sum(plan.on_disk.get(each.path) is OnDisk.ABSENT for each in plan.leaving)
    stay = len(plan.leaving) - trashed - absent
    if not (trashed or absent):
        return "every file would stay on disk"
    fates = (
        (stay, f"{stay:,} would stay on disk"),
        (trashed, f"{trashed:,} would go to the trash"),
        (absent, f"{absent:,} {'is' if absent == 1 else 'are'} not on disk anyway"),
    )
    return f"of these files {listed(words for number, words in fates if number)}"


def why_words(plan: UntrackPlan, reason: StayReason) -> str:
    """Why findings stay that stay for this reason; with `code` in backticks, and safe to print."""
    if reason is StayReason.UNSURE:
        return f"it is less sure than {plan.confidence}"
    return _WHY[reason]


def way_out(reason: StayReason, alike: Sequence[Staying]) -> Way | None:
    """Which option takes findings that stay for this reason, by the example of the first; None where none does."""
    match reason:
        case StayReason.DECIDE | StayReason.UNSELECTED:
            option = f"--select {quote(pattern_of(alike[0].finding))}"
            return Way(option, "names it" if len(alike) == 1 else "names the first")
        case StayReason.UNSURE:
            sure = max(each.finding.confidence for each in alike)
            return Way(f"--confidence {sure}", "takes it" if len(alike) == 1 else "takes more")
        case _:
            return None


def pattern_of(finding: Finding) -> str:
    """The criterion that names this finding's file and, but for bytes that no pattern can hold, no other."""
    return str(Criterion(Aspect.PATH, exact_line(finding.path)))


def by_reason(plan: UntrackPlan) -> Iterator[tuple[StayReason, list[Staying]]]:
    """What stays, by reason, in the order of the reasons; each as the plan has them."""
    found: dict[StayReason, list[Staying]] = {reason: [] for reason in StayReason}
    for each in plan.staying:
        found[each.why].append(each)
    return ((reason, alike) for reason, alike in found.items() if alike)


def stored_bytes(plan: UntrackPlan) -> int:
    """Bytes on the disk that the history keeps of what leaves, each content once, as far as known."""
    return sum(plan.stored.get(blob, 0) for blob in {each.blob for each in plan.leaving})


def kept_sentence(plan: UntrackPlan) -> str:
    """What the history keeps of what leaves; there is something."""
    known = sum(each.blob in plan.stored for each in plan.leaving)
    if not known:
        return "the history keeps every byte"
    least = "at least " if known < len(plan.leaving) else ""
    return f"the history keeps their bytes, of the present versions alone {least}{human(stored_bytes(plan))} on disk"


def gives_secrets_away(plan: UntrackPlan) -> bool:
    """Whether anything that leaves may hold credentials."""
    return any(map(calls_for_new_credentials, plan.leaving))


def command(plan: UntrackPlan, *options: str) -> str:
    """The command that makes this very plan again, with some options more; safe to print."""
    chosen = [f"--select {quote(str(each))}" for each in naming(plan.criteria)]
    sure = [f"--confidence {plan.confidence}"] if has_limit(plan) or plan.confidence is not Confidence.CERTAIN else []
    delete = ["--delete"] if plan.deleting else []
    return plain(" ".join(["hygiene untrack", *chosen, *sure, *delete, *options]))


def has_limit(plan: UntrackPlan) -> bool:
    """Whether the person named a confidence: then it limits even what is named by its rule or path."""
    return len(naming(plan.criteria)) < len(plan.criteria)
