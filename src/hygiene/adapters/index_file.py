"""The index file's own checksum, which `git ls-files` does not look at: a damaged index must not pass for a short one.

Source: Git's `gitformat-index`: the file begins with `DIRC` and ends with the digest of all that stands before, in the
repository's object format, or with zeros where `index.skipHash` is on.
"""

import hashlib
import os
from pathlib import Path

from hygiene.errors import UnreadableRepository

_SIGNATURE = b"DIRC"
_CHUNK = 1 << 20


def require_sound_index(index: Path, object_format: str) -> None:
    """Does nothing for a sound index, or none. Raises `UnreadableRepository` for one that is damaged."""
    if index.is_file() and not _is_sound(index, object_format):
        hint = "Restore it, or make it anew: `git read-tree HEAD` (what was staged is lost), and audit again."
        raise UnreadableRepository(str(index.parent), f"its {index.name} is damaged (the checksum is wrong)", hint)


def named_index(name: Path | None, git_dir: Path, work_dir: Path | None) -> Path | None:
    """The index file that was named, a relative name seen from the top of the work tree; None where none was named.

    Raises `UnreadableRepository` for one that is no regular file. Git takes one that is not there for an empty index;
    that is so only of the repository's own, before anything was ever added.
    """
    if name is None:
        return None
    index = (work_dir or git_dir) / name
    is_own = os.path.realpath(index) == os.path.realpath(git_dir / "index")
    if index.is_file() or (is_own and not os.path.lexists(index)):
        return index
    hint = "Unset GIT_INDEX_FILE, or name an index."
    raise UnreadableRepository(str(git_dir), f"the index that GIT_INDEX_FILE names is no file: {index}", hint)


def _is_sound(index: Path, object_format: str) -> bool:
    digest = hashlib.new(object_format, usedforsecurity=False)
    left = index.stat().st_size - digest.digest_size
    with index.open("rb") as file:
        if left < len(_SIGNATURE) or file.read(len(_SIGNATURE)) != _SIGNATURE:
            return False
        digest.update(_SIGNATURE)
        left -= len(_SIGNATURE)
        while left and (chunk := file.read(min(_CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
        told = file.read(digest.digest_size)
    return told in (digest.digest(), bytes(digest.digest_size))
