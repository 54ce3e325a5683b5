"""Telling what content is, in three tiers: our signature table, libmagic in a process of its own, the NUL test."""

import re
from collections.abc import Sequence

from hygiene.adapters.magic_process import MagicProcess
from hygiene.adapters.nul_test import BINARY, identify_by_nul_test, looks_like_text
from hygiene.adapters.signatures import identify_by_signature
from hygiene.ports import MediaType

_ANSWER = re.compile(r"([a-z0-9.+-]+/[a-z0-9.+_-]+); charset=([a-z0-9.:_-]+)", re.IGNORECASE)

_GUESSES = frozenset({"image/x-tga", "application/zlib"})
"""What libmagic says of almost anything: these formats begin with a few small numbers. Not worth a finding."""


class LayeredMediaTypes:
    """Signature first; what that does not know and is no text goes to libmagic, where there is one; else the NUL test.

    Text never reaches libmagic. The worker process lives no longer than one call of `identify`.
    """

    def __init__(self, libmagic: MagicProcess | None = None) -> None:
        self._libmagic = libmagic or MagicProcess()

    def identify(self, heads: Sequence[bytes]) -> list[MediaType | None]:
        """One answer for each head, in order; None where libmagic failed, crashed or hung on it."""
        try:
            return [self._identify(head) for head in heads]
        finally:
            self._libmagic.stop()

    def tiers(self) -> tuple[str, ...]:
        """The tiers that work on this machine, in the order in which they are asked. Starts a worker to find out."""
        try:
            return ("signature", *(["libmagic"] if self._libmagic.ready() else []), "nul-test")
        finally:
            self._libmagic.stop()

    def _identify(self, head: bytes) -> MediaType | None:
        known = identify_by_signature(head)
        if known:
            return known
        if looks_like_text(head) or not self._libmagic.ready():
            return identify_by_nul_test(head)
        answer = self._libmagic.ask(head)
        return None if answer is None else _understand(answer)


def _understand(answer: str) -> MediaType:
    """What libmagic meant. It calls some binaries text for their first line; the charset tells them apart."""
    parts = _ANSWER.fullmatch(answer)
    if parts is None:
        return BINARY
    name, charset = parts[1].lower(), parts[2].lower()
    if charset != "binary":
        return MediaType(name, "libmagic", is_text=True)
    if name.startswith("text/") or name in _GUESSES:
        name = BINARY.name
    return MediaType(name, "libmagic", is_text=False)
