"""`hygiene package` itself: writes the archive and its proof, or tells every reason why not."""

from functools import partial

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.cli.package_options import Options
from hygiene.cli.package_request import asked, sources
from hygiene.cli.terminal import progress, write_out
from hygiene.errors import PackageRefused
from hygiene.wiring.package import Packager, Place, Proof


def build(options: Options) -> None:
    """Raises `PackageRefused` after the reasons were told, and what building raises."""
    packager = Packager(wiring.repository(options.repository, Reader.AUTO), progress(quiet=options.quiet))
    place = Place(options.folder, options.force)
    built = packager.build(asked(options), sources(options), place, partial(_prover, options))
    from hygiene.cli.package_outcome import refused, told  # noqa: PLC0415 - as below

    if built.written is None:
        write_out(refused(options, built.plan))
        raise PackageRefused(built.plan.archive_name, len(built.plan.refusals))
    write_out(told(options, built.plan, built.written, built.beside))


def _prover(options: Options) -> Proof:
    """What makes the proof. It is imported when it is asked for: while the archive is being written."""
    from hygiene.cli.package_outcome import proof  # noqa: PLC0415

    return partial(proof, options)
