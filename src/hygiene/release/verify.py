"""Whether an archive is what it should be: each question by itself, with what it found against the archive."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.inventory import Entry, Mode
from hygiene.model.package_proof import Manifest, Packed, content_digest
from hygiene.model.packaging import PackageSettings, Refusal, RefusalKind, Source, Symlinks
from hygiene.model.paths import RepoPath, join
from hygiene.model.report import AuditReport
from hygiene.model.verification import ArchiveKind, Check, CheckState, Question
from hygiene.ports.archive import ArchiveListing, Member, MemberKind
from hygiene.release.checksum import checksums_in
from hygiene.release.denial import Denial, unjudged
from hygiene.release.links import astray, with_folders
from hygiene.release.listed import Listed
from hygiene.release.names import refused_folders, refused_names

_DO_NOT_TRUST = "It is not the archive that the manifest tells of: get both anew, from where they were published."
_OTHER_SUM = "Get the archive and its checksum anew, from where they were published."
_NOT_THE_COMMIT = "It was not made of that commit alone: build it again with `hygiene package`."
_MAKE_ANEW = "Leave it out of what is packed, or waive it by a pattern that names it as it stands in the archive."
_WAIVED_THERE = "Verify it in a clone of its repository, whose waivers count, or with one of your own by --config."
_LOOK_YOURSELF = "Look into it by other means, or leave it out of what is packed."
_SPECIAL = "No release needs such an entry: look at where the archive comes from."
_LINK = 'Leave it out; `symlinks = "keep"` under [package] lets in those that stay inside the archive.'


class Answer(NamedTuple):
    """One question's answer: how it came out, and everything that it found, against the archive or to be decided."""

    check: Check
    refusals: Sequence[Refusal] = ()
    undecided: Sequence[Finding] = ()


class ArchiveSize(NamedTuple):
    """The archive as a file: its bytes, and their sha256 in hexadecimal."""

    size: int
    sha256: str


class Holding(NamedTuple):
    """What an archive holds, as far as it could be read.

    Attributes:
        prefix: the one folder at its top that holds everything; empty where there is none.
        entries: its files, and links by their targets, by path below the prefix.
        broken: what is wrong with the bytes of entries.
    """

    kind: ArchiveKind
    prefix: str
    entries: Sequence[Packed]
    broken: Sequence[Refusal]


def answered(what: Question, held: str, refusals: Iterable[Refusal]) -> Answer:
    """The answer to a question that could be asked."""
    found = list(refusals)
    if not found:
        return Answer(Check(what, CheckState.HELD, held))
    return Answer(Check(what, CheckState.FAILED, "1 reason" if len(found) == 1 else f"{len(found)} reasons"), found)


def not_asked(what: Question, why: str) -> Answer:
    """The answer to a question that nobody could ask."""
    return Answer(Check(what, CheckState.NOT_CHECKED, why))


def check_container(listing: ArchiveListing, holding: Holding) -> Answer:
    """Whether the archive is well made, and every entry's bytes are what it says."""
    return answered(Question.CONTAINER, "well made, and every entry is whole", (*listing.refusals, *holding.broken))


def check_entries(listing: ArchiveListing, settings: PackageSettings) -> Answer:
    """Whether unpacking could write elsewhere, or give somebody other files than somebody else."""
    if listing.refusals and not listing.members:
        return not_asked(Question.NAMES, "no name could be read")
    return answered(
        Question.NAMES, "none leads elsewhere, lies, or collides", _refused_members(listing.members, settings)
    )


def check_checksum(name: str, sha256: str, said: str) -> Answer:
    """Whether a file as `sha256sum` writes it says the archive's sha256, and no other."""
    sums = [each.sha256 for each in checksums_in(said) if each.name == name]
    wrong = f"its sha256 is {sha256}, and the checksum beside it says {', '.join(sums)[:200] or 'none of this name'}"
    refusals = [] if set(sums) == {sha256} else [Refusal(RefusalKind.CHANGED, "", wrong, _OTHER_SUM)]
    return answered(Question.CHECKSUM, f"sha256 {sha256}", refusals)


def refused_unjudged(report: AuditReport, listed: Collection[Entry], entries: Iterable[Packed]) -> Iterator[Refusal]:
    """What the audit of an archive could not look into; what is not whole is told of with the container.

    `listed` is what was audited, and `entries` are those that could be read.
    """
    whole = {each.blob for each in entries}
    return unjudged(report, {each.path for each in listed if each.blob in whole}, _LOOK_YOURSELF)


def check_rules(denied: Denial, others: Iterable[Refusal], manifest: Manifest | None) -> Answer:
    """Whether a release may hold what it holds, by an audit of it; `others` are the reasons beside those.

    What a manifest says of waivers lets nothing in: whoever made the archive made the manifest. It is told, though.
    """
    reasons = {} if manifest is None else manifest.waived
    refused = [_as_it_stands(each, reasons.get((RepoPath(each.path), each.rule))) for each in denied.refused]
    answer = answered(Question.RULES, "no rule denies any of it", (*refused, *others))
    return answer._replace(undecided=denied.undecided)


def _as_it_stands(denied: Refusal, reason: str | None) -> Refusal:
    """The refusal for somebody who has the archive, and cannot untrack what is in it."""
    if reason is None:
        return denied._replace(help=_MAKE_ANEW)
    return denied._replace(why=f"{denied.why}; its manifest says that it was waived: {reason}", help=_WAIVED_THERE)


def check_manifest(holding: Holding, archive: ArchiveSize, manifest: Manifest) -> Answer:
    """Whether the archive, byte for byte and entry for entry, is the one that the manifest tells of."""
    held = f"{len(manifest.entries)} entries, content digest {manifest.content_digest}"
    return answered(Question.MANIFEST, held, _beside_manifest(holding, archive, manifest))


