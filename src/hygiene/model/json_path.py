"""Paths in JSON: readable where they are UTF-8, and lossless where they are not."""

import base64
import binascii
from typing import NamedTuple

from hygiene.model.paths import RepoPath


class JsonPath(NamedTuple):
    """A path for JSON: `text` is exact unless `b64` is there, which then is (base64 of the path's bytes)."""

    text: str
    b64: str | None


def json_path(path: str) -> JsonPath:
    """The path for JSON; bytes that are not UTF-8 show as U+FFFD in its text."""
    if path.isascii():
        return JsonPath(path, None)
    raw = bytes_of(path)
    text = raw.decode("utf-8", "replace")
    return JsonPath(text, None if text == path else base64.b64encode(raw).decode("ascii"))


def path_from_json(text: str, b64: str | None) -> RepoPath:
    """The path that `json_path` made these two from. Raises `ValueError` for two that it makes of no path."""
    try:
        path = text if b64 is None else base64.b64decode(b64, validate=True).decode("utf-8", "surrogateescape")
        is_ours = json_path(path) == (text, b64)
    except binascii.Error:
        raise ValueError("the base64 of a path cannot be read") from None
    if not is_ours or "\0" in path:
        raise ValueError("a path and its base64 do not belong together" if b64 else "no path can be that")
    return RepoPath(path)


def bytes_of(text: str) -> bytes:
    """The bytes that Git has. A surrogate that stands for no byte, which no path holds, is kept apart from them."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
