"""What the options of `hygiene package` ask of the wiring, whatever is to come of it."""

import os
import sys
from collections.abc import Mapping

import click

from hygiene import wiring
from hygiene.cli.package_options import Options
from hygiene.cli.terminal import palette, width
from hygiene.report.style import TextStyle
from hygiene.wiring.package import PackageAsked

_LATEST = 253402300799
_DIGITS = 12
"""The last second of the year 9999, and how many digits it has: no format knows later times."""


def asked(options: Options) -> PackageAsked:
    """The package. Raises `click.UsageError` for an environment that says no time."""
    return PackageAsked(
        revision=options.revision,
        target=options.target,
        version=options.version,
        archive=options.archive,
        format=options.form,
        storing=options.storing,
        time=_entry_time(os.environ),
    )


def sources(options: Options) -> wiring.PolicySources:
    """Where its policy comes from."""
    return wiring.PolicySources(options.config, not options.no_config, options.policy_rev, options.rules)


def style(options: Options) -> TextStyle:
    """How text is laid out on stdout."""
    return TextStyle(palette(options.color, sys.stdout, os.environ), width(sys.stdout))


def _entry_time(environment: Mapping[str, str]) -> int | None:
    """What SOURCE_DATE_EPOCH says, if it is set.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    said = environment.get("SOURCE_DATE_EPOCH", "")
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= _DIGITS and int(said) <= _LATEST):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {said[:40]!r}; it must be a number of seconds since 1970")
    return int(said)
