"""The receipts of a work tree as JSON of the schema `hygiene.untrack-receipts/1`."""

from collections.abc import Sequence

from hygiene.model.json_path import json_path
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import Held, Receipt, RefEdit
from hygiene.report import shape_receipts as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.json_parts import given, schema_of
from hygiene.report.quoting import json_text
from hygiene.report.shape_v1 import Tool
from hygiene.report.untrack_json import plain_path


def receipts_json(receipts: Sequence[Receipt], strangers: Sequence[str], tool_version: str) -> str:
    """All of them, in their order, two spaces a level, as ASCII; `strangers` are files that are no receipts."""
    return encoded(
        shape.Receipts(
            schema=shape.SCHEMA,
            tool=_tool(tool_version),
            receipts=tuple(map(_receipt, receipts)),
            strangers=tuple(plain_path(RepoPath(name)) for name in strangers),
        )
    )


def receipts_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `receipts_json` writes, as it is committed in `schemas/`."""
    return schema_of(shape.SCHEMA, shape.Receipts)


def _receipt(receipt: Receipt) -> shape.Receipt:
    operation = receipt.operation
    return shape.Receipt(
        id=json_text(receipt.id),
        tool=_tool(receipt.tool_version),
        time=receipt.time,
        state=receipt.state,
        head=receipt.head,
        commit=receipt.commit,
        reference=None if operation.ref is None else _reference(operation.ref),
        categories=tuple(shape.CategoryCount(category=category, paths=paths) for category, paths in receipt.categories),
        untracked=tuple(
            _untracked(path, before) for path, before, after in operation.index if before is not None and after is None
        ),
        written=tuple(plain_path(edit.path) for edit in operation.files),
        trashed=tuple(plain_path(move.path) for move in operation.moves),
        purged=receipt.purged,
    )


def _tool(version: str) -> Tool:
    return Tool(name="hygiene", version=version)


def _untracked(path: RepoPath, held: Held) -> shape.Untracked:
    text, b64 = json_path(path)
    return shape.Untracked(path=text, path_b64=given(b64), mode=held.mode, blob=held.blob)


def _reference(edit: RefEdit) -> shape.Reference:
    return shape.Reference(name=json_text(edit.name), before=edit.before, after=edit.after)
