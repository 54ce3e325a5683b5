"""Where an archive comes from, as an in-toto Statement with SLSA provenance; whoever publishes it signs it."""

import hashlib
from typing import NamedTuple

from hygiene.model.package_proof import Written
from hygiene.model.packaging import PackagePlan
from hygiene.release.proof import DEFAULT_BUILDER, MANIFEST_ENDING
from hygiene.report import shape_provenance as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.json_parts import given
from hygiene.report.quoting import json_text


class Claims(NamedTuple):
    """What nobody but the user can say.

    Attributes:
        builder_id: who answers for the build; empty for the program itself.
        source_uri: where the repository is to be had; empty where that is not told.
    """

    builder_id: str = ""
    source_uri: str = ""


def statement_json(plan: PackagePlan, written: Written, manifest: str, claims: Claims) -> str:
    """The statement, unsigned, as ASCII; it says no time, so that equal arguments give equal text.

    `manifest` is the text of the archive's.
    """
    return encoded(
        shape.Statement(
            type=shape.STATEMENT_TYPE,
            subject=(shape.Descriptor(name=json_text(plan.archive_name), digest={"sha256": written.sha256}),),
            predicate_type=shape.PREDICATE_TYPE,
            predicate=shape.Provenance(
                build_definition=_definition(plan, claims.source_uri),
                run_details=_run(plan, _byproduct(plan, written, manifest), claims.builder_id),
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


def _run(plan: PackagePlan, byproduct: shape.Descriptor, builder_id: str) -> shape.RunDetails:
    builder = shape.Builder(id=json_text(builder_id) or DEFAULT_BUILDER, version={"hygiene": plan.tool_version})
    return shape.RunDetails(builder=builder, byproducts=(byproduct,))


def _byproduct(plan: PackagePlan, written: Written, manifest: str) -> shape.Descriptor:
    return shape.Descriptor(
        name=json_text(plan.archive_name) + MANIFEST_ENDING,
        digest={"sha256": hashlib.sha256(manifest.encode("ascii")).hexdigest()},
        media_type="application/json",
        annotations={"contentDigest": written.content_digest},
    )
