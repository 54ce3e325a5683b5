"""A configuration file in which an expired waiver is renewed in its place; comments and all else stay."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, InlineTable

from hygiene.adoption.waiver_writing import MARK, Table, differs_in_waivers, said, waivers_of, written
from hygiene.model.permit import Waiver
from hygiene.policy.toml.document import value_at
from hygiene.policy.toml.lines import KeyPath, lines_of

_REASON = "reason"
_EXPIRES = "expires"

_DAY = re.compile(r"(?P<indent>[ \t]*)[^=]*=[ \t]*[^\s#]+[ \t]*(?P<note>#[^\r\n]*)?(?P<end>\r?\n?)\Z")
"""A row that sets a date."""


def with_renewal(text: str, old: Waiver, new: Waiver, home: Table) -> str | None:
    """The file's text where `new` stands in the place of `old`; None where that cannot be done without harm.

    `text` and `home` are as for `with_waiver`.
    """
    bare = text.removeprefix(MARK)
    try:
        draft = _renewed(bare, old, new, home)
    except (TOMLKitError, KeyError):  # tomlkit writes it otherwise than we read it, as with dotted keys
        return None
    is_good = draft is not None and differs_in_waivers(bare, draft, home, lambda known: _replaced(known, old, new))
    return f"{text[: len(text) - len(bare)]}{draft}" if is_good else None


def _replaced(waivers: Sequence[object], old: Waiver, new: Waiver) -> list[object]:
    return [said(new) if _is_of(each, old) else each for each in waivers]


def _is_of(told: object, waiver: Waiver) -> bool:
    """Whether this is what a file says of the waiver; no two in it may speak of the same."""
    key = (waiver.rule, waiver.path, waiver.blob)
    return isinstance(told, Mapping) and (told.get("rule"), told.get("path"), told.get("blob")) == key


def _renewed(text: str, old: Waiver, new: Waiver, home: Table) -> str | None:
    document = tomlkit.parse(text)
    waivers = value_at(document, waivers_of(home))
    for number, told in enumerate(waivers if isinstance(waivers, list) else ()):
        if isinstance(told, AbstractTable) and _is_of(told, old):
            missing = _with_values(told, said(new))
            if isinstance(told, InlineTable):
                return _within_its_line(document, told, missing, new)
            rows = _Rows(tomlkit.dumps(document), (*waivers_of(home), number))
            rows.add(missing)
            if new.expires is None:
                rows.drop_end()
            return rows.text
    return None


def _with_values(told: AbstractTable, wanted: Mapping[str, str | date]) -> Mapping[str, str | date]:
    """Sets the keys that are there to what is wanted, and returns those that are not."""
    for key, value in wanted.items():
        if key == _REASON or (key in told and told[key] != value):
            told[key] = written(value)
    return {key: value for key, value in wanted.items() if key not in told}


def _within_its_line(document: TOMLDocument, told: InlineTable, missing: Mapping[str, str | date], new: Waiver) -> str:
    for key, value in missing.items():
        told.append(key, written(value))
    if new.expires is None:
        told.remove(_EXPIRES)
    return tomlkit.dumps(document)


class _Rows:
    """The rows of a document, of which those of one table are edited.

    tomlkit would put new keys behind the comments of the next table, and drop the comment of a key that it takes out.
    """

    def __init__(self, text: str, table: KeyPath) -> None:
        self._rows = io.StringIO(text, newline="\n").readlines()
        self._table = table

    @property
    def text(self) -> str:
        return "".join(self._rows)

    def add(self, keys: Mapping[str, str | date]) -> None:
        """Puts them behind the reason, which we have written on one line."""
        at = self._row_of(_REASON)
        end = "\r\n" if self._rows[at].endswith("\r\n") else "\n"
        if keys and not self._rows[at].endswith("\n"):
            self._rows[at] += end
        self._rows[at + 1 : at + 1] = [f"{key} = {written(value).as_string()}{end}" for key, value in keys.items()]

    def drop_end(self) -> None:
        """Takes the last day out, and leaves what is noted beside it."""
        at = self._row_of(_EXPIRES)
        found = _DAY.match(self._rows[at])
        if found is not None:
            self._rows[at] = f"{found['indent']}{found['note']}{found['end']}" if found["note"] else ""

    def _row_of(self, key: str) -> int:
        return lines_of(self.text.replace("\r\n", "\n"))[(*self._table, key)] - 1
