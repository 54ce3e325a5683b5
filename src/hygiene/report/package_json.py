"""The plan of a package as JSON of the schema `hygiene.package-plan/1`."""

from collections import Counter

from hygiene.model.json_path import json_path
from hygiene.model.packaging import Chosen, Line, Omission, PackagePlan, Source
from hygiene.report import shape_package as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.json_parts import finding_shaper, given, schema_of, waived
from hygiene.report.package_grouping import Gone, Patch, left_out_patches
from hygiene.report.package_json_parts import by_kind, package, refusal
from hygiene.report.package_wording import note_words
from hygiene.report.quoting import json_text
from hygiene.report.shape_v1 import Tool
from hygiene.report.style import TextStyle


def render_package_json(plan: PackagePlan, style: TextStyle) -> str:  # noqa: ARG001  # all forms are asked alike
    """The whole plan, every chosen file, two spaces a level, as ASCII; equal text for equal plans."""
    return encoded(_plan(plan))


def package_plan_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `render_package_json` writes, as it is committed in `schemas/`."""
    return schema_of(shape.PLAN_SCHEMA, shape.Plan)


def _plan(plan: PackagePlan) -> shape.Plan:
    shaped = finding_shaper()
    lines = {line: _line(line) for line in {each.line for each in plan.chosen}}
    return shape.Plan(
        schema=shape.PLAN_SCHEMA,
        tool=Tool(name="hygiene", version=plan.tool_version),
        archive=_archive(plan),
        source=_source(plan.source),
        package=package(plan),
        rules_digest=plan.rules_digest,
        policy=tuple(json_text(str(file)) for file in plan.policy),
        chosen=tuple(_chosen(each, lines[each.line]) for each in plan.chosen),
        left_out=tuple(map(_left_out, left_out_patches(plan))),
        refusals=tuple(map(refusal, plan.refusals)),
        waived=tuple(waived(each, shaped) for each in plan.waived),
        undecided=tuple(map(shaped, plan.undecided)),
        notes=tuple(json_text(note_words(note, str)) for note in plan.notes),
        summary=_summary(plan),
    )


def _archive(plan: PackagePlan) -> shape.Archive:
    return shape.Archive(
        name=json_text(plan.archive_name),
        format=plan.form.format,
        storing=plan.form.storing,
        prefix=json_text(plan.form.prefix),
        time=plan.form.time,
    )


def _source(source: Source) -> shape.Source:
    return shape.Source(
        revision=json_text(source.revision),
        commit=source.commit,
        tree=source.tree,
        object_format="sha256" if source.object_format == "sha256" else "sha1",
        time=source.time,
    )


def _chosen(chosen: Chosen, line: shape.ListLine) -> shape.ChosenFile:
    path, source = json_path(chosen.path), json_path(chosen.source)
    return shape.ChosenFile(
        path=path.text,
        path_b64=given(path.b64),
        source=source.text,
        source_b64=given(source.b64),
        mode=chosen.mode,
        blob=chosen.blob,
        size=chosen.size,
        chosen_by=line,
    )


def _line(line: Line) -> shape.ListLine:
    origin = line.origin
    return shape.ListLine(
        pattern=json_text(line.text),
        file=json_text(origin.file),
        line=given(origin.line),
        revision=given(json_text(origin.revision) or None),
    )


def _left_out(patch: Patch[Gone]) -> shape.LeftOut:
    path = json_path(patch.path)
    return shape.LeftOut(
        path=path.text,
        path_b64=given(path.b64),
        why=patch.key.why,
        by=None if patch.key.by is None else _line(patch.key.by),
        count=patch.files,
        size=patch.size,
    )


def _summary(plan: PackagePlan) -> shape.PlanSummary:
    number = Counter(each.why for each in plan.left_out)
    return shape.PlanSummary(
        files=len(plan.chosen),
        bytes=plan.size,
        left_out={why.value: number[why] for why in Omission},
        refusals=by_kind(plan.refusals),
        waived=len(plan.waived),
        undecided=len(plan.undecided),
    )
