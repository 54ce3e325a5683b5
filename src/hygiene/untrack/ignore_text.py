"""The text of an ignore file after a change, whichever of its versions it is made in."""

from collections.abc import Iterable, Mapping, Sequence

from hygiene.model.titles import CATEGORY_TITLES
from hygiene.model.untracking import CategoryLines, IgnoreChange

_BOM = b"\xef\xbb\xbf"


def changed_text(change: IgnoreChange, content: bytes | None) -> bytes:
    """The file with the change made; None stands for a file that is not there yet.

    Every line that is not replaced keeps its bytes. New lines end as most of the file's do, or in a line feed; they
    come in groups with a comment above, and a last line without an ending gets one only where something follows.
    """
    mark, text = _without_mark(content or b"")
    lines = text.split("\n")
    ending = _usual_ending(lines)
    kept = "\n".join(_replaced(lines, change, ending))
    whole = kept + _addition(kept, change.added, ending)
    return mark + whole.encode("utf-8", "surrogateescape")


def title_line(group: CategoryLines) -> str:
    """The comment above a group of lines."""
    return f"# {CATEGORY_TITLES[group.category].lower()}"


def _without_mark(content: bytes) -> tuple[bytes, str]:
    rest = content.removeprefix(_BOM)
    return content[: len(content) - len(rest)], rest.decode("utf-8", "surrogateescape")


def _usual_ending(lines: Sequence[str]) -> str:
    ended = lines[:-1]
    return "\r\n" if sum(line.endswith("\r") for line in ended) * 2 > len(ended) else "\n"


def _replaced(lines: Iterable[str], change: IgnoreChange, ending: str) -> Iterable[str]:
    """The lines, split at line feeds only, so that each keeps its carriage return."""
    new: Mapping[str, tuple[str, ...]] = {each.old: each.new for each in change.replaced}
    for line in lines:
        body = line.removesuffix("\r")
        yield line if body not in new else ending.join(new[body]) + line[len(body) :]


def _addition(kept: str, groups: Sequence[CategoryLines], ending: str) -> str:
    """What is appended: a line's missing end and an empty line where the file ends in text, then the groups."""
    if not groups:
        return ""
    blocks = [ending.join([title_line(group), *group.lines, ""]) for group in groups]
    return _gap(kept, ending) + ending.join(blocks)


def _gap(kept: str, ending: str) -> str:
    if not kept:
        return ""
    last = kept.removesuffix("\n").rpartition("\n")[2]
    end = "" if kept.endswith("\n") else ending
    return end + (ending if last.strip() else "")
