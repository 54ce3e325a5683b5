"""What the runner of GitHub Actions makes of a step's output, line by line, as its source has it (ActionCommand.cs)."""

from collections.abc import Mapping
from typing import NamedTuple

KNOWN = {
    "add-mask",
    "add-matcher",
    "add-path",
    "debug",
    "echo",
    "endgroup",
    "error",
    "group",
    "notice",
    "remove-matcher",
    "save-state",
    "set-env",
    "set-output",
    "stop-commands",
    "warning",
}
IN_DATA = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]
IN_PROPERTY = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]
IN_OLD = [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%25", "%")]


class Command(NamedTuple):
    name: str
    properties: Mapping[str, str]
    data: str


def commands_in(output: str) -> list[Command]:
    """Every command that the output gives, in both forms: `::name key=value::data`, and `##[name key=value]data`."""
    found = (_new_form(line) or _old_form(line) for line in output.split("\n"))
    return [command for command in found if command is not None]


def _new_form(line: str) -> Command | None:
    text = line.lstrip()
    end = text.find("::", 2)
    if not text.startswith("::") or end < 0:
        return None
    return _command(text[2:end], ",", IN_PROPERTY, _back(text[end + 2 :], IN_DATA))


def _old_form(line: str) -> Command | None:
    """The older form is obeyed wherever it stands in a line."""
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    return _command(line[start + 3 : end], ";", IN_OLD, _back(line[end + 1 :], IN_OLD))


def _command(words: str, between: str, escapes: list[tuple[str, str]], data: str) -> Command | None:
    name, _, rest = words.partition(" ")
    if name not in KNOWN:
        return None
    pairs = (each.lstrip("=").partition("=") for each in rest.strip().split(between))
    return Command(name, {key: _back(value.lstrip("="), escapes) for key, _, value in pairs if key and value}, data)


def _back(text: str, escapes: list[tuple[str, str]]) -> str:
    for escape, character in escapes:
        text = text.replace(escape, character)
    return text
