"""The manifest beside an archive, as JSON of the schema `hygiene.package/1`; `release.manifest_reading` reads it."""

from hygiene.model.finding import Finding
from hygiene.model.json_path import json_path
from hygiene.model.package_proof import Packed, Written
from hygiene.model.packaging import Chosen, Line, PackagePlan
from hygiene.model.paths import leaves_root, name_of
from hygiene.model.permit import Origin, Waived
from hygiene.release import manifest_shape as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.json_parts import given, schema_of
from hygiene.report.package_grouping import Gone, Patch, left_out_patches
from hygiene.report.package_json_parts import package
from hygiene.report.quoting import json_text


def manifest_json(plan: PackagePlan, written: Written) -> str:
    """What was planned and what was written, two spaces a level, as ASCII.

    The same commit and the same settings give equal text, whatever the machine and however the commit was named.
    `written` holds the entries of the plan.
    """
    return encoded(_manifest(plan, written))


def package_schema() -> str:
    """The JSON Schema (draft 2020-12) of a manifest, as it is committed in `schemas/`."""
    return schema_of(shape.SCHEMA, shape.Manifest)


def _manifest(plan: PackagePlan, written: Written) -> shape.Manifest:
    chosen = {each.path: each for each in plan.chosen}
    lines = {line: _line(line) for line in {each.line for each in plan.chosen}}
    return shape.Manifest(
        schema=shape.SCHEMA,
        tool=shape.Tool(name="hygiene", version=plan.tool_version),
        archive=_archive(plan, written),
        source=_source(plan),
        package=package(plan),
        rules_digest=plan.rules_digest,
        policy=tuple(_policy_file(file, plan.source.commit) for file in plan.policy),
        content_digest=written.content_digest,
        entries=tuple(_entry(each, chosen[each.path], lines) for each in written.entries),
        left_out=tuple(map(_left_out, left_out_patches(plan))),
        waived=tuple(map(_waived, plan.waived)),
        undecided=tuple(map(_undecided, plan.undecided)),
    )


def _archive(plan: PackagePlan, written: Written) -> shape.Archive:
    return shape.Archive(
        name=json_text(plan.archive_name),
        format=plan.form.format,
        storing=plan.form.storing,
        prefix=plan.form.prefix,
        time=plan.form.time,
        size=written.size,
        sha256=written.sha256,
    )


def _source(plan: PackagePlan) -> shape.Source:
    source = plan.source
    return shape.Source(
        commit=source.commit,
        tree=source.tree,
        object_format="sha256" if source.object_format == "sha256" else "sha1",
        time=source.time,
    )


def _entry(packed: Packed, chosen: Chosen, lines: dict[Line, shape.Line]) -> shape.Entry:
    path = json_path(packed.path)
    return shape.Entry(
        path=path.text,
        path_b64=given(path.b64),
        mode=packed.mode,
        size=packed.size,
        blob=packed.blob,
        sha256=packed.sha256,
        chosen_by=lines[chosen.line],
    )


def _line(line: Line) -> shape.Line:
    return shape.Line(pattern=json_text(line.text), file=_place(line.origin.file), line=given(line.origin.line))


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


def _waived(waived: Waived) -> shape.Waived:
    path, (_, waiver) = json_path(waived.finding.path), waived
    return shape.Waived(
        path=path.text,
        path_b64=given(path.b64),
        rule=waiver.rule,
        reason=json_text(waiver.reason),
        where=_place(str(waiver.origin._replace(revision=""))),
        expires=None if waiver.expires is None else waiver.expires.isoformat(),
    )


def _undecided(finding: Finding) -> shape.Undecided:
    path = json_path(finding.path)
    return shape.Undecided(
        path=path.text, path_b64=given(path.b64), rule=finding.rule, confidence=finding.confidence.word
    )


def _policy_file(file: Origin, commit: str) -> str:
    """A file by its name, and by the commit that it is of, where that is another one than the package's."""
    is_of_another = len(file.revision) == len(commit) and file.revision != commit
    return f"{file.revision}:{_place(file.file)}" if is_of_another else _place(file.file)


def _place(place: str) -> str:
    """The place for a file that others read: of what lies outside the repository only the name."""
    return json_text(name_of(place) if leaves_root(place) else place)
