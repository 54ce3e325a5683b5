"""Joins what packaging needs: a commit with its policy, an audit of it, and a writer of archives."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import msgspec

from hygiene import wiring
from hygiene.adapters.package_draft import open_packer
from hygiene.errors import ArchiveDiffers, UnknownRevision
from hygiene.model.history import CommitId
from hygiene.model.inventory import Inventory
from hygiene.model.release import (
    ArchiveForm,
    ArchiveFormat,
    PackagePlan,
    PackageSettings,
    Source,
    Storing,
    Written,
)
from hygiene.ports import HistoricRepository, Progress
from hygiene.ports.archive import Draft
from hygiene.release.plan import Package, plan
from hygiene.wiring import Policy

Proof = Callable[[PackagePlan, Written], Mapping[str, bytes]]
"""Makes the small files that lie beside an archive, by what follows its name."""


class PackageAsked(NamedTuple):
    """What the command line says of a package.

    Attributes:
        time: of the entries, in seconds since 1970; None takes that of the commit.
    """

    version: str | None
    target: str | None
    format: ArchiveFormat
    storing: Storing
    time: int | None


class Found(NamedTuple):
    """A commit, and all that it holds."""

    source: Source
    inventory: Inventory


class Place(NamedTuple):
    """Where an archive goes: into a folder by its own name, or to a path.

    Attributes:
        replaces: whatever other archive is there.
    """

    output: Path
    replaces: bool

    def of(self, plan: PackagePlan | Package) -> Path:
        """The archive's path."""
        return self.output / plan.archive_name if self.output.is_dir() else self.output


class Built(NamedTuple):
    """What came of an order: an archive in its place, or the plan that says why there is none."""

    plan: PackagePlan
    written: Written | None


class Packager:
    """Plans packages of one repository's commits, and writes them."""

    def __init__(self, opened: HistoricRepository, progress: Progress) -> None:
        self._opened = opened
        self._progress = progress

    def find(self, revision: str) -> Found:
        """The commit that a revision leads to. Raises `UnknownRevision`."""
        commits = self._opened.history.named_roots([revision]).commits
        if not commits:
            raise UnknownRevision(revision, "it names no commit here")
        commit = CommitId(commits[0].object_id)
        listed = self._opened.list_revision(f"{commit}^{{tree}}")
        said = self._opened.history.describe([commit])
        if commit not in said or listed.commit is None:
            raise UnknownRevision(revision, "its commit cannot be read")
        source = Source(revision, commit, listed.commit, self._opened.facts.object_format, said[commit].time)
        return Found(source, replace(listed, label=revision, commit=commit))

    def package(self, found: Found, settings: PackageSettings, asked: PackageAsked) -> Package:
        """What is asked for, with its name and version. Raises what choosing these raises."""
        label = self._label(found, settings, asked)
        form = ArchiveForm(
            asked.format,
            asked.storing,
            f"{label.name}-{label.version}",
            found.source.time if asked.time is None else asked.time,
        )
        return Package(
            repository=self._opened,
            inventory=found.inventory,
            settings=settings,
            source=found.source,
            name=label.name,
            version=label.version,
            target=asked.target,
            form=form,
            notes=(*label.notes, *self._about_the_work_tree(found, settings)),
        )

    def plan(self, package: Package, decided: Policy) -> PackagePlan:
        """What the archive would hold, and what forbids it. Raises `IdleLines`, and what an audit raises."""
        permits = wiring.permits(self._opened, decided, BaselineAsked(is_needed=False))
        auditor = wiring.auditor(self._opened, decided, self._progress)
        request = AuditRequest(
            size_caps=decided.settings.size_caps,
            inventory=package.inventory,
            permits=permits,
            policy=decided.settings.files,
        )
        return plan(package, auditor.audit(request), rules_digest(decided))

    def build(self, package: Package, decided: Policy, place: Place, proof: Proof) -> Built:
        """Writes the archive and its proof, or nothing where the plan refuses it.

        Raises `ArchiveDiffers`, `BrokenObject`, `UnwritableOutput`, and what planning raises.
        """
        destination = place.of(package)
        draft = self._begin(package, destination.parent)
        try:
            planned = self.plan(package, decided)
            if draft is None or planned.refusals:
                return Built(planned, None)
            self._progress.step("writing the archive")
            written = draft.finish()
            if not place.replaces and file_digest(destination) not in (None, written.sha256):
                raise ArchiveDiffers(str(destination))
            draft.publish(destination, proof(planned, written))
            return Built(planned, written)
        finally:
            self._progress.done()
            if draft is not None:
                draft.discard()

    def _begin(self, package: Package, folder: Path) -> Draft | None:
        """An archive under way; None where it is known already that there will be none."""
        if package.refused_entries:
            return None
        return open_packer(self._opened).begin(package.form, package.selection.chosen, folder)


def rules_digest(decided: Policy) -> str:
    """sha256 over the rules, and over what a team lets pass."""
    waived = msgspec.json.encode([decided.catalogue.digest, table_of(decided.settings).waivers], order="deterministic")
    return hashlib.sha256(waived).hexdigest()
