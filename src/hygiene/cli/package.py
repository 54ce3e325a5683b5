"""`hygiene package`: a release archive of a commit, with its proof; or what it would hold, or whether one is right."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.cli.package_options import Options, package_options
from hygiene.cli.terminal import palette, progress, say, width, write_out
from hygiene.errors import ArchiveRefused, ExitStatus, NotARepository, PackageRefused
from hygiene.model.release import PackagePlan, Written
from hygiene.policy.configuration.file import own_table
from hygiene.ports import HistoricRepository
from hygiene.report import PACKAGE_DIFF_FORMATS, PACKAGE_FORMATS, VERIFY_FORMATS
from hygiene.report.built_text import built_text
from hygiene.report.checksum_text import checksum_text
from hygiene.report.first_package import first_package
from hygiene.report.package_manifest import manifest_json
from hygiene.report.provenance import MANIFEST_ENDING, statement_json
from hygiene.report.refusal_lines import refusal_lines
from hygiene.report.style import TextStyle
from hygiene.wiring.package import Built, PackageAsked, Packager, Place
from hygiene.wiring.verification import Verifier, VerifyAsked

_CHECKSUM_ENDING = ".sha256"
_STATEMENT_ENDING = ".intoto.json"

_LATEST = 253402300799
_DIGITS = 12
"""The last second of the year 9999, and how many digits it has: no format knows later times."""


@click.command(short_help="Build a release archive that holds only what should ship.")
@package_options
@click.pass_context
def package(context: click.Context, /, **given: object) -> None:
    """Write an archive of a commit of the repository at or above REPO, with what [package] of its configuration names.

    Nothing of the work tree gets in, and nothing that the rules deny a release: then nothing is written, and every
    reason is told at once. Beside the archive lie a manifest of every entry and a checksum.
    """
    options = Options(**given)  # type: ignore[arg-type]  # click has checked each against the declarations
    if options.verify is not None:
        _verify(options)
    elif options.init:
        _propose(options)
    else:
        _package(options)
    context.exit(ExitStatus.CLEAN)


def _package(options: Options) -> None:
    opened = wiring.repository(options.repository, Reader.AUTO)
    packager = Packager(opened, progress(quiet=options.quiet))
    order = packager.order(_asked(options), _sources(options))
    if options.builds:
        place = Place(options.folder, options.force)
        _tell(options, packager.build(order, place, lambda plan, written: _proof(options, plan, written)))
        return
    plan = packager.plan(order)
    if options.diff is not None:
        difference = Verifier(opened, progress(quiet=options.quiet)).compare(options.diff, plan)
        write_out(PACKAGE_DIFF_FORMATS[options.format_name](difference, _style(options)))
    else:
        write_out(PACKAGE_FORMATS[options.format_name](plan, _style(options)))
    _require_no_refusal(plan)


def _propose(options: Options) -> None:
    packager = Packager(wiring.repository(options.repository, Reader.AUTO), progress(quiet=options.quiet))
    proposed = packager.propose(options.revision, _sources(options))
    if proposed.is_there:
        say(f"note: {proposed.file} says already what to package; a second [package] cannot stand beside it")
    write_out(first_package(proposed.proposal, own_table(Path(proposed.file).name)))


def _verify(options: Options) -> None:
    verifier = Verifier(_repository_beside(options), progress(quiet=options.quiet))
    asked = VerifyAsked(options.verify or Path(), options.manifest, options.rev, options.target)
    told = verifier.verify(asked, _sources(options))
    write_out(VERIFY_FORMATS[options.format_name](told, _style(options)))
    if told.refusals:
        raise ArchiveRefused(told.archive, len(told.refusals))


def _repository_beside(options: Options) -> HistoricRepository | None:
    """The repository to compare with. Only the current folder may be none: another one was meant to be."""
    try:
        return wiring.repository(options.repository, Reader.AUTO)
    except NotARepository:
        if options.repository != Path():
            raise
        return None


def _asked(options: Options) -> PackageAsked:
    return PackageAsked(
        revision=options.revision,
        target=options.target,
        version=options.version,
        archive=options.archive,
        format=options.form,
        storing=options.storing,
        time=_entry_time(os.environ),
    )


def _entry_time(environment: Mapping[str, str]) -> int | None:
    """What SOURCE_DATE_EPOCH says, if it is set.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    said = environment.get("SOURCE_DATE_EPOCH", "")
    if not said:
        return None
    if not (said.isascii() and said.isdigit()) or int(said[:_DIGITS]) > _LATEST or len(said) > _DIGITS:
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {said[:40]!r}; it must be a number of seconds since 1970")
    return int(said)


def _sources(options: Options) -> wiring.PolicySources:
    return wiring.PolicySources(options.config, not options.no_config, options.policy_rev, options.rules)


def _proof(options: Options, plan: PackagePlan, written: Written) -> Mapping[str, bytes]:
    beside = {
        MANIFEST_ENDING: manifest_json(plan, written),
        _CHECKSUM_ENDING: checksum_text(written, plan.archive_name),
    }
    if options.attest:
        builder, source = options.builder_id or "", options.source_uri or ""
        beside[_STATEMENT_ENDING] = statement_json(plan, written, builder, source)
    return {ending: text.encode("utf-8", "surrogateescape") for ending, text in beside.items()}


def _tell(options: Options, built: Built) -> None:
    if built.written is None:
        write_out(_refused(options, built.plan))
        raise PackageRefused(built.plan.archive_name, len(built.plan.refusals))
    if options.format_name == "json":
        write_out(manifest_json(built.plan, built.written))
    else:
        destination = str(options.folder / built.plan.archive_name)
        write_out(built_text(built.plan, built.written, destination, _proof(options, built.plan, built.written)))


def _refused(options: Options, plan: PackagePlan) -> str:
    if options.format_name == "json":
        return PACKAGE_FORMATS["json"](plan, _style(options))
    return "".join(f"{line}\n" for line in refusal_lines(plan.refusals))


def _require_no_refusal(plan: PackagePlan) -> None:
    """What only looks ends as a build would."""
    if plan.refusals:
        raise PackageRefused(plan.archive_name, len(plan.refusals))


def _style(options: Options) -> TextStyle:
    return TextStyle(palette(options.color, sys.stdout, os.environ), width(sys.stdout))
