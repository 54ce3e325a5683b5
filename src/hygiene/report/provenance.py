"""Where an archive comes from, as an in-toto Statement with SLSA provenance; whoever publishes it signs it."""

import hashlib

from hygiene.model.release import PackagePlan, Written
from hygiene.release.content import content_digest
from hygiene.release.proof import DEFAULT_BUILDER, MANIFEST_ENDING
from hygiene.report import shape_provenance as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.json_parts import given
from hygiene.report.package_manifest import manifest_json
from hygiene.report.quoting import json_text


def statement_json(plan: PackagePlan, written: Written, builder_id: str, source_uri: str) -> str:
    """The statement, unsigned, as ASCII; it says no time, so that equal arguments give equal text.

    An empty `builder_id` stands for the program itself, an empty `source_uri` for a repository that is not told.
    """
    return encoded(
        shape.Statement(
            type=shape.STATEMENT_TYPE,
            subject=(shape.Descriptor(name=json_text(plan.archive_name), digest={"sha256": written.sha256}),),
            predicate_type=shape.PREDICATE_TYPE,
            predicate=shape.Provenance(
                build_definition=_definition(plan, source_uri), run_details=_run(plan, written, builder_id)
            ),
        )
    )


def _definition(plan: PackagePlan, source_uri: str) -> shape.Definition:
    return shape.Definition(
        build_type=shape.BUILD_TYPE,
        external_parameters=shape.External(
            name=plan.name,
            version=plan.version,
            target=given(None if plan.target is None else json_text(plan.target)),
            format=plan.form.format,
            storing=plan.form.storing,
            prefix=plan.form.prefix,
            entry_time=plan.form.time,
        ),
        internal_parameters=shape.Internal(tool_version=plan.tool_version, rules_digest=plan.rules_digest),
        resolved_dependencies=(
            shape.Descriptor(
                name="source",
                uri=given(json_text(source_uri) or None),
                digest={"gitCommit": plan.source.commit, "gitTree": plan.source.tree},
            ),
        ),
    )


def _run(plan: PackagePlan, written: Written, builder_id: str) -> shape.RunDetails:
    manifest = manifest_json(plan, written).encode("ascii")
    return shape.RunDetails(
        builder=shape.Builder(id=json_text(builder_id) or DEFAULT_BUILDER, version={"hygiene": plan.tool_version}),
        byproducts=(
            shape.Descriptor(
                name=json_text(plan.archive_name) + MANIFEST_ENDING,
                digest={"sha256": hashlib.sha256(manifest).hexdigest()},
                media_type="application/json",
                annotations={"contentDigest": content_digest(written.entries)},
            ),
        ),
    )
