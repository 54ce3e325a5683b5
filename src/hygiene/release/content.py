"""The digest that says what is in an archive, whatever wrote and compressed it."""

import hashlib
from collections.abc import Iterable

from hygiene.model.json_path import bytes_of
from hygiene.model.release import Packed


def content_digest(entries: Iterable[Packed]) -> str:
    """sha256, in hexadecimal, over `mode sha256 path` and a NUL of every entry, by the bytes of their paths.

    The paths are those below the archive's prefix, so that a new version of the same files has the same digest.
    """
    digest = hashlib.sha256()
    for entry in sorted(entries, key=lambda each: bytes_of(each.path)):
        digest.update(b"%s %s %s\0" % (entry.mode.encode(), entry.sha256.encode(), bytes_of(entry.path)))
    return digest.hexdigest()
