"""From a path to the pattern that means it and nothing else."""

import re

from hygiene.patterns.glob import Kind

_SPECIAL = re.compile(r"[*?\[\\]")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")


def literal_pattern(path: str, kind: Kind) -> str:
    """The pattern in gitignore syntax, anchored at the root, that matches this file, or this folder with all below it.

    A pattern is text. So each byte of the path that is not UTF-8 becomes a `?`, which any other byte would match too.
    """
    text = _NOT_UTF8.sub("?", _SPECIAL.sub(r"\\\g<0>", path))
    if kind is Kind.FOLDER:
        return f"/{text}/"
    return f"/{text[:-1]}\\ " if text.endswith(" ") else f"/{text}"
