"""What a person should know before and after files are untracked, in words that the text and Markdown forms share."""

import re
from collections.abc import Iterator

from hygiene.model.untracking import UntrackPlan
from hygiene.report.risks import calls_for_new_credentials
from hygiene.report.untrack_wording import command, gives_secrets_away, kept_sentence
from hygiene.report.wording import listed

_TYPED = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]*")
_NAMED = 3  # files that may hold credentials
_SECRETS = (
    "Credentials may be among these files: replace every one of them now. Whoever has a clone, a fork or a cache has "
    "them, and untracking takes nothing back."
)

_DISAPPEARS = "Once this is merged, the files disappear from the work tree of everybody who pulls."
_OVERWRITTEN = (
    "Checking out an older commit overwrites the local copy of a file, which is ignored by then, and coming back "
    "deletes it: use `--backup DIR`, which copies the files first."
)


def warnings(plan: UntrackPlan) -> Iterator[str]:
    """What can go wrong, gravest first, a sentence or two each; `code` in backticks, safe to print."""
    if not plan.leaving:
        return
    if gives_secrets_away(plan):
        yield secrets_warning(plan)
    yield _DISAPPEARS
    yield _OVERWRITTEN
    yield history_warning(plan)


def secrets_warning(plan: UntrackPlan) -> str:
    """What to do about credentials, and the first files that may hold them, as far as their names can be typed."""
    grave = [each.path for each in plan.leaving if calls_for_new_credentials(each)]
    named = [f"`{path}`" for path in grave if _TYPED.fullmatch(path)][:_NAMED]
    more = len(grave) - len(named)
    others = [f"{more:,} more"] if more else []
    return f"{_SECRETS} Look at {listed([*named, *others])}." if named else _SECRETS


def history_warning(plan: UntrackPlan) -> str:
    """What untracking does not free, and what would."""
    return f"Untracking frees nothing: {kept_sentence(plan)}. `hygiene purge-plan` plans how to take them out of it."


def next_steps(plan: UntrackPlan) -> Iterator[str]:
    """The commands that go on from here; `code` in backticks, safe to print."""
    if plan.obstacles:
        yield f"See to what is in the way, and plan again: `{command(plan)}`."
    else:
        yield f"`{command(plan, '--yes')}` does this, and `hygiene untrack --undo` takes it back."
        yield "With `--commit` it also makes the commit; with `--branch NAME` it only commits on a new branch."
        yield "`--body FILE` writes the text of a pull request, `--format markdown` this plan with every path."
