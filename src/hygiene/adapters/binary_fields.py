"""Reading numbers and pieces out of the head of a file, which may end anywhere."""

from collections.abc import Callable

Proof = Callable[[bytes], bool]
"""A look behind a magic number: does the rest of the head agree? Never raises, whatever the bytes."""

MISSING = -1
"""What a number reads as where the head ends before it: no format has a negative field, so every check fails."""


def little(head: bytes, at: int, size: int) -> int:
    """The unsigned little-endian number of `size` bytes at `at`, or `MISSING`."""
    piece = head[at : at + size]
    return int.from_bytes(piece, "little") if len(piece) == size else MISSING


def big(head: bytes, at: int, size: int) -> int:
    """The unsigned big-endian number of `size` bytes at `at`, or `MISSING`."""
    piece = head[at : at + size]
    return int.from_bytes(piece, "big") if len(piece) == size else MISSING


def holds(at: int, *pieces: bytes) -> Proof:
    """A proof that one of `pieces` stands at `at`."""
    return lambda head: head.startswith(pieces, at)


def anything(_head: bytes) -> bool:
    """The proof for a magic number that is long enough to need none."""
    return True
