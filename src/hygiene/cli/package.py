"""`hygiene package`: a release archive of a commit, with its proof; or what it would hold, or whether one is right."""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace

import click

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.cli.package_options import Options, package_options
from hygiene.cli.terminal import palette, progress, say, width, write_out
from hygiene.errors import ArchiveRefused, ExitStatus, PackageRefused
from hygiene.model.release import PackagePlan, Written
from hygiene.report import PACKAGE_DIFF_FORMATS, PACKAGE_FORMATS, VERIFY_FORMATS
from hygiene.report.built_text import built_text
from hygiene.report.checksum_text import checksum_text
from hygiene.report.package_manifest import manifest_json
from hygiene.report.provenance import MANIFEST_ENDING, statement_json
from hygiene.report.style import TextStyle
from hygiene.wiring.package import Built, PackageAsked, Packager, Place

_CHECKSUM_ENDING = ".sha256"
_STATEMENT_ENDING = ".intoto.json"


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
    packager = Packager(wiring.repository(options.repository, Reader.AUTO), progress(quiet=options.quiet))
    ordered = packager.order(options.revision, _sources(options), _asked(options))
    if options.builds:
        built = packager.build(ordered, _place(options), lambda plan, written: _proof(options, plan, written))
        _tell(options, built)
    else:
        _tell_plan(options, packager.plan(ordered))


# … continues
