"""Joins what a first `[package]` needs: a commit, an audit of it, and the configuration that it is to stand beside."""

from typing import NamedTuple

from hygiene import wiring
from hygiene.ports import HistoricRepository, Progress
from hygiene.release.proposal import Proposal, proposal
from hygiene.wiring import PolicySources
from hygiene.wiring.package import audit_commit, find_commit, project_metadata

_USUAL_FILE = "hygiene.toml"


class Proposed(NamedTuple):
    """A proposal, the configuration file that it belongs into, and whether that has a package already."""

    proposal: Proposal
    file: str
    is_there: bool


def propose_package(opened: HistoricRepository, revision: str, sources: PolicySources, progress: Progress) -> Proposed:
    """A first `[package]` for what a commit holds, by the configuration on the disk.

    Raises `UnknownRevision`, and what an audit raises.
    """
    listed = find_commit(opened, revision)
    decided = wiring.policy(opened, sources)
    report = audit_commit(opened, listed.inventory, decided, progress)
    folder = (opened.facts.work_dir or opened.facts.git_dir).name.removesuffix(".git")
    metadata = project_metadata(opened, listed.inventory)
    found = proposal(listed.inventory.entries, report.findings, metadata, folder)
    settings = decided.settings
    file = str(settings.files[-1]) if settings.files else _USUAL_FILE
    return Proposed(found, file, is_there=settings.package is not None or bool(settings.targets))
