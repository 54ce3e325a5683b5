"""A purge plan as JSON of the schema `hygiene.purge/1`."""

from collections.abc import Iterable

from msgspec import UNSET

from hygiene.model.history import Root
from hygiene.model.json_path import json_path
from hygiene.model.purge import PurgedPath, PurgePlan, Spared
from hygiene.report import shape_purge as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.json_parts import gap, given, schema_of
from hygiene.report.purge_wording import INPUTS
from hygiene.report.quoting import json_text
from hygiene.report.shape_v1 import Tool


def render_purge_json(plan: PurgePlan) -> str:
    """The plan, two spaces a level, as ASCII; the same text for the same plan."""
    return encoded(_plan(plan))


def purge_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `render_purge_json` writes, as it is committed in `schemas/`."""
    return schema_of(shape.SCHEMA, shape.Plan)


def _plan(plan: PurgePlan) -> shape.Plan:
    saving = plan.saving
    return shape.Plan(
        schema=shape.SCHEMA,
        tool=Tool(name="hygiene", version=plan.tool_version),
        rewriter=plan.tool,
        input=INPUTS[plan.tool],
        selected=tuple(json_text(str(each)) for each in plan.criteria),
        scope=json_text(plan.scope),
        head=plan.head,
        paths=tuple(map(_path, plan.paths)),
        blobs=tuple(plan.blobs),
        spared=tuple(map(_spared, plan.spared)),
        saving=shape.Saving(blobs=saving.blobs, bytes=saving.size, stored=saving.stored, unsized=saving.unsized),
        commits=plan.reach.commits,
        rewritten=plan.reach.rewritten,
        adorned=plan.reach.adorned,
        references=_references(plan.reach.roots),
        pull_requests=_references(plan.reach.pulls),
        incomplete=tuple(map(gap, plan.incomplete)),
    )


def _path(path: PurgedPath) -> shape.PurgedPath:
    text, b64 = json_path(path.path)
    return shape.PurgedPath(
        path=text,
        path_b64=given(b64),
        rule=path.rule,
        category=path.category,
        confidence=path.confidence.word,
        at_head=path.at_head,
        versions=path.versions,
        innocent=path.innocent,
        was_folder=path.was_folder,
        stored=path.stored,
        freed=path.freed,
    )


def _spared(spared: Spared) -> shape.SparedBlob:
    path, b64 = json_path(spared.path)
    other = None if spared.other is None else json_path(spared.other)
    return shape.SparedBlob(
        blob=spared.blob,
        path=path,
        path_b64=given(b64),
        why=spared.why,
        other=UNSET if other is None else other.text,
        other_b64=UNSET if other is None else given(other.b64),
    )


def _references(roots: Iterable[Root]) -> tuple[shape.Reference, ...]:
    return tuple(shape.Reference(name=json_text(root.name), object=root.object_id) for root in roots)
