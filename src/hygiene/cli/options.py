"""The options that several commands share: each declared once, with one wording."""

from pathlib import Path

import click

from hygiene.adapters.discovery import Reader
from hygiene.cli.sizes import ByteSize

repository_argument = click.argument(
    "repository", type=click.Path(path_type=Path, file_okay=False), default=Path(), metavar="[REPO]"
)

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Use this configuration file instead of the one found.",
)

no_config_option = click.option("--no-config", is_flag=True, help="Read no configuration file.")

policy_rev_option = click.option(
    "--policy-rev", metavar="REV", help="Read settings, rules and baseline as REV holds them, not from the disk."
)

rules_option = click.option(
    "--rules",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="PATH",
    help="More rules: a TOML file, or a folder of them.",
)

max_size_option = click.option(
    "--max-size", type=ByteSize(), metavar="SIZE", help="Size cap of one file.  [default: 5MiB]"
)

baseline_option = click.option(
    "--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Accept the findings that FILE lists."
)

allow_incomplete_option = click.option(
    "--allow-incomplete", is_flag=True, help="Exit 0 instead of 4 when something could not be read."
)

reader_option = click.option(
    "--reader",
    type=click.Choice([each.value for each in Reader]),
    default=Reader.AUTO.value,
    help="What reads the repository.",
    show_default=True,
)

color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour the table.",
    show_default=True,
)

quiet_option = click.option("--quiet", "-q", is_flag=True, help="Show no progress.")


def rule_ids(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:  # noqa: ARG001  # click's signature
    """For a shell that completes the id of a rule: the built-in ones that begin so."""
    from hygiene.policy.rules.catalogue import load_catalogue  # noqa: PLC0415  # only completion needs it here

    return [rule.id for rule in load_catalogue().rules if rule.id.startswith(typed)]
