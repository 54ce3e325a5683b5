"""Manifests, read back: whoever gives an archive may have written its manifest too, so nothing in one is believed."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

import msgspec
from msgspec import UNSET

from hygiene.errors import BrokenManifest
from hygiene.model.json_path import bytes_of, path_from_json
from hygiene.model.package_proof import Manifest, Packed, content_digest
from hygiene.model.paths import ID_DIGITS, BlobId, RepoPath
from hygiene.policy.problem import cut
from hygiene.release import manifest_shape as shape

MAX_BYTES = 256 * 1024 * 1024
"""Room for half a million entries; whoever reads a file need not read more to have it refused."""

MAX_ENTRIES = 1_000_000
"""The parser holds all of them in memory."""

_LONGEST_REASON = 200  # characters; a value of a hostile file may be as long as the file
_MOST_TABLES = 3 * MAX_ENTRIES  # an entry is two, and what was left out counts too
_OURS = re.compile(r"hygiene\.package/(\d{1,9})")
T = TypeVar("T")


class _Head(msgspec.Struct):
    """As much of a manifest as tells whether the rest can be read."""

    schema: str = ""


class _Unusable(Exception):
    """Nothing of the file can be used, for this reason."""


def read_manifest(data: bytes, name: str) -> Manifest:
    """What the manifest says, once all of it hangs together: paths stay inside, each once and in order.

    Its layout does not matter. That it fits an archive, and that its entries fit a commit, is for others to see.

    Raises:
        BrokenManifest: with the first reason; it calls the file `name`.
    """
    try:
        return _checked(_parsed(data))
    except _Unusable as unusable:
        raise BrokenManifest(name, cut(str(unusable), _LONGEST_REASON)) from None


def _parsed(data: bytes) -> shape.Manifest:
    if len(data) > MAX_BYTES:
        raise _Unusable(f"it is too large: at most {MAX_BYTES // 1024**2} MiB are read")
    if data.count(b"{") > _MOST_TABLES:
        raise _Unusable(f"it says too much: at most {MAX_ENTRIES:,} entries are read")
    _require_ours(_decoded(data, _Head).schema)
    _require_single_keys(data)
    return _decoded(data, shape.Manifest)


def _decoded(data: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise _Unusable(f"it is no manifest: {error}") from None
    except msgspec.DecodeError as error:
        raise _Unusable(f"it is not JSON: {error}") from None
    except UnicodeDecodeError as error:
        raise _Unusable(f"it is not UTF-8: {error.reason}") from None
    except RecursionError:
        raise _Unusable("it is nested too deeply") from None


def _require_ours(schema: str) -> None:
    found = _OURS.fullmatch(schema)
    if found is None:
        raise _Unusable(f"it is no manifest: its schema is {schema[:60]!r}, and {shape.SCHEMA!r} is meant")
    if schema != shape.SCHEMA:
        newer = int(found[1]) > int(shape.SCHEMA.rpartition("/")[2])
        by = "a newer hygiene wrote it; upgrade this one" if newer else "it was never in use"
        raise _Unusable(f"its schema is {schema!r}, and this hygiene reads {shape.SCHEMA!r}: {by}")


def _require_single_keys(data: bytes) -> None:
    """JSON lets a key stand twice, and readers differ in which of the two they take.

    The tables are dropped as soon as they were looked at, so that this takes no more memory than the text.
    """
    try:
        json.loads(data, object_pairs_hook=_look)
    except UnicodeDecodeError as error:
        raise _Unusable(f"it is not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise _Unusable(f"line {error.lineno}: it is not JSON: {error.msg} (column {error.colno})") from None
    except RecursionError:
        raise _Unusable("it is nested too deeply") from None
    except ValueError:  # Python refuses to read an integer of thousands of digits
        raise _Unusable("it holds a number that is too large") from None


def _look(pairs: Sequence[tuple[str, object]]) -> None:
    keys = {key for key, _ in pairs}
    if len(keys) < len(pairs):
        raise _Unusable("a key is there twice in one table")


def _checked(file: shape.Manifest) -> Manifest:
    entries = tuple(map(_packed, file.entries))
    for problem in _problems(file, entries):
        raise _Unusable(problem)
    archive, source = file.archive, file.source
    return Manifest(
        archive=archive.name,
        size=archive.size,
        sha256=archive.sha256,
        prefix=archive.prefix,
        commit=source.commit,
        tree=source.tree,
        object_format=source.object_format,
        root=_path(file.package.root, file.package.root_b64),
        content_digest=file.content_digest,
        entries=entries,
        target=file.package.target,
        waived={(_path(each.path, each.path_b64), each.rule): each.reason for each in file.waived},
    )


def _packed(entry: shape.Entry) -> Packed:
    return Packed(_path(entry.path, entry.path_b64), entry.mode, entry.size, BlobId(entry.blob), entry.sha256)


def _path(text: str, b64: str | msgspec.UnsetType) -> RepoPath:
    try:
        return path_from_json(text, None if b64 is UNSET else b64)
    except ValueError as error:
        raise _Unusable(f"{text[:60]!r}: {error}") from None


def _problems(file: shape.Manifest, entries: Sequence[Packed]) -> Iterator[str]:
    """What types cannot say, in the order in which it is found."""
    root = _path(file.package.root, file.package.root_b64)
    if root and not _stays_inside(root):
        yield f"the package's root {root[:60]!r} is no folder of a repository"
    if {file.archive.name, file.archive.prefix} & {".", ".."}:
        yield "the archive or its folder has a name that no file can have"
    digits = ID_DIGITS[file.source.object_format]
    ids = (file.source.commit, file.source.tree, *(entry.blob for entry in entries))
    if any(len(each) != digits for each in ids):
        yield f"not every object id has the {digits} digits of {file.source.object_format}"
    if len(entries) > MAX_ENTRIES:
        yield f"it has too many entries: at most {MAX_ENTRIES:,} are read"
    yield from _wrong_paths(entries)
    if content_digest(entries) != file.content_digest:
        yield "its content digest is not that of its entries"


def _wrong_paths(entries: Sequence[Packed]) -> Iterator[str]:
    yield from (f"{entry.path[:60]!r} leads out of the archive" for entry in entries if not _stays_inside(entry.path))
    raw = [bytes_of(entry.path) for entry in entries]
    for before, after in pairwise(raw):
        if after <= before:
            shown = after[:60].decode("utf-8", "replace")
            yield f"{shown!r} is there twice" if after == before else f"{shown!r} is not where its name belongs"


def _stays_inside(path: RepoPath) -> bool:
    """Whether every part of the path is a plain name, so that it means the same wherever it is read."""
    return not {"", ".", ".."} & set(path.split("/"))
