"""`hygiene doctor`: what audits depend on here, and how it stands."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.adapters.git_layout import read_layout
from hygiene.adapters.machine import this_machine
from hygiene.audit.conditions.configuration import baseline_condition, settings_condition
from hygiene.audit.conditions.machine import machine_conditions
from hygiene.audit.conditions.repository import repository_conditions
from hygiene.audit.conditions.trouble import broken, gravest
from hygiene.cli.options import color_option, reader_option, repository_argument
from hygiene.cli.terminal import palette, width, write_out
from hygiene.errors import HygieneError
from hygiene.model.condition import Condition, Topic
from hygiene.ports import Repository
from hygiene.report.doctor_json import render_doctor_json
from hygiene.report.doctor_text import render_doctor_text
from hygiene.report.style import TextStyle


@click.command(short_help="Show what audits depend on here, and how it stands.")
@repository_argument
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json"]),
    default="table",
    help="Form of the answer.",
    show_default=True,
)
@reader_option
@color_option
@click.pass_context
def doctor(context: click.Context, repository: Path, format_name: str, reader: str, color: str) -> None:
    """Say what audits depend on here: this machine, the repository at or above REPO, and its configuration.

    Exits with 0 where audits are whole, and otherwise as an audit would: 2, 3 or 4.
    """
    conditions = [*machine_conditions(this_machine()), *_of_repository(repository, Reader(reader))]
    status = gravest(conditions)
    if format_name == "json":
        write_out(render_doctor_json(conditions, status))
    else:
        style = TextStyle(palette(color, sys.stdout, os.environ), width(sys.stdout))
        write_out(render_doctor_text(conditions, style))
    context.exit(status)


def _of_repository(path: Path, reader: Reader) -> Iterator[Condition]:
    try:
        opened = wiring.repository(path, reader)
    except HygieneError as trouble:
        yield from broken(Topic.REPOSITORY, "place", trouble)
        return
    try:
        yield from repository_conditions(opened, read_layout(opened.facts))
    except HygieneError as trouble:
        yield from broken(Topic.REPOSITORY, "tracked", trouble)
    yield from _of_configuration(opened)


def _of_configuration(opened: Repository) -> Iterator[Condition]:
    """What is read, or everything that is wrong with it; the baseline where the settings can be used."""
    try:
        decided = wiring.policy(opened, wiring.PolicySources())
    except HygieneError as trouble:
        yield from broken(Topic.CONFIGURATION, "settings", trouble)
        return
    yield settings_condition(list(map(str, decided.settings.files)))
    try:
        permits = wiring.permits(opened, decided, wiring.BaselineAsked())
    except HygieneError as trouble:
        yield from broken(Topic.CONFIGURATION, "baseline", trouble)
        return
    yield baseline_condition(permits)
