"""What `hygiene gitignore` prints: a difference of the ignore files, and what else there is to know about them."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff

from hygiene.model.untracking import FileEdit, IdleLine
from hygiene.report.quoting import plain, shown
from hygiene.report.wording import counted, gap_words, located
from hygiene.untrack.ignore_review import IgnoreReview

_MOST = 50
"""So many lines of one kind are printed; whoever mends those meets the others next."""


def review_text(review: IgnoreReview) -> str:
    """The difference that the changes make, then idle lines and what is not as one would wish; safe to print."""
    return "".join(f"{line}\n" for line in _lines(review))


def written_text(edits: Iterable[FileEdit]) -> str:
    """What was written, a line for each file."""
    return "".join(f"wrote {shown(edit.path)}\n" for edit in edits)


def _lines(review: IgnoreReview) -> Iterator[str]:
    for edit in review.edits:
        yield from _difference(edit)
    if not review.edits:
        yield "Nothing to change: the ignore files keep out all that is to leave."
    idle, plan = review.idle, review.plan
    yield from _section(f"{counted(len(idle), 'line')} without effect:", map(_idle, idle))
    still = [f"{shown(path)} ({shown(source)}:{line})" for path, source, line in plan.still_ignored]
    yield from _section(f"{counted(len(still), 'file')} tracked although ignored:", still)
    left = [f"{shown(path)}: {why}" for path, why in plan.not_ignored]
    yield from _section(f"{counted(len(left), 'file')} that no line can ignore:", left)
    yield from _section("Incomplete:", [located(gap.path, gap_words(gap)) for gap in review.incomplete])


def _difference(edit: FileEdit) -> Iterator[str]:
    """A unified difference; the ends of lines are not shown."""
    name = shown(edit.path)
    before, after = _text_lines(edit.before), _text_lines(edit.after)
    old = "/dev/null" if edit.before is None else f"a/{name}"
    return (plain(line) for line in unified_diff(before, after, old, f"b/{name}", lineterm=""))


def _text_lines(content: bytes | None) -> Sequence[str]:
    text = (content or b"").decode("utf-8", "surrogateescape")
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines if lines[-1] else lines[:-1]


def _idle(each: IdleLine) -> str:
    return f"{shown(each.path)}:{each.line} ({plain(each.text)}): {plain(each.why)}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A paragraph; nothing where there is nothing to tell."""
    every = list(lines)
    if every:
        yield ""
        yield title
        yield from (f"  {line}" for line in every[:_MOST])
        if len(every) > _MOST:
            yield f"  and {len(every) - _MOST} more"
