"""Joins what looking into an archive needs: a reader, its proof, the commit that it is made of, and a court."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from hygiene import wiring
from hygiene.adapters.archive_reading import open_archive
from hygiene.adapters.archive_repository import ArchiveRepository
from hygiene.adapters.steady_file import SteadyFile
from hygiene.errors import BrokenArchive, BrokenManifest, NoPackage, UnknownRevision, UnreadableFile
from hygiene.model.inventory import Mode
from hygiene.model.package_proof import Manifest, PackageDiff
from hygiene.model.packaging import Names, PackagePlan, PackageSettings, Refusal, Symlinks
from hygiene.model.paths import ROOT, RepoPath
from hygiene.model.verification import ArchiveKind, Question, Verification
from hygiene.ports import HistoricRepository, Progress
from hygiene.ports.archive import ArchiveReader
from hygiene.release.diff import difference
from hygiene.release.distribution import own_metadata
from hygiene.release.listed import Listed
from hygiene.release.manifest_reading import MAX_BYTES, read_manifest
from hygiene.release.proof import CHECKSUM_ENDING, MANIFEST_ENDING
from hygiene.release.refusing import File, gravest_first, refused_contents
from hygiene.release.verify import (
    Answer,
    ArchiveSize,
    Holding,
    archive_kind,
    check_checksum,
    check_commit,
    check_container,
    check_entries,
    check_manifest,
    check_rules,
    digest_of,
    not_asked,
    refused_unjudged,
)
from hygiene.wiring import Policy, PolicySources
from hygiene.wiring.package import audit_commit, denier_of, find_commit, policy_at

_LONGEST_CHECKSUM = 8192
"""Bytes of a file that holds one checksum and one name."""
_NOT_OF_THE_BROKEN = (Question.MANIFEST, Question.COMMIT, Question.RULES)
"""What nobody can ask of an archive whose container is not sound."""


class VerifyAsked(NamedTuple):
    """What the command line says of an archive.

    Attributes:
        manifest: what must hold; None takes the one beside the archive, if it is there.
        revision: the commit that it must be made of; None takes the manifest's, if it is there.
        target: whose settings count.
    """

    archive: Path
    manifest: Path | None
    revision: str | None
    target: str | None


@dataclass(frozen=True)
class _Scene:
    """An archive, and all that it can be compared with.

    Attributes:
        archive: it, taken for a repository.
        listed: the commit that it should be made of, if that is here.
    """

    asked: VerifyAsked
    reader: ArchiveReader
    archive: ArchiveRepository
    manifest: Manifest | None
    listed: Listed | None
    decided: Policy
    settings: PackageSettings

    @cached_property
    def holding(self) -> Holding:
        """What is in it; nothing is read of one that is not sound."""
        name, archive = self.asked.archive.name, self.archive
        if self.reader.listing.refusals:
            return Holding(ArchiveKind.ARCHIVE, archive.prefix, (), ())
        kind = archive_kind(name, (each.path for each in archive.packed), archive.prefix)
        return Holding(kind, archive.prefix, archive.packed, archive.refusals)

    @cached_property
    def sha256(self) -> str:
        """Of the archive itself."""
        return self.reader.digest()

    @property
    def root(self) -> RepoPath:
        """The folder of the repository that paths in the archive are seen from."""
        return self.settings.root if self.manifest is None else self.manifest.root


class Verifier:
    """Looks into archives, beside a repository if there is one."""

    def __init__(self, opened: HistoricRepository | None, progress: Progress) -> None:
        self._opened = opened
        self._progress = progress

    def verify(self, asked: VerifyAsked, sources: PolicySources) -> Verification:
        """Everything that can be said of it.

        Raises `UnreadableArchive`, `UnreadableFile`, `BrokenManifest`, `UnknownRevision`, and what policies raise.
        """
        self._progress.step("looking into the archive")
        try:
            return self._told(self._scene(asked, sources))
        finally:
            self._progress.done()

    def compare(self, old: Path, plan: PackagePlan) -> PackageDiff:
        """How a planned package differs from an earlier one, or from what an earlier manifest says.

        Raises `UnreadableFile`, `UnreadableArchive`, `BrokenManifest`, and `BrokenArchive` for an unsound archive.
        """
        if _begins_as_json(old):
            manifest = _manifest_in(old)
            if manifest.object_format != plan.source.object_format:
                raise BrokenManifest(str(old), f"its ids are {manifest.object_format}, and this repository has others")
            return difference(str(old), manifest.entries, plan)
        reader = open_archive(old)
        archive = ArchiveRepository(reader, plan.source.object_format)
        _require_sound(old, reader, archive)
        return difference(str(old), archive.packed, plan)

    def _scene(self, asked: VerifyAsked, sources: PolicySources) -> _Scene:
        reader = open_archive(asked.archive)
        manifest = _manifest_of(asked)
        listed = self._commit(asked, manifest)
        root = ROOT if manifest is None else manifest.root
        archive = ArchiveRepository(reader, _object_format(manifest, listed), root)
        if listed is not None and self._opened is not None:
            decided = policy_at(self._opened, listed.source, sources)
        else:
            decided = wiring.policy(self._opened or archive, sources)
        settings = _settings(decided, asked, manifest)
        return _Scene(asked, reader, archive, manifest, listed, decided, settings)

    def _commit(self, asked: VerifyAsked, manifest: Manifest | None) -> Listed | None:
        """The commit to compare with: the one that is named must be here whole, the one of a manifest may be."""
        if asked.revision is not None:
            if self._opened is None:
                raise UnknownRevision(asked.revision, "there is no repository here")
            listed = find_commit(self._opened, asked.revision)
            if listed.inventory.gaps:
                raise UnknownRevision(asked.revision, "part of what it holds is missing here")
            return listed
        if manifest is None or self._opened is None:
            return None
        with suppress(UnknownRevision):
            return find_commit(self._opened, manifest.commit)
        return None

    def _told(self, scene: _Scene) -> Verification:
        answers = list(self._answers(scene))
        holding = scene.holding
        return Verification(
            archive=str(scene.asked.archive),
            kind=holding.kind,
            format=scene.reader.listing.format,
            entries=len(holding.entries),
            size=sum(each.size for each in holding.entries),
            sha256=scene.sha256,
            content_digest=None if scene.reader.listing.refusals else digest_of(holding),
            checks=[each.check for each in answers],
            refusals=gravest_first(refusal for each in answers for refusal in each.refusals),
            undecided=[finding for each in answers for finding in each.undecided],
        )

    def _answers(self, scene: _Scene) -> Iterator[Answer]:
        yield check_container(scene.reader.listing, scene.holding)
        yield check_entries(scene.reader.listing, scene.settings)
        yield _about_checksum(scene)
        if scene.reader.listing.refusals:
            yield from (not_asked(what, "the container is not sound") for what in _NOT_OF_THE_BROKEN)
            return
        yield _about_manifest(scene)
        yield _about_commit(scene)
        yield self._about_rules(scene)

    def _about_rules(self, scene: _Scene) -> Answer:
        """By an audit of its own bytes, whatever a repository holds: nothing else excuses what is in it."""
        inventory = scene.archive.list_index()
        if not inventory.entries:
            return not_asked(Question.RULES, "it holds nothing that could have a place in a tree")
        report = audit_commit(scene.archive, inventory, scene.decided, self._progress)
        packaged = frozenset(each.path for each in inventory.entries)
        denier = denier_of(scene.decided, own_metadata(scene.holding.kind))
        unjudged = refused_unjudged(report, inventory.entries, scene.holding.entries)
        return check_rules(denier.denial(report, packaged), (*_contents(scene), *unjudged), scene.manifest)


def _require_sound(old: Path, reader: ArchiveReader, archive: ArchiveRepository) -> None:
    """What cannot be told for sure is no difference to be told. Raises `BrokenArchive` with the first reason."""
    any_will_do = PackageSettings((), symlinks=Symlinks.KEEP, names=Names.ANY)
    wrong = [*reader.listing.refusals, *check_entries(reader.listing, any_will_do).refusals]
    for refusal in wrong or archive.refusals:
        raise BrokenArchive(str(old), f"{refusal.path} {refusal.why}".strip())


def _contents(scene: _Scene) -> Iterator[Refusal]:
    files = [File(each.path, each.blob, each.size) for each in scene.holding.entries if each.mode != Mode.SYMLINK]
    return refused_contents(files, scene.settings, scene.archive)


def _about_checksum(scene: _Scene) -> Answer:
    file = _beside(scene.asked.archive, CHECKSUM_ENDING)
    if file is None:
        return not_asked(Question.CHECKSUM, f"no {CHECKSUM_ENDING} lies beside it")
    data = SteadyFile.at(file).read(_LONGEST_CHECKSUM)
    said = data.decode("utf-8", "surrogateescape") if len(data) <= _LONGEST_CHECKSUM else ""
    return check_checksum(scene.asked.archive.name, scene.sha256, said)


def _about_manifest(scene: _Scene) -> Answer:
    if scene.manifest is None:
        return not_asked(Question.MANIFEST, f"no {MANIFEST_ENDING} lies beside it")
    return check_manifest(
        scene.holding, ArchiveSize(SteadyFile.at(scene.asked.archive).size, scene.sha256), scene.manifest
    )


def _about_commit(scene: _Scene) -> Answer:
    if scene.listed is None:
        says = f"no repository here holds {scene.manifest.commit[:12]}" if scene.manifest else "no manifest says which"
        return not_asked(Question.COMMIT, says)
    if scene.listed.inventory.gaps:
        return not_asked(Question.COMMIT, f"part of {scene.listed.source.commit[:12]} is missing from the repository")
    return check_commit(scene.holding.entries, scene.root, scene.listed, scene.manifest)


def _object_format(manifest: Manifest | None, listed: Listed | None) -> str:
    """How the ids are made that the archive's entries are compared by."""
    if manifest is not None:
        return manifest.object_format
    return "sha1" if listed is None else listed.source.object_format


