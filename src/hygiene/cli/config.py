"""`hygiene config`: what the configuration files decide together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import click

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.cli.options import config_option, no_config_option, policy_rev_option, repository_argument
from hygiene.cli.terminal import write_out
from hygiene.policy.configuration.settings import Settings
from hygiene.report.settings_json import settings_json, settings_json_with_origins
from hygiene.report.settings_toml import settings_toml, settings_toml_with_origins

_RENDERERS: Mapping[tuple[str, bool], Callable[[Settings], str]] = MappingProxyType(
    {
        ("toml", False): settings_toml,
        ("toml", True): settings_toml_with_origins,
        ("json", False): settings_json,
        ("json", True): settings_json_with_origins,
    }
)


@dataclass(frozen=True)
class _Options:
    """The options of one call of `show`, under the names that click gives them."""

    repository: Path
    origin: bool
    format_name: str
    config: Path | None
    no_config: bool
    policy_rev: str | None


@click.group()
def config() -> None:
    """Show what the configuration files decide together."""


@config.command("show")
@repository_argument
@click.option("--origin", is_flag=True, help="Say of each value which file and line set it, or that it is the default.")
@click.option("--format", "format_name", type=click.Choice(["toml", "json"]), default="toml", show_default=True)
@config_option
@no_config_option
@policy_rev_option
def show(**given: object) -> None:
    """Show every setting of the repository at or above REPO (default: here), defaults included."""
    options = _Options(**given)  # type: ignore[arg-type]  # click has checked each against the declarations above
    if options.no_config and (options.config is not None or options.policy_rev is not None):
        raise click.UsageError("--no-config cannot be given together with --config or --policy-rev")
    sources = wiring.PolicySources(options.config, is_wanted=not options.no_config, revision=options.policy_rev)
    settings = wiring.policy(wiring.repository(options.repository, Reader.AUTO), sources).settings
    write_out(_RENDERERS[options.format_name, options.origin](settings))
