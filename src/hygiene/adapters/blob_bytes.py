"""What all share who read blobs piece by piece: how large a piece is, and the hash that becomes a blob's id."""

import hashlib

CHUNK = 1 << 18
"""Bytes of a blob that are handed on at once; a smaller blob is one piece."""


def blob_hash(object_format: str, size: int) -> "hashlib._Hash":
    """What becomes a blob's id once all of its bytes, `size` of them, were added."""
    return hashlib.new(object_format, b"blob %d\0" % size, usedforsecurity=False)
