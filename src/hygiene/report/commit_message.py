"""The message of the commit that untracks files."""

import re
from collections.abc import Iterable, Iterator, Sequence

from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category
from hygiene.model.untracking import UntrackPlan
from hygiene.report.columns import wrapped
from hygiene.report.quoting import quoted
from hygiene.report.sizes import human_known
from hygiene.report.tally import tally_by_category
from hygiene.report.wording import counted

_WIDTH = 72  # columns, as `git log` shows four more before each line
_NAMED = 10  # paths that a list names

# What nobody would call generated; all else is made by tools and runs.
_NOT_GENERATED = frozenset(
    {Category.BACKUP, Category.MEDIA, Category.INPUT, Category.CREDENTIAL, Category.OVERSIZE, Category.IGNORE_FILE}
    | {Category.STRUCTURE}
)
# A hosting service obeys more in a message than a terminal does: `fixes #1` closes an issue, `@user` calls a person.
_TAME = re.compile(r"(?!.*GH-\d)[A-Za-z0-9._/-]+", re.IGNORECASE)
_WILD = "@#:- "


_STAYS = "They stay on the disk where this was done; a pull or a checkout of it takes tracked copies elsewhere away."


def commit_message(plan: UntrackPlan) -> str:
    """The message: a subject of at most 72 characters, then what left by category, ended by a line break.

    No name in it is obeyed by a terminal, by Git or by a hosting service; no line begins with a `#`.
    """
    return "\n\n".join([_subject(plan), *_paragraphs(plan)]) + "\n"


def _subject(plan: UntrackPlan) -> str:
    number = len(plan.leaving)
    if not number:
        return "Ignore what tools and runs leave behind" if plan.ignoring.changes else "Add placeholders for folders"
    if any(finding.category in _NOT_GENERATED for finding in plan.leaving):
        return f"Untrack {counted(number, 'file')} that {'is' if number == 1 else 'are'} not source"
    return f"Untrack {counted(number, 'generated file')}"


def _paragraphs(plan: UntrackPlan) -> Iterator[str]:
    if plan.leaving:
        yield _lines(_by_category(plan))
        yield "\n".join(wrapped(_on_disk(plan), _WIDTH))
    if plan.ignoring.changes:
        yield _list("Changed ignore files:", [change.path for change in plan.ignoring.changes])
    if plan.placeholders:
        yield _list("Placeholders that keep their folders:", plan.placeholders)


def _by_category(plan: UntrackPlan) -> Iterator[str]:
    for category, found in tally_by_category(plan.leaving).items():
        size = human_known(found.size, found.files, found.unsized)
        yield f"{category}: {counted(found.files, 'file')}, {size}"


def _on_disk(plan: UntrackPlan) -> str:
    if not plan.deleting:
        return _STAYS
    moved = counted(len(plan.deleting), "of the files was", "of the files were")
    return f"{_STAYS} {moved[:1].upper()}{moved[1:]} moved to the trash there."


def _list(title: str, paths: Sequence[RepoPath]) -> str:
    rest = len(paths) - _NAMED
    more = [f"{rest:,} more"] if rest > 0 else []
    return f"{title}\n\n{_lines([*map(_tame, paths[:_NAMED]), *more])}"


def _lines(items: Iterable[str]) -> str:
    """A list whose long items go on under their beginning: a line never begins with what a name holds."""
    return "\n".join("- " + "\n  ".join(wrapped(item, _WIDTH - 2)) for item in items)


def _tame(path: RepoPath) -> str:
    return path if _TAME.fullmatch(path) else quoted(path, also=_WILD)
