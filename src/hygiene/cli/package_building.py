"""`hygiene package` itself: writes the archive and its proof, or tells every reason why not."""

from collections.abc import Mapping
from functools import partial

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.cli.package_options import Options
from hygiene.cli.package_request import asked, sources, style
from hygiene.cli.terminal import progress, write_out
from hygiene.errors import PackageRefused
from hygiene.model.package_proof import Written
from hygiene.model.packaging import PackagePlan
from hygiene.release.checksum import Checksum, checksum_line
from hygiene.release.proof import CHECKSUM_ENDING, MANIFEST_ENDING, STATEMENT_ENDING
from hygiene.report import PACKAGE_FORMATS
from hygiene.report.built_text import built_text, refused_text
from hygiene.report.package_manifest import manifest_json
from hygiene.wiring.package import Packager, Place


def build(options: Options) -> None:
    """Raises `PackageRefused` after the reasons were told, and what building raises."""
    packager = Packager(wiring.repository(options.repository, Reader.AUTO), progress(quiet=options.quiet))
    place = Place(options.folder, options.force)
    built = packager.build(asked(options), sources(options), place, partial(_proof, options))
    if built.written is None:
        write_out(_refused(options, built.plan))
        raise PackageRefused(built.plan.archive_name, len(built.plan.refusals))
    write_out(_told(options, built.plan, built.written, built.beside))


def _proof(options: Options, plan: PackagePlan, written: Written) -> Mapping[str, bytes]:
    manifest = manifest_json(plan, written)
    checksum = checksum_line(Checksum(written.sha256, plan.archive_name))
    beside = {MANIFEST_ENDING: manifest, CHECKSUM_ENDING: checksum}
    if options.attest:
        # Imported here: few archives have one.
        from hygiene.report.provenance import Claims, statement_json  # noqa: PLC0415

        claims = Claims(options.builder_id or "", options.source_uri or "")
        beside[STATEMENT_ENDING] = statement_json(plan, written, manifest, claims)
    return {ending: text.encode("utf-8", "surrogateescape") for ending, text in beside.items()}


def _told(options: Options, plan: PackagePlan, written: Written, beside: Mapping[str, bytes]) -> str:
    if options.format_name == "json":
        return beside[MANIFEST_ENDING].decode("ascii")
    return built_text(plan, written, str(options.folder / plan.archive_name), beside)


def _refused(options: Options, plan: PackagePlan) -> str:
    if options.format_name == "json":
        return PACKAGE_FORMATS["json"](plan, style(options))
    return refused_text(plan)
