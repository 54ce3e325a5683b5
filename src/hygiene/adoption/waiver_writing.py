"""A configuration file with one more waiver in it; all else stays as people wrote it, comments and line ends too.

The text is only ever added to, in one place, and the result is read again: it says what the file said before, and the
new waiver. Where no way leads to that, nothing is written.
"""

import io
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import takewhile

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array, Item

from hygiene.model.permit import Origin, Waiver
from hygiene.policy.configuration.file import check_config
from hygiene.policy.problem import problem_texts
from hygiene.policy.toml.document import value_at
from hygiene.policy.toml.lines import lines_of
from hygiene.policy.toml.toml_string import toml_string

Table = tuple[str, ...]
"""Where in a file a table stands; that of our settings is `own_table` of the file's name."""

_KEY = "waivers"
MARK = "\ufeff"
"""A byte order mark, which a file may begin with."""


def waiver_text(waiver: Waiver, home: Table) -> str:
    """The waiver as a table of its own, as it stands in a file."""
    lines = (f"{key} = {written(value).as_string()}\n" for key, value in said(waiver).items())
    return f"[[{'.'.join(waivers_of(home))}]]\n{''.join(lines)}"


def said(waiver: Waiver) -> Mapping[str, str | date]:
    """What a file says of the waiver, by key, in the order in which we write it."""
    parts = {"rule": waiver.rule, "path": waiver.path, "blob": waiver.blob, "reason": waiver.reason}
    given = {**parts, "expires": waiver.expires, "owner": waiver.owner}
    return {key: value for key, value in given.items() if value}


def written(value: str | date) -> Item:
    """The value as it is written: on one line, with nothing in it that cannot be seen."""
    return tomlkit.value(toml_string(value) if isinstance(value, str) else value.isoformat())


def waivers_of(home: Table) -> Table:
    """The path of the waivers."""
    return (*home, _KEY)


def problems_of(name: str, text: str) -> tuple[str, ...]:
    """What an audit would find wrong with a configuration file of that name and text, for people."""
    return problem_texts(check_config(text.encode("utf-8"), name, Origin(name)).problems)


def with_waiver(text: str, waiver: Waiver, home: Table) -> str | None:
    """The file's text with the waiver after those that are there; None where it cannot be added without harm.

    `text` is TOML, with or without a byte order mark; the line ends of what is added are those of its first line.
    `home` is the table of our settings.
    """
    bare = text.removeprefix(MARK)
    drafts = (_like_its_end(bare, draft) for draft in _drafts(bare, waiver, home))
    good = next(
        (draft for draft in drafts if draft is not None and _says_the_waiver_too(bare, draft, waiver, home)), None
    )
    return None if good is None else text[: len(text) - len(bare)] + good


def _drafts(text: str, waiver: Waiver, home: Table) -> Iterator[str]:
    """The ways to add it, the tidiest first; not each of them is sound for each file."""
    block = waiver_text(waiver, home)
    yield from _in_array(text, waiver, home)
    for family in (waivers_of(home), home):
        yield from _after(text, family, block)
    yield f"{text}{_gap_after(text)}{block}"


def _in_array(text: str, waiver: Waiver, home: Table) -> Iterator[str]:
    """As one more element, where the waivers are one array and not a table each."""
    try:
        document = tomlkit.parse(text)
        array = value_at(document, waivers_of(home))
    except TOMLKitError:
        return
    if isinstance(array, Array):
        element = tomlkit.inline_table()
        for key, value in said(waiver).items():
            element.append(key, written(value))
        array.append(element)
        yield tomlkit.dumps(document)


def _after(text: str, family: Sequence[str], block: str) -> Iterator[str]:
    """After the last table of a family, where another table follows it; what is written above that stays with it."""
    lines = lines_of(text.replace("\r\n", "\n"))
    own = {line for path, line in lines.items() if family and path[: len(family)] == tuple(family)}
    follower = min((line for line in lines.values() if own and line > max(own)), default=None)
    if follower is None:
        return
    rows = io.StringIO(text, newline="\n").readlines()
    at = _end_of_table(rows, follower - 1)
    yield "".join([*rows[:at], "\n", block, "" if _is_blank(rows[at]) else "\n", *rows[at:]])


def _end_of_table(rows: Sequence[str], follower: int) -> int:
    """The row after a table's last one. Comments right above the next table are its own, those before a gap are not."""
    last = next((at for at in range(follower, 0, -1) if not _is_blank(rows[at - 1]) and not _is_note(rows[at - 1])), 0)
    return next((at for at in range(last, follower) if _is_blank(rows[at])), last)


def _gap_after(text: str) -> str:
    if not text.strip() or text.endswith(("\n\n", "\n\r\n")):
        return ""
    return "\n" if text.endswith("\n") else "\n\n"


def _is_blank(row: str) -> bool:
    return not row.strip()


def _is_note(row: str) -> bool:
    return row.lstrip().startswith("#")


def _like_its_end(old: str, new: str) -> str | None:
    """The new text with line ends as the old one has them; None where something else was done than to add."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    rest = old[start:]
    if not new[start:].endswith(rest):
        return None
    added = new[start : len(new) - len(rest)]
    is_crlf = "\r\n" in old[: old.find("\n") + 1]
    return old[:start] + (added.replace("\r\n", "\n").replace("\n", "\r\n") if is_crlf else added) + rest


def _says_the_waiver_too(old: str, new: str, waiver: Waiver, home: Table) -> bool:
    return differs_in_waivers(old, new, home, lambda waivers: [*waivers, said(waiver)])


def differs_in_waivers(old: str, new: str, home: Table, edit: Callable[[Sequence[object]], object]) -> bool:
    """Whether the new text says what the old one did, but for its waivers, of which it says what `edit` returns."""
    try:
        before, after = (tomllib.loads(text, parse_float=str) for text in (old, new))
    except tomllib.TOMLDecodeError:
        return False
    waivers = value_at(before, waivers_of(home))
    return bool(after == _with(before, waivers_of(home), edit(waivers if isinstance(waivers, list) else ())))


def _with(table: object, path: Sequence[str], value: object) -> object:
    """The table with another value at a path; tables on the way that are not there are made."""
    if not path:
        return value
    held = table if isinstance(table, Mapping) else {}
    return {**held, path[0]: _with(held.get(path[0]), path[1:], value)}
