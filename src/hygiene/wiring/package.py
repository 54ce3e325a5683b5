"""Joins what packaging needs: a commit with its policy, an audit of it, and a writer of archives."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from hygiene import wiring
from hygiene.adapters.background import Begun
from hygiene.adapters.clock import SystemClock
from hygiene.adapters.output_folder import output_folder
from hygiene.adapters.package_draft import ProcessPacker
from hygiene.adapters.steady_file import SteadyFile
from hygiene.adapters.work_tree_state import open_work_tree
from hygiene.errors import ArchiveDiffers, NoPackage, UnknownRevision, UnreadableRepository
from hygiene.model.history import CommitId, Root, RootKind
from hygiene.model.inventory import Inventory, Mode
from hygiene.model.package_proof import Written
from hygiene.model.packaging import ArchiveForm, ArchiveFormat, Note, PackagePlan, PackageSettings, Source, Storing
from hygiene.model.paths import ROOT, RepoPath, join
from hygiene.model.report import AuditReport
from hygiene.policy.configuration.settings import Settings
from hygiene.policy.configuration.settings_table import table_of
from hygiene.ports import HistoricRepository, Progress, Repository
from hygiene.ports.archive import Draft
from hygiene.ports.work_tree import TreeState
from hygiene.release.denial import Denier, Exempt, no_exemption
from hygiene.release.dirty import dirty_notes
from hygiene.release.listed import Listed
from hygiene.release.metadata import LARGEST, METADATA_FILES, Metadata, read_metadata
from hygiene.release.plan import Package, plan
from hygiene.release.proof import ENDINGS
from hygiene.release.version import Clues, release_name, version_of
from hygiene.wiring import Policy, PolicySources

Proof = Callable[[PackagePlan, Written], Mapping[str, bytes]]
"""Makes the small files that lie beside an archive, by what follows its name."""


class Label(NamedTuple):
    """What a release is called, and what a reader should know of why."""

    name: str
    version: str
    notes: tuple[Note, ...]


class PackageAsked(NamedTuple):
    """What the command line says of a package.

    Attributes:
        archive: the file's name, if it is not to be what name, version and format make.
        time: of the entries, in seconds since 1970; None takes that of the commit.
    """

    revision: str
    target: str | None
    version: str | None
    archive: str | None
    format: ArchiveFormat
    storing: Storing
    time: int | None


class Order(NamedTuple):
    """A package, and the policy that decides about it."""

    package: Package
    decided: Policy


class Place(NamedTuple):
    """The folder that an archive goes into; `replaces` another archive of its name."""

    folder: Path
    replaces: bool


class Built(NamedTuple):
    """What came of an order: an archive in its place, or the plan that says why there is none.

    Attributes:
        beside: the small files beside the archive, by what follows its name.
    """

    plan: PackagePlan
    written: Written | None
    beside: Mapping[str, bytes]


class Packager:
    """Plans packages of one repository's commits, and writes them."""

    def __init__(self, opened: HistoricRepository, progress: Progress) -> None:
        self._opened = opened
        self._progress = progress

    def order(self, asked: PackageAsked, sources: PolicySources) -> Order:
        """The package that is asked for, by the commit's own configuration if `sources` name no other.

        Raises `UnknownRevision`, `NoPackage`, what reading a policy raises, and what a name or version raises.
        """
        tags = self._begin_listing_tags(asked)
        listed = find_commit(self._opened, asked.revision)
        blobs = {entry.blob for entry in listed.inventory.entries if entry.mode != Mode.GITLINK}
        sizing = self._opened.start_sizing(blobs)
        decided = policy_at(self._opened, listed.source, sources)
        settings = self._settings(decided, asked, sources)
        label = self._label(listed, settings, asked, tags())
        form = ArchiveForm(
            asked.format,
            asked.storing,
            f"{label.name}-{label.version}",
            listed.source.time if asked.time is None else asked.time,
        )
        package = Package(
            repository=self._opened,
            inventory=listed.inventory,
            sizing=sizing,
            settings=settings,
            source=listed.source,
            name=label.name,
            version=label.version,
            target=asked.target,
            form=form,
            archive_name=asked.archive or f"{form.prefix}.{form.format}",
            notes=label.notes,
            policy=decided.settings.files,
        )
        return Order(package, decided)

    def plan(self, order: Order) -> PackagePlan:
        """What the archive would hold, and what forbids it. Raises `IdleLines`, and what an audit raises."""
        package = order.package
        report = audit_commit(self._opened, package.inventory, order.decided, self._progress)
        planned = plan(package, report, denier_of(order.decided), rules_digest(order.decided))
        return replace(planned, notes=(*planned.notes, *self._about_the_work_tree(package)))

    def build(self, asked: PackageAsked, sources: PolicySources, place: Place, prover: Callable[[], Proof]) -> Built:
        """Writes the archive and its proof, or nothing where the plan refuses it.

        `prover` is asked for the proof's maker while the archive is being written.
        Raises `ArchiveDiffers`, `BrokenObject`, `UnwritableOutput`, and what ordering and planning raise.
        """
        with output_folder(place.folder), ProcessPacker(self._opened.facts, place.folder) as packer:
            order = self.order(asked, sources)
            draft = packer.begin(order.package.form, order.package.selection.chosen)
            planned = self.plan(order)
            if planned.refusals:
                return Built(planned, None, {})
            destination, proof = place.folder / order.package.archive_name, prover()
            written = self._finished(draft)
            beside = proof(planned, written)
            if not place.replaces:
                _require_no_other(destination, written, beside)
            draft.publish(destination, {**dict.fromkeys(ENDINGS), **beside} if place.replaces else beside)
            return Built(planned, written, beside)

    def _finished(self, draft: Draft) -> Written:
        self._progress.step("writing the archive")
        try:
            return draft.finish()
        finally:
            self._progress.done()

    def _settings(self, decided: Policy, asked: PackageAsked, sources: PolicySources) -> PackageSettings:
        settings = decided.settings
        found = settings.package if asked.target is None else settings.targets.get(asked.target)
        if found is None:
            table = "[package]" if asked.target is None else f"[package.targets.{asked.target}]"
            raise NoPackage(f"the configuration has no {table}", self._where_to_look(settings, asked, sources))
        return found

    def _where_to_look(self, settings: Settings, asked: PackageAsked, sources: PolicySources) -> str:
        """The next step of somebody whose configuration, as committed, lacks what was asked for."""
        if self._opened.facts.work_dir is not None and sources == PolicySources():
            there = wiring.policy(self._opened, PolicySources()).settings
            if (there.package if asked.target is None else there.targets.get(asked.target)) is not None:
                return f"{there.files[-1]} on the disk has one: commit it, or name it with --config or --policy-rev."
        if settings.targets:
            return f"There are {', '.join(f'--target {name}' for name in settings.targets)}."
        file = settings.files[-1].file if settings.files else "hygiene.toml"
        return f"`hygiene package --init` prints one that fits the repository; add it to {file}, and commit that."

    def _begin_listing_tags(self, asked: PackageAsked) -> Callable[[], Sequence[Root]]:
        """Lists them while the configuration is read, if they can tell anything; libgit2 is for one thread alone."""
        if asked.version is not None:
            return tuple
        list_tags = partial(self._opened.history.roots, [RootKind.TAGS])
        listing = Begun(list_tags).result if self._opened.facts.reader == "git" else list_tags
        return lambda: listing().commits

    def _label(self, listed: Listed, settings: PackageSettings, asked: PackageAsked, tags: Sequence[Root]) -> Label:
        commit, metadata = listed.source.commit, project_metadata(self._opened, listed.inventory, settings.root)
        name = release_name(settings, asked.target, metadata)
        here, elsewhere = (
            [tag.name.removeprefix("refs/tags/") for tag in tags if (tag.object_id == commit) is is_here]
            for is_here in (True, False)
        )
        version = version_of(Clues(asked.version, asked.revision, here, elsewhere, name, metadata, commit))
        return Label(name, version.text, tuple(map(Note, (*metadata.notes, *filter(None, [version.note])))))

    def _about_the_work_tree(self, package: Package) -> Sequence[Note]:
        if package.source.commit != self._opened.facts.head:
            return ()
        try:
            state = open_work_tree(self._opened).state()
        except UnreadableRepository:  # its index is broken, and no index is packaged
            state = TreeState(is_known=False)
        committed = {entry.path for entry in package.inventory.entries}
        strange = [path for path in state.untracked if path not in committed]
        return list(dirty_notes(state._replace(untracked=strange), package.selector))


