"""The JSON that a receipt is kept as: `hygiene.kept-operation/1`."""

import base64
import binascii
from collections.abc import Sequence
from typing import Literal

from msgspec import UNSET, DecodeError, Struct, UnsetType, json

from hygiene.adapters.folders import is_inside
from hygiene.adapters.untrack_place import is_id
from hygiene.model.json_path import bytes_of, json_path, path_from_json
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.rule import Category
from hygiene.model.untracking import (
    FileEdit,
    Held,
    IndexEdit,
    Move,
    Operation,
    Place,
    Receipt,
    ReceiptState,
    RefEdit,
)


class _Strict(Struct, forbid_unknown_fields=True):
    pass


class _HeldShape(_Strict):
    mode: str
    blob: str


class _IndexShape(_Strict):
    path: str
    before: _HeldShape | None
    after: _HeldShape | None
    path_b64: str | UnsetType = UNSET


class _FileShape(_Strict):
    path: str
    before_b64: str | None
    after_b64: str | None
    path_b64: str | UnsetType = UNSET


class _MoveShape(_Strict):
    path: str
    before: Place
    after: Place
    path_b64: str | UnsetType = UNSET


class _RefShape(_Strict):
    name: str
    before: str | None
    after: str | None
    name_b64: str | UnsetType = UNSET


class _ContentShape(_Strict):
    blob: str
    content_b64: str


class _CategoryShape(_Strict):
    category: Category
    paths: int


class _ReceiptShape(_Strict):
    schema: Literal["hygiene.kept-operation/1"]
    id: str
    tool_version: str
    time: str
    state: ReceiptState
    git_dir: str
    head: str | None
    commit: str | None
    categories: Sequence[_CategoryShape]
    purged: bool
    index: Sequence[_IndexShape]
    files: Sequence[_FileShape]
    moves: Sequence[_MoveShape]
    ref: _RefShape | None
    contents: Sequence[_ContentShape]
    git_dir_b64: str | UnsetType = UNSET


_DECODER = json.Decoder(_ReceiptShape)


def encode(receipt: Receipt) -> bytes:
    """The receipt as one JSON object."""
    operation = receipt.operation
    git_dir, git_dir_b64 = _text(receipt.git_dir)
    shape = _ReceiptShape(
        schema="hygiene.kept-operation/1",
        id=receipt.id,
        tool_version=receipt.tool_version,
        time=receipt.time,
        state=receipt.state,
        git_dir=git_dir,
        git_dir_b64=git_dir_b64,
        head=receipt.head,
        commit=receipt.commit,
        categories=[_CategoryShape(category, paths) for category, paths in receipt.categories],
        purged=receipt.purged,
        index=[_index_shape(edit) for edit in operation.index],
        files=[_file_shape(edit) for edit in operation.files],
        moves=[_move_shape(move) for move in operation.moves],
        ref=None if operation.ref is None else _ref_shape(operation.ref),
        contents=[_ContentShape(blob, _b64(content)) for blob, content in operation.contents],
    )
    return json.encode(shape)


def decode(text: bytes) -> Receipt:
    """The receipt that `encode` made this from. Raises `ValueError` for anything else."""
    try:
        shape = _DECODER.decode(text)
    except DecodeError as failure:
        raise ValueError(str(failure)) from failure
    if not is_id(shape.id):
        raise ValueError("it has no name that a receipt has")
    return Receipt(
        id=shape.id,
        tool_version=shape.tool_version,
        git_dir=path_from_json(shape.git_dir, _given(shape.git_dir_b64)),
        time=shape.time,
        state=shape.state,
        head=shape.head,
        operation=_operation(shape),
        commit=shape.commit,
        categories=tuple((each.category, each.paths) for each in shape.categories),
        purged=shape.purged,
    )


def _operation(shape: _ReceiptShape) -> Operation:
    return Operation(
        tuple(
            # These lead to no file: git itself looks at a path that comes into an index.
            IndexEdit(path_from_json(edit.path, _given(edit.path_b64)), _held(edit.before), _held(edit.after))
            for edit in shape.index
        ),
        tuple(
            FileEdit(_path(edit.path, edit.path_b64), _bytes(edit.before_b64), _bytes(edit.after_b64))
            for edit in shape.files
        ),
        tuple(Move(_path(move.path, move.path_b64), move.before, move.after) for move in shape.moves),
        None if shape.ref is None else _ref(shape.ref),
        tuple((BlobId(each.blob), _raw(each.content_b64)) for each in shape.contents),
    )


def _index_shape(edit: IndexEdit) -> _IndexShape:
    path, b64 = _text(edit.path)
    before = None if edit.before is None else _HeldShape(*edit.before)
    after = None if edit.after is None else _HeldShape(*edit.after)
    return _IndexShape(path, before, after, b64)


def _file_shape(edit: FileEdit) -> _FileShape:
    path, b64 = _text(edit.path)
    before = None if edit.before is None else _b64(edit.before)
    after = None if edit.after is None else _b64(edit.after)
    return _FileShape(path, before, after, b64)


def _move_shape(move: Move) -> _MoveShape:
    path, b64 = _text(move.path)
    return _MoveShape(path, move.before, move.after, b64)


def _ref_shape(ref: RefEdit) -> _RefShape:
    name, b64 = _text(ref.name)
    return _RefShape(name, ref.before, ref.after, b64)


def _text(path: str) -> tuple[str, str | UnsetType]:
    text, b64 = json_path(path)
    return text, UNSET if b64 is None else b64


def _given(b64: str | UnsetType) -> str | None:
    return None if b64 is UNSET else b64


def _path(text: str, b64: str | UnsetType) -> RepoPath:
    path = path_from_json(text, _given(b64))
    if not is_inside(bytes_of(path)):
        raise ValueError("a path leads out of the work tree")
    return path


def _held(shape: _HeldShape | None) -> Held | None:
    return None if shape is None else Held(shape.mode, BlobId(shape.blob))


def _ref(shape: _RefShape) -> RefEdit:
    return RefEdit(path_from_json(shape.name, _given(shape.name_b64)), shape.before, shape.after)


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(b64: str | None) -> bytes | None:
    return None if b64 is None else _raw(b64)


def _raw(b64: str) -> bytes:
    try:
        return base64.b64decode(b64, validate=True)
    except binascii.Error:
        raise ValueError("base64 that cannot be read") from None
