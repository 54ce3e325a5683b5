"""How a package differs from an earlier one, as JSON of the schema `hygiene.package-diff/1`."""

from collections import Counter

from hygiene.model.json_path import json_path
from hygiene.model.package_proof import Delta, DeltaKind, PackageDiff
from hygiene.report import shape_package as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.json_parts import given, schema_of
from hygiene.report.quoting import json_text
from hygiene.report.style import TextStyle


def render_package_diff_json(diff: PackageDiff, style: TextStyle) -> str:  # noqa: ARG001  # all forms are asked alike
    """All of it, two spaces a level, as ASCII; equal text for equal differences."""
    return encoded(_diff(diff))


def package_diff_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `render_package_diff_json` writes, as it is committed in `schemas/`."""
    return schema_of(shape.DIFF_SCHEMA, shape.Diff)


def _diff(diff: PackageDiff) -> shape.Diff:
    number = Counter(each.kind for each in diff.deltas)
    return shape.Diff(
        schema=shape.DIFF_SCHEMA,
        old=json_text(diff.old),
        new=json_text(diff.new),
        deltas=tuple(map(_delta, diff.deltas)),
        summary=shape.DiffSummary(
            added=number[DeltaKind.ADDED],
            removed=number[DeltaKind.REMOVED],
            changed=number[DeltaKind.CHANGED],
            unchanged=diff.unchanged,
            bytes_before=diff.before,
            bytes_after=diff.after,
        ),
    )


def _delta(delta: Delta) -> shape.Delta:
    path = json_path(delta.path)
    return shape.Delta(
        path=path.text,
        path_b64=given(path.b64),
        kind=delta.kind,
        before=delta.before,
        after=delta.after,
        mode=given(delta.mode or None),
    )
