"""The command `hygiene`: its sub-commands, each loaded when it is called."""

import click

from hygiene import __version__
from hygiene.loading import loaded

_COMMANDS = {
    "audit": "hygiene.cli.audit:audit",
    "completion": "hygiene.cli.completion:completion",
    "doctor": "hygiene.cli.doctor:doctor",
    "gitignore": "hygiene.cli.gitignore:gitignore",
    "history": "hygiene.cli.history:history",
    "index": "hygiene.cli.index:index",
    "init": "hygiene.cli.init:init",
    "config": "hygiene.cli.config:config",
    "package": "hygiene.cli.package:package",
    "purge-plan": "hygiene.cli.purge_plan:purge_plan",
    "rule": "hygiene.cli.rule:rule",
    "schema": "hygiene.cli.schema:schema",
    "untrack": "hygiene.cli.untrack:untrack",
    "waive": "hygiene.cli.waive:waive",
}


class LazyGroup(click.Group):
    """A group that imports a sub-command when somebody asks for it: the start-up of one does not pay for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Every sub-command, in alphabetical order."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """The sub-command of that name; None if there is none."""
        place = _COMMANDS.get(cmd_name)
        return None if place is None else loaded(place, click.Command)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="hygiene", message="%(prog)s %(version)s")
def hygiene() -> None:
    """Find the files in a Git repository that are not source, say why, and say what should become of them."""
