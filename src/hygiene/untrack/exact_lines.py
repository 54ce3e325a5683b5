"""One path in gitignore syntax: the lines that mean it and, as far as its bytes can be written, nothing else."""

from hygiene.model.json_path import bytes_of
from hygiene.model.visible import are_visible, is_visible
from hygiene.patterns.glob import Kind
from hygiene.patterns.literal import literal_pattern

_SPECIAL = "*?[\\"


def exact_line(path: str) -> str:
    """The line that matches this very file, or this folder (with a `/` at its end), from the root.

    A byte that nobody can see, or that ends a line, is written as `?`.
    """
    line = literal_pattern(path.removesuffix("/"), Kind.FOLDER if path.endswith("/") else Kind.FILE)
    return line if are_visible(line) else "".join(map(_seen, line))


def narrow_line(path: str) -> str:
    """As `exact_line` for a file; a byte that is not written as it is matches fewer others than `?` does."""
    line = spelled(path)
    return f"/{line[:-1]}\\ " if line.endswith(" ") else f"/{line}"


def spelled(path: str) -> str:
    """The path for the middle of a line: what stands for something else in a pattern stands for itself.

    A byte that nobody can see becomes a set of those that nobody can see.
    """
    return "".join(map(_narrowly, path))


def _seen(character: str) -> str:
    return character if is_visible(character) else "?" * len(bytes_of(character))


def _narrowly(character: str) -> str:
    if is_visible(character):
        return f"\\{character}" if character in _SPECIAL else character
    return "[[:cntrl:]]" if character.isascii() else "[^ -~]" * len(bytes_of(character))
