"""A purge plan as JSON of the schema `hygiene.purge/1`."""

import json
from collections.abc import Iterable

import msgspec
from msgspec import UNSET, UnsetType

from hygiene.model.history import Root
from hygiene.model.inventory import Gap
from hygiene.model.json_path import json_path
from hygiene.model.purge import PurgedPath, PurgePlan, Spared
from hygiene.report import shape_purge as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.purge_wording import INPUTS
from hygiene.report.quoting import json_text
from hygiene.report.shape_v1 import Gap as GapShape
from hygiene.report.shape_v1 import Tool


def render_purge_json(plan: PurgePlan) -> str:
    """The plan, two spaces a level, as ASCII; the same text for the same plan."""
    return encoded(_plan(plan))


def purge_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `render_purge_json` writes, as it is committed in `schemas/`."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": shape.SCHEMA}
    return json.dumps(schema | msgspec.json.schema(shape.Plan), indent=2) + "\n"


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
        references=_references(plan.reach.roots),
        pull_requests=_references(plan.reach.pulls),
        incomplete=tuple(map(_gap, plan.incomplete)),
    )


def _path(path: PurgedPath) -> shape.PurgedPath:
    text, b64 = json_path(path.path)
    return shape.PurgedPath(
        path=text,
        path_b64=_given(b64),
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
    other, other_b64 = _where(spared.other)
    return shape.SparedBlob(
        blob=spared.blob,
        path=path,
        path_b64=_given(b64),
        why=spared.why,
        other=other,
        other_b64=other_b64,
    )


def _references(roots: Iterable[Root]) -> tuple[shape.Reference, ...]:
    return tuple(shape.Reference(name=json_text(root.name), object=root.object_id) for root in roots)


def _gap(gap: Gap) -> GapShape:
    path, b64 = _where(gap.path)
    return GapShape(reason=json_text(gap.reason), help=json_text(gap.help), path=path, path_b64=b64)


def _where(path: str | None) -> tuple[str | UnsetType, str | UnsetType]:
    if path is None:
        return UNSET, UNSET
    text, b64 = json_path(path)
    return text, _given(b64)


def _given(b64: str | None) -> str | UnsetType:
    return UNSET if b64 is None else b64
