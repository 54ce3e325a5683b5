"""Commits and trees from a `git cat-file` that is asked for one after the other."""

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from hygiene.adapters.cat_file_answer import read_answer
from hygiene.adapters.commit_object import LARGEST_COMMIT
from hygiene.adapters.process import Conversation, Git
from hygiene.adapters.raw_objects import LARGEST_TREE


class CatFileObjects:
    """`RawObjects` by git, as long as the block lasts. A broken object ends git, and another one is started."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._running = ExitStack()
        self._conversation: Conversation | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def commit(self, name: str) -> bytes | None:
        """A commit's raw text."""
        return self._read(name, b"commit", LARGEST_COMMIT)

    def tree(self, name: str) -> bytes | None:
        """A tree's raw records."""
        return self._read(name, b"tree", LARGEST_TREE)

    def _read(self, name: str, kind: bytes, largest: int) -> bytes | None:
        if self._conversation is None:
            self._conversation = self._running.enter_context(self._git.converse("cat-file", "--batch"))
        self._conversation.ask(f"{name}\n".encode())
        answer = read_answer(self._conversation.answers, name, kind, largest)
        if answer is None:
            self._end()
            return None
        return answer.content

    def _end(self) -> None:
        self._running.close()
        self._conversation = None