def find_commit(opened: HistoricRepository, revision: str) -> Listed:
    """The commit that a revision leads to, and all that it holds. Raises `UnknownRevision`."""
    commits = opened.history.named_roots([revision]).commits
    if not commits:
        raise UnknownRevision(revision, "it names no commit here")
    commit = CommitId(commits[0].object_id)
    listed = opened.list_revision(f"{commit}^{{tree}}")
    tree = listed.commit  # what was listed, and a tree is what was asked for
    said = opened.history.describe([commit])
    if commit not in said or tree is None:
        raise UnknownRevision(revision, "its commit cannot be read")
    source = Source(revision, commit, tree, opened.facts.object_format, said[commit].time)
    return Listed(source, replace(listed, label=revision, commit=commit))


def policy_at(opened: HistoricRepository, source: Source, sources: PolicySources) -> Policy:
    """What decides about a commit: its own configuration, unless a file or another revision is named.

    A revision is taken by its commit's id, which the manifest can tell: a branch is another commit tomorrow.
    """
    if sources.revision is not None:
        found = opened.history.named_roots([sources.revision]).commits
        return wiring.policy(opened, sources._replace(revision=found[0].object_id) if found else sources)
    is_named = sources.config is not None or not sources.is_wanted
    return wiring.policy(opened, sources if is_named else sources._replace(revision=source.commit))


