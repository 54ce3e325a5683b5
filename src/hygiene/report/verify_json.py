"""What a look into an archive told, as JSON of the schema `hygiene.package-verify/1`."""

from hygiene.model.verification import Check, Verification
from hygiene.report import shape_package as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.json_parts import finding_shaper, schema_of
from hygiene.report.package_json_parts import by_kind, refusal
from hygiene.report.quoting import json_text
from hygiene.report.style import TextStyle


def render_verify_json(told: Verification, style: TextStyle) -> str:  # noqa: ARG001  # all forms are asked alike
    """All of it, two spaces a level, as ASCII; equal text for equal verifications."""
    return encoded(_verify(told))


def package_verify_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `render_verify_json` writes, as it is committed in `schemas/`."""
    return schema_of(shape.VERIFY_SCHEMA, shape.Verify)


def _verify(told: Verification) -> shape.Verify:
    return shape.Verify(
        schema=shape.VERIFY_SCHEMA,
        archive=json_text(told.archive),
        kind=told.kind,
        format=told.format,
        entries=told.entries,
        size=told.size,
        sha256=told.sha256,
        content_digest=told.content_digest,
        verdict="refused" if told.is_refused else "accepted",
        checks=tuple(map(_check, told.checks)),
        refusals=tuple(map(refusal, told.refusals)),
        undecided=tuple(map(finding_shaper(), told.undecided)),
        by_kind=by_kind(told.refusals),
    )


def _check(check: Check) -> shape.Check:
    return shape.Check(what=check.what, state=check.state, text=json_text(check.text))
