"""`hygiene package`: a release archive of a commit, with its proof; or what it would hold, or whether one is right."""

from types import FunctionType

import click

from hygiene.cli.package_options import Mode, Options, package_options
from hygiene.loading import loaded

_MODES = {
    Mode.BUILD: "hygiene.cli.package_building:build",
    Mode.LIST: "hygiene.cli.package_planning:show",
    Mode.DIFF: "hygiene.cli.package_planning:compare",
    Mode.VERIFY: "hygiene.cli.package_verifying:verify",
    Mode.INIT: "hygiene.cli.package_proposing:propose",
}
"""What each does; none pays for what the others import."""


@click.command(short_help="Build a release archive that holds only what should ship.")
@package_options
def package(**given: object) -> None:
    """Write an archive of a commit of the repository at or above REPO, with what [package] of its configuration names.

    Nothing of the work tree gets in, and nothing that the rules deny a release: then nothing is written, and every
    reason is told at once. Beside the archive lie a manifest of every entry and a checksum.
    """
    options = Options(**given)  # type: ignore[arg-type]  # click has checked each against the declarations
    loaded(_MODES[options.mode], FunctionType)(options)
