"""`hygiene package --verify`: whether an archive is what it should be."""

from pathlib import Path

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.cli.package_options import Options
from hygiene.cli.package_request import sources, style
from hygiene.cli.terminal import progress, write_out
from hygiene.errors import ArchiveRefused, NotARepository
from hygiene.ports import HistoricRepository
from hygiene.report import VERIFY_FORMATS
from hygiene.wiring.verification import Verifier, VerifyAsked


def verify(options: Options) -> None:
    """Raises `ArchiveRefused` after the reasons were told, and what verifying raises."""
    verifier = Verifier(_repository_beside(options), progress(quiet=options.quiet))
    asked = VerifyAsked(options.archive_given, options.manifest, options.rev, options.target)
    told = verifier.verify(asked, sources(options))
    write_out(VERIFY_FORMATS[options.format_name](told, style(options)))
    if told.is_refused:
        raise ArchiveRefused(told.archive, len(told.refusals))


def _repository_beside(options: Options) -> HistoricRepository | None:
    """The repository to compare with. Only the current folder may be none: another one was meant to be."""
    try:
        return wiring.repository(options.repository, Reader.AUTO)
    except NotARepository:
        if options.repository != Path():
            raise
        return None
