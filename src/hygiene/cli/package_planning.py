"""`hygiene package --list` and `--diff`: what an archive would hold, and what is new in it. Nothing is written."""

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.cli.package_options import Options
from hygiene.cli.package_request import asked, sources, style
from hygiene.cli.terminal import progress, say, write_out
from hygiene.errors import PackageRefused
from hygiene.model.packaging import PackagePlan
from hygiene.ports import HistoricRepository
from hygiene.report import PACKAGE_DIFF_FORMATS, PACKAGE_FORMATS
from hygiene.report.refusal_lines import refusal_lines
from hygiene.wiring.package import Packager


def show(options: Options) -> None:
    """Raises `PackageRefused` at its end where a build would, and what planning raises."""
    plan = _planned(options, wiring.repository(options.repository, Reader.AUTO))
    write_out(PACKAGE_FORMATS[options.format_name](plan, style(options)))
    _require_no_refusal(plan)


def compare(options: Options) -> None:
    """Raises the same, and `UnreadableArchive`, `BrokenArchive` or `BrokenManifest` for an earlier one that is none."""
    # Imported here: a plan alone reads no archive.
    from hygiene.wiring.verification import Verifier  # noqa: PLC0415

    opened = wiring.repository(options.repository, Reader.AUTO)
    plan = _planned(options, opened)
    difference = Verifier(opened, progress(quiet=options.quiet)).compare(options.earlier, plan)
    write_out(PACKAGE_DIFF_FORMATS[options.format_name](difference, style(options)))
    for line in refusal_lines(plan.refusals):
        say(line)
    _require_no_refusal(plan)


def _planned(options: Options, opened: HistoricRepository) -> PackagePlan:
    packager = Packager(opened, progress(quiet=options.quiet))
    return packager.plan(packager.order(asked(options), sources(options)))


def _require_no_refusal(plan: PackagePlan) -> None:
    """What only looks ends as a build would."""
    if plan.refusals:
        raise PackageRefused(plan.archive_name, len(plan.refusals))
