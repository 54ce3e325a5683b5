"""JSON as every reader takes it: ASCII, in a fixed layout, with nothing in it that the log of a CI service obeys."""

import json
import re

import msgspec

_NOT_ASCII = re.compile("[\x7f-\U0010ffff]")  # control characters below 0x20 are escaped by the encoder
_COMMAND = re.compile(r"##(?=\w*\[)")  # `##[error]` is one for a CI service wherever it stands in a line


def encoded(value: object, indent: int = 2) -> str:
    """The value as JSON, ended by a line break; the same text for an equal value."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=indent).decode("utf-8")
    if not text.isascii() or "\x7f" in text:
        text = _NOT_ASCII.sub(_escaped, text)
    return _COMMAND.sub(r"\\u0023\\u0023", text) + "\n"


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
