"""What a pull request tells those who have a clone: what happens to their files, how to keep them, how to undo it."""

import re
from collections.abc import Iterator

from hygiene.model.paths import folder_of
from hygiene.model.rule import Disposition
from hygiene.model.untracking import UntrackPlan
from hygiene.report.markdown_parts import bullets, paragraphs
from hygiene.report.markdown_quoting import fenced, prose
from hygiene.report.untrack_warnings import history_warning, secrets_warning
from hygiene.report.untrack_wording import gives_secrets_away

_TAME = re.compile(r"[A-Za-z0-9._][A-Za-z0-9._/-]*")

_PULLING = (
    "When you pull this, Git deletes these files from your work tree. Where you have changed one, it stops and deletes "
    "nothing."
)
_BRANCHES = (
    "A branch from before this still tracks the files. Switching to it overwrites your copy, and switching back "
    "deletes it."
)
_MERGING = (
    "A branch that changed one of them gets a conflict when this is merged into it: `git rm --cached FILE` settles it "
    "and leaves the file on disk."
)
_CHECKOUTS = "What reads them from a fresh clone, such as a build, a test or a deployment, no longer finds them there."
_WAYS_BACK = (
    "Whoever made this change, in the clone that it was made in, before it is merged: `hygiene untrack --undo`.",
    (
        "Everybody else, once it is merged: `git revert COMMIT`, with `-m 1` for a merge commit. That writes what was "
        "committed last over any local copy."
    ),
)


def collaborators_section(plan: UntrackPlan) -> str:
    """What to know before pulling, and the commands that keep a local copy."""
    return paragraphs("## If you have a clone", bullets(map(prose, _warnings(plan))), _keeping(plan))


def undo_section() -> str:
    """The ways back: for the author, and for everybody."""
    return paragraphs(
        "## How to undo this",
        bullets(_WAYS_BACK),
    )


def _warnings(plan: UntrackPlan) -> Iterator[str]:
    if gives_secrets_away(plan):
        yield secrets_warning(plan)
    yield _PULLING
    yield _BRANCHES
    yield _MERGING
    yield _CHECKOUTS
    yield history_warning(plan)


def _keeping(plan: UntrackPlan) -> str:
    file = _example(plan)
    before = [f"tar -cf ../kept.tar {file}", f"git restore {file}", "git pull", "tar -xf ../kept.tar"]
    return paragraphs(
        "To keep your copies as they are, put them aside before you pull, one or many of them:",
        fenced(before, "sh"),
        *_afterwards(plan, file),
    )


def _afterwards(plan: UntrackPlan, file: str) -> Iterator[str]:
    if plan.standing.head is not None:
        commit = plan.standing.head
        folder = [f"mkdir -p {folder_of(file)}"] if folder_of(file) else []
        yield "After you have pulled, what was committed last is still in the history:"
        yield fenced([*folder, f"git show {commit}:{file} > {file}"], "sh")


def _example(plan: UntrackPlan) -> str:
    """A file to show the commands with: one that somebody may need, with a name that no command misreads."""
    needed = [each.path for each in plan.leaving if each.disposition is not Disposition.DELETE_AND_UNTRACK]
    return next(filter(_TAME.fullmatch, needed), "FILE")
