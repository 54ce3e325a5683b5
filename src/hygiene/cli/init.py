"""`hygiene init`: looks at a repository, and writes the configuration that fits it."""

from pathlib import Path

import click

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.adapters.disk_store import write_atomically
from hygiene.adapters.policy_files import DiskPolicyFiles
from hygiene.adoption.first_settings import NOTHING_SEEN, FirstSettings, first_settings
from hygiene.audit.engine import AuditRequest
from hygiene.cli.options import quiet_option, reader_option, repository_argument
from hygiene.cli.terminal import progress, write_out
from hygiene.errors import AlreadyConfigured, NoPlaceForConfiguration, NothingTracked
from hygiene.model.inventory import RepositoryFacts
from hygiene.policy.configuration.discovery import NAMES, configurations
from hygiene.ports import Progress, Repository
from hygiene.report.first_config import first_config
from hygiene.report.first_steps import first_steps

_NAME = NAMES[0]

_ANOTHER = "Edit it; or take our settings out of it first, as only one file may hold them."
_IRREGULAR = "It is no regular file, and so never replaced; move it away first."
_TAKEN = "Edit it, or write it anew with --force; `hygiene init --dry-run` prints what that would write."


@click.command(short_help="Write a configuration that fits the repository.")
@repository_argument
@click.option("--dry-run", is_flag=True, help="Print the file, and write nothing.")
@click.option("--force", is_flag=True, help="Replace a hygiene.toml that is there.")
@reader_option
@quiet_option
def init(repository: Path, reader: str, **flags: bool) -> None:
    """Write a hygiene.toml that fits the repository at or above REPO, after an audit of it.

    The file tells what was seen, and holds suggestions as comments. A repository that is configured already is left
    alone.
    """
    opened = wiring.repository(repository, Reader(reader))
    replaced = _NAME if flags["force"] else None
    place = None if flags["dry_run"] else _place(opened.facts, replaced)
    settings = _fitting(opened, progress(quiet=flags["quiet"]))
    text = first_config(settings, wiring.DEFAULT_BASELINE)
    if place is None:
        write_out(text)
        return
    write_atomically(place, text.encode())
    write_out(first_steps(settings, wiring.DEFAULT_BASELINE))


def _place(facts: RepositoryFacts, replaced: str | None) -> Path:
    """Where the file goes. Raises where there is no place, or another configuration than the one to be replaced."""
    if facts.work_dir is None:
        raise NoPlaceForConfiguration(str(facts.git_dir))
    place = facts.work_dir / _NAME
    for name in configurations(DiskPolicyFiles(facts.work_dir)):
        if name != _NAME:
            raise AlreadyConfigured(name, _ANOTHER)
        if place.is_symlink() or not place.is_file():
            raise AlreadyConfigured(name, _IRREGULAR)
        if name != replaced:
            raise AlreadyConfigured(name, _TAKEN)
    return place


def _fitting(opened: Repository, shown: Progress) -> FirstSettings:
    """What fits the repository as it is, whatever it is configured to be."""
    unconfigured = wiring.policy(opened, wiring.PolicySources(is_wanted=False))
    try:
        return first_settings(wiring.auditor(opened, unconfigured, shown).audit(AuditRequest()))
    except NothingTracked:
        return NOTHING_SEEN
