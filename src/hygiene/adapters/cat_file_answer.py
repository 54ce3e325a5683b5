"""What `git cat-file --batch` answers when it is asked for one object."""

from typing import IO, NamedTuple

_CHUNK = 1 << 16


class Answer(NamedTuple):
    """Git's word on one object. `content` is None where that is missing, of another kind, or too large."""

    content: bytes | None


def read_answer(answers: IO[bytes], name: str, kind: bytes, largest: int | None) -> Answer | None:
    """The next answer, which should be about `name`; content of more than `largest` bytes is read past.

    None where it is not, or not whole: git gave up on a broken object, and nothing that follows can be relied on.
    """
    header = answers.readline().split()
    if not header or header[0] != name.encode():
        return None
    if len(header) == 2:  # `<id> missing`
        return Answer(None)
    content = _read_content(answers, int(header[2]), largest)
    if not answers.read(1):  # the line end that follows every whole object
        return None
    return Answer(content if header[1] == kind else None)


def _read_content(answers: IO[bytes], size: int, largest: int | None) -> bytes | None:
    if largest is None or size <= largest:
        return answers.read(size)
    while size and (chunk := answers.read(min(size, _CHUNK))):
        size -= len(chunk)
    return None
