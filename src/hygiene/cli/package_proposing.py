"""`hygiene package --init`: a first `[package]`, to be read and added to the configuration."""

from pathlib import Path

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.cli.package_options import Options
from hygiene.cli.package_request import sources
from hygiene.cli.terminal import progress, say, write_out
from hygiene.policy.configuration.file import own_table
from hygiene.report.first_package import first_package
from hygiene.wiring.first_package import propose_package


def propose(options: Options) -> None:
    """Writes no file: whoever redirects it has seen where it goes."""
    opened = wiring.repository(options.repository, Reader.AUTO)
    proposed = propose_package(opened, options.revision, sources(options), progress(quiet=options.quiet))
    if proposed.is_there:
        say(f"note: {proposed.file} says already what to package; a second [package] cannot stand beside it")
    write_out(first_package(proposed.proposal, own_table(Path(proposed.file).name)))