def audit_commit(opened: Repository, inventory: Inventory, decided: Policy, progress: Progress) -> AuditReport:
    """An audit of the whole commit that lets nothing pass: whoever denies a release asks for waivers, rule by rule."""
    from hygiene.audit.engine import AuditRequest  # noqa: PLC0415 - by now the archive is under way
    from hygiene.audit.survey import Excuses  # noqa: PLC0415

    request = AuditRequest(
        size_caps=decided.settings.size_caps,
        inventory=inventory,
        policy=tuple(map(str, decided.settings.files)),
        excuses=Excuses.DO_NOT_COUNT,
    )
    return wiring.auditor(opened, decided, progress).audit(request)


def denier_of(decided: Policy, exempt: Exempt = no_exemption) -> Denier:
    """What denies a release today, but for the waivers of a policy."""
    return Denier(decided.settings.waivers, SystemClock().today(), exempt)


def rules_digest(decided: Policy) -> str:
    """sha256 over the rules, and over what a team lets pass."""
    said = [decided.catalogue.digest, table_of(decided.settings).waivers]
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()


def project_metadata(opened: Repository, inventory: Inventory, root: RepoPath = ROOT) -> Metadata:
    """What the project says of itself at a commit: below its root, or, where nothing there tells a name, at the top."""
    own = _metadata_below(root, opened, inventory)
    return own if own.name is not None or root == ROOT else _metadata_below(ROOT, opened, inventory)


def _metadata_below(root: RepoPath, opened: Repository, inventory: Inventory) -> Metadata:
    """By the usual files, and by the one that they leave the version to."""
    files = _small_files(root, METADATA_FILES, opened, inventory)
    metadata = read_metadata(files)
    if metadata.wanted is None:
        return metadata
    return read_metadata(files | _small_files(root, [metadata.wanted], opened, inventory))


def _small_files(
    root: RepoPath, paths: Iterable[RepoPath], opened: Repository, inventory: Inventory
) -> dict[RepoPath, bytes]:
    """Those below the root that are there and worth reading, by their paths from there."""
    wanted = {join(root, path): path for path in paths}
    blobs = {wanted[entry.path]: entry.blob for entry in inventory.entries if entry.is_file and entry.path in wanted}
    sizes = opened.sizes(blobs.values())
    read = dict(opened.contents(blob for blob, size in sizes.items() if size <= LARGEST))
    return {path: read[blob] for path, blob in blobs.items() if blob in read}


def _require_no_other(destination: Path, written: Written, beside: Mapping[str, bytes]) -> None:
    """Raises `ArchiveDiffers` for the first file that somebody else wrote, or that proves something else."""
    if destination.is_file() and SteadyFile.at(destination).digest() != written.sha256:
        raise ArchiveDiffers(str(destination))
    for ending in ENDINGS:
        place, proof = destination.with_name(destination.name + ending), beside.get(ending)
        if place.is_file() and not (_holds(place, proof) if proof is not None else _is_proved_by(destination, beside)):
            raise ArchiveDiffers(str(place))


def _is_proved_by(destination: Path, beside: Mapping[str, bytes]) -> bool:
    """Whether an earlier build has left the same there, so that what else it left proves the same."""
    places = {destination.with_name(destination.name + ending): proof for ending, proof in beside.items()}
    return destination.is_file() and all(each.is_file() and _holds(each, proof) for each, proof in places.items())


def _holds(file: Path, content: bytes) -> bool:
    return SteadyFile.at(file).read(len(content)) == content
