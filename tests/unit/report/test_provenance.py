"""A provenance is what in-toto and SLSA say one is."""

import hashlib
import json

import pytest
from google.protobuf.json_format import ParseDict
from in_toto_attestation.predicates.provenance.v1.provenance_pb2 import Provenance
from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementMessage

from hygiene.model.packaging import PackagePlan
from hygiene.report.package_manifest import manifest_json
from hygiene.report.provenance import Claims, statement_json
from tests.fakes.packages import COMMIT, full_package_plan, package_plan, written

PLAN = full_package_plan(target="docs")
URI = "git+https://example.org/demo"


def stated(plan: PackagePlan = PLAN, builder_id: str = "https://ci.example/7", source_uri: str = URI) -> str:
    archive = written(plan)
    return statement_json(plan, archive, manifest_json(plan, archive), Claims(builder_id, source_uri))


def parsed(text: str) -> tuple[StatementMessage, Provenance]:
    """As their own types, which refuse keys that they do not know."""
    message = ParseDict(json.loads(text), StatementMessage())
    Statement.copy_from_pb(message).validate()
    return message, ParseDict(json.loads(text)["predicate"], Provenance())


def test_it_is_a_statement_about_the_archive() -> None:
    message, _ = parsed(stated())
    assert message.predicate_type == "https://slsa.dev/provenance/v1"
    (subject,) = message.subject
    assert (subject.name, dict(subject.digest)) == ("demo-1.2.0.zip", {"sha256": written(PLAN).sha256})


def test_the_predicate_is_slsa_provenance() -> None:
    _, provenance = parsed(stated())
    definition, run = provenance.build_definition, provenance.run_details
    assert definition.build_type.startswith("https://")
    assert definition.external_parameters["target"] == "docs"
    assert definition.external_parameters["version"] == "1.2.0"
    assert definition.external_parameters["format"] == "zip"
    assert definition.external_parameters["storing"] == "deflated"
    assert definition.internal_parameters["rulesDigest"] == PLAN.rules_digest
    (source,) = definition.resolved_dependencies
    assert (source.uri, source.digest["gitCommit"]) == (URI, COMMIT)
    assert run.builder.id == "https://ci.example/7"
    assert not run.HasField("metadata")
    for descriptor in (*definition.resolved_dependencies, *run.byproducts):
        ResourceDescriptor.copy_from_pb(descriptor).validate()


def test_the_manifest_is_a_byproduct_by_its_digest() -> None:
    _, provenance = parsed(stated())
    (manifest,) = provenance.run_details.byproducts
    text = manifest_json(PLAN, written(PLAN))
    assert manifest.name == "demo-1.2.0.zip.manifest.json"
    assert manifest.digest["sha256"] == hashlib.sha256(text.encode("ascii")).hexdigest()
    assert manifest.annotations["contentDigest"] == json.loads(text)["content_digest"]


def test_what_nobody_says_is_not_made_up() -> None:
    _, provenance = parsed(stated(package_plan(), "", ""))
    (source,) = provenance.build_definition.resolved_dependencies
    assert source.uri == ""
    assert "target" not in provenance.build_definition.external_parameters.fields
    assert provenance.run_details.builder.id == "https://github.com/OWNER/hygiene"


@pytest.mark.parametrize("revision", ["HEAD", "main"])
def test_it_is_the_same_however_the_commit_was_named(revision: str) -> None:
    plan = full_package_plan(target="docs", source=PLAN.source._replace(revision=revision))
    assert stated(plan) == stated()
