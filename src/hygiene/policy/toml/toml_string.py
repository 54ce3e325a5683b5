"""Text as a TOML string that any terminal may show."""

from hygiene.model.visible import is_visible

_ESCAPES = {'"': '\\"', "\\": "\\\\"}


def toml_string(text: str) -> str:
    r"""The text as a TOML string on one line, in which nothing is hidden and no log of a CI service sees a command.

    A lone surrogate, which TOML cannot hold, becomes U+FFFD.
    """
    body = "".join(_ESCAPES.get(character) or _visible(character) for character in text)
    return '"' + body.replace("::", r"\u003a\u003a").replace("##", r"\u0023\u0023") + '"'


def _visible(character: str) -> str:
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if is_visible(character):
        return character
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
