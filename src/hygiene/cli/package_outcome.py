"""What comes of `hygiene package`: the proof beside an archive, and what is said of it, or of why there is none."""

from collections.abc import Mapping

from hygiene.cli.package_options import Options
from hygiene.cli.package_request import style
from hygiene.model.package_proof import Written
from hygiene.model.packaging import PackagePlan
from hygiene.release.checksum import Checksum, checksum_line
from hygiene.release.proof import CHECKSUM_ENDING, MANIFEST_ENDING, STATEMENT_ENDING
from hygiene.report import PACKAGE_FORMATS
from hygiene.report.built_text import built_text, refused_text
from hygiene.report.package_manifest import manifest_json


def proof(options: Options, plan: PackagePlan, written: Written) -> Mapping[str, bytes]:
    """The small files that lie beside the archive, by what follows its name."""
    manifest = manifest_json(plan, written)
    checksum = checksum_line(Checksum(written.sha256, plan.archive_name))
    beside = {MANIFEST_ENDING: manifest, CHECKSUM_ENDING: checksum}
    if options.attest:
        # Imported here: few archives have one.
        from hygiene.report.provenance import Claims, statement_json  # noqa: PLC0415

        claims = Claims(options.builder_id or "", options.source_uri or "")
        beside[STATEMENT_ENDING] = statement_json(plan, written, manifest, claims)
    return {ending: text.encode("utf-8", "surrogateescape") for ending, text in beside.items()}


def told(options: Options, plan: PackagePlan, written: Written, beside: Mapping[str, bytes]) -> str:
    """What is said of an archive that was built."""
    if options.format_name == "json":
        return beside[MANIFEST_ENDING].decode("ascii")
    return built_text(plan, written, str(options.folder / plan.archive_name), beside)


def refused(options: Options, plan: PackagePlan) -> str:
    """What is said where none was."""
    if options.format_name == "json":
        return PACKAGE_FORMATS["json"](plan, style(options))
    return refused_text(plan)