def _settings(decided: Policy, asked: VerifyAsked, manifest: Manifest | None) -> PackageSettings:
    """What the configuration says of such packages, or its defaults: an archive of anybody's needs no settings of ours.

    Raises `NoPackage` for a target that the user names and that there is not; that of a manifest may be gone.
    """
    settings = decided.settings
    if asked.target is not None and asked.target not in settings.targets:
        raise NoPackage(f"there is no [package.targets.{asked.target}]", "`hygiene config show` prints what there is.")
    target = asked.target or (manifest.target if manifest is not None else None)
    return (settings.package if target is None else settings.targets.get(target)) or PackageSettings(())


def _manifest_of(asked: VerifyAsked) -> Manifest | None:
    """The manifest that is named, or the one beside the archive. Raises `BrokenManifest`."""
    if asked.manifest is not None:
        return _manifest_in(asked.manifest)
    file = _beside(asked.archive, MANIFEST_ENDING)
    return None if file is None else _manifest_in(file)


def _manifest_in(file: Path) -> Manifest:
    try:
        data = SteadyFile.at(file).read(MAX_BYTES)
    except UnreadableFile as trouble:
        raise BrokenManifest(str(file), trouble.message) from trouble
    return read_manifest(data, str(file))


def _beside(archive: Path, ending: str) -> Path | None:
    file = archive.with_name(archive.name + ending)
    return file if os.path.lexists(file) else None


def _begins_as_json(file: Path) -> bool:
    return SteadyFile.at(file).read(0) == b"{"