def check_commit(entries: Sequence[Packed], root: RepoPath, listed: Listed, manifest: Manifest | None) -> Answer:
    """Whether every entry is what the commit holds at its path, and a manifest tells of that commit."""
    held = f"every entry is in commit {listed.source.commit[:12]}, with the same bytes"
    tree = {entry.path: entry for entry in listed.inventory.entries}
    beside = (refusal for each in entries for refusal in _beside_commit(each, root, tree))
    return answered(Question.COMMIT, held, (*_of_another_commit(listed.source, manifest), *beside))


def digest_of(holding: Holding) -> str | None:
    """The content digest; None where not every entry could be read."""
    return None if holding.broken else content_digest(holding.entries)


def archive_kind(name: str, paths: Iterable[str], prefix: str) -> ArchiveKind:
    """What users take it for: wheels by name and metadata, as installers do, sdists by the metadata at their top."""
    found = frozenset(paths)
    if name.endswith(".whl") and any(path.endswith(".dist-info/WHEEL") for path in found):
        return ArchiveKind.WHEEL
    return ArchiveKind.SDIST if prefix and "PKG-INFO" in found else ArchiveKind.ARCHIVE


def _refused_members(members: Sequence[Member], settings: PackageSettings) -> Iterator[Refusal]:
    """As if `./` were not before the names, where many a tar has it."""
    yield from _refused_as_named([each._replace(name=each.name.removeprefix("./")) for each in members], settings)


def _refused_as_named(members: Sequence[Member], settings: PackageSettings) -> Iterator[Refusal]:
    links = {each.name: each.target for each in members if each.kind is MemberKind.SYMLINK}
    there = with_folders(each.name for each in members) if links else frozenset()
    for name in links:
        why = astray(name, links, there)
        if why is not None:
            yield Refusal(RefusalKind.LEAVING_SYMLINK, name, why, _SPECIAL)
        elif settings.symlinks is Symlinks.REFUSE:
            yield Refusal(RefusalKind.SYMLINK, name, "it is a symlink", _LINK)
    for each in members:
        if each.kind in (MemberKind.HARD_LINK, MemberKind.SPECIAL):
            why = "it is a hard link" if each.kind is MemberKind.HARD_LINK else "it is no file, folder or link"
            yield Refusal(RefusalKind.SPECIAL_FILE, each.name, why, _SPECIAL)
    files = [each.name for each in members if each.kind is not MemberKind.FOLDER]
    folders = (each.name for each in members if each.kind is MemberKind.FOLDER and each.name != ".")
    yield from refused_names(files, settings.names)
    yield from refused_folders(folders, frozenset(files), settings.names)


def _beside_manifest(holding: Holding, archive: ArchiveSize, manifest: Manifest) -> Iterator[Refusal]:
    if (archive.size, archive.sha256) != (manifest.size, manifest.sha256):
        why = f"the archive has sha256 {archive.sha256}, and the manifest says {manifest.sha256}"
        yield Refusal(RefusalKind.CHANGED, "", why, _DO_NOT_TRUST)
    if holding.prefix != manifest.prefix:
        why = f"its folder is {holding.prefix!r}, and the manifest says {manifest.prefix!r}"
        yield Refusal(RefusalKind.CHANGED, "", why, _DO_NOT_TRUST)
    found = {each.path: each for each in holding.entries}
    said = {each.path: each for each in manifest.entries}
    for path in sorted(found.keys() - said.keys()):
        yield Refusal(RefusalKind.UNLISTED, path, "the manifest does not list it", _DO_NOT_TRUST)
    for path in sorted(said.keys() - found.keys()):
        yield Refusal(RefusalKind.LACKING, path, "the manifest lists it, and it is not there", _DO_NOT_TRUST)
    for path in sorted(found.keys() & said.keys()):
        different = _different(found[path], said[path])
        if different:
            yield Refusal(RefusalKind.CHANGED, path, f"its {different} not what the manifest says", _DO_NOT_TRUST)


def _different(found: Packed, said: Packed) -> str:
    if (found.sha256, found.size, found.blob) != (said.sha256, said.size, said.blob):
        return "bytes are"
    return "" if found.mode == said.mode else "mode is"


def _of_another_commit(source: Source, manifest: Manifest | None) -> Iterator[Refusal]:
    if manifest is not None and (manifest.commit, manifest.tree) != (source.commit, source.tree):
        why = f"the manifest tells of commit {manifest.commit} with tree {manifest.tree}, and this is {source.commit}"
        yield Refusal(RefusalKind.CHANGED, "", why, _NOT_THE_COMMIT)


def _beside_commit(packed: Packed, root: RepoPath, tree: Mapping[RepoPath, Entry]) -> Iterator[Refusal]:
    entry = tree.get(join(root, packed.path))
    if entry is None:
        yield Refusal(RefusalKind.UNLISTED, packed.path, "the commit holds no such file", _NOT_THE_COMMIT)
    elif entry.blob != packed.blob:
        yield Refusal(RefusalKind.CHANGED, packed.path, "its bytes are not those of the commit", _NOT_THE_COMMIT)
    elif _kind_of(entry.mode) != _kind_of(packed.mode):
        yield Refusal(RefusalKind.CHANGED, packed.path, "its mode is not that of the commit", _NOT_THE_COMMIT)


def _kind_of(mode: str) -> str:
    """A mode as archives keep it: of old commits' `100664` they keep that it is a file that nobody runs."""
    return mode if mode in (Mode.EXECUTABLE, Mode.SYMLINK) else Mode.FILE
