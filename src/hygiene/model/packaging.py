"""What a release archive is made of: settings, what they choose and leave out, what forbids it, and the whole plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.paths import ROOT, BlobId, RepoPath
from hygiene.model.permit import Origin, Waived


class ArchiveFormat(StrEnum):
    """The kinds of archive, by the ending of their names."""

    ZIP = "zip"
    TAR = "tar"
    TAR_GZ = "tar.gz"
    TAR_ZST = "tar.zst"


class Storing(StrEnum):
    """Whether a zip's entries are compressed; what is stored has the same bytes whatever zlib a machine has."""

    DEFLATED = "deflated"
    STORED = "stored"


class ArchiveForm(NamedTuple):
    """How an archive is written, whatever is in it.

    Attributes:
        prefix: the one folder at its top, without a slash: `name-version`.
        time: of every entry, in seconds since 1970; a zip holds even seconds from 1980 to 2107, the nearest are taken.
    """

    format: ArchiveFormat
    storing: Storing
    prefix: str
    time: int


class Symlinks(StrEnum):
    """What becomes of symlinks."""

    REFUSE = "refuse"
    KEEP = "keep"


class Names(StrEnum):
    """Whether every system must be able to hold every name, beside all others."""

    PORTABLE = "portable"
    ANY = "any"


class Line(NamedTuple):
    """A line of an allowlist or an exclude list, in gitignore syntax from the repository's root; never negated."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class PackageSettings:
    """What one package is made of: `[package]`, or one of its targets with what it takes over from there.

    Attributes:
        name: the archive's name before its version; None takes that of the project's own metadata.
        include: the allowlist; a file that no line matches is not in the archive.
        exclude: what is left out all the same.
        root: the folder whose content becomes the archive's; all else is left out.
        max_size: bytes that no file may have more than; None is no cap.
        export_ignore: whether files that `.gitattributes` marks so are left out, as `git archive` does.
    """

    include: tuple[Line, ...]
    exclude: tuple[Line, ...] = ()
    name: str | None = None
    root: RepoPath = ROOT
    max_size: int | None = None
    symlinks: Symlinks = Symlinks.REFUSE
    names: Names = Names.PORTABLE
    export_ignore: bool = True


class Chosen(NamedTuple):
    """A tracked file that belongs in the archive.

    Attributes:
        path: in the archive, below its prefix: without the package's root.
        source: in the repository.
        mode: Git's own; `100664` of old commits reads as `100644`.
        size: bytes; None where the blob is missing.
        line: the allowlist's line that chose it; of several, the last.
    """

    path: RepoPath
    source: RepoPath
    mode: str
    blob: BlobId
    size: int | None
    line: Line


class Omission(StrEnum):
    """Why a tracked file is not in the archive."""

    OUTSIDE_ROOT = "outside-root"
    EXPORT_IGNORED = "export-ignored"
    EXCLUDED = "excluded"
    NOT_INCLUDED = "not-included"


class LeftOut(NamedTuple):
    """A tracked file that is not in the archive.

    Attributes:
        by: the line that says so: that of an exclude list, or of a `.gitattributes`, by its attribute; None where none
            does.
    """

    path: RepoPath
    why: Omission
    size: int | None
    by: Line | None = None


class RefusalKind(StrEnum):
    """Why an archive is not written, or not trusted."""

    DENIED = "denied"
    CREDENTIAL = "credential"
    TOO_LARGE = "too-large"
    LFS_POINTER = "lfs-pointer"
    MISSING = "missing"
    GITLINK = "gitlink"
    SYMLINK = "symlink"
    LEAVING_SYMLINK = "leaving-symlink"
    SPECIAL_FILE = "special-file"
    UNSAFE_PATH = "unsafe-path"
    UNPORTABLE_NAME = "unportable-name"
    CASE_COLLISION = "case-collision"
    UNICODE_COLLISION = "unicode-collision"
    DUPLICATE = "duplicate"
    BELOW_FILE = "below-file"
    BOMB = "bomb"
    BROKEN = "broken"
    UNLISTED = "unlisted"
    LACKING = "lacking"
    CHANGED = "changed"


class Refusal(NamedTuple):
    """One thing that must not be.

    Attributes:
        path: of a planned file in the repository, of an archive's entry as it stands there; empty for what the whole
            archive is.
        why: in words, complete in itself, without the path.
        help: the next step.
        rule: the rule that denies it, where one does.
    """

    kind: RefusalKind
    path: str
    why: str
    help: str
    rule: str = ""


class Source(NamedTuple):
    """The commit that a package is made of.

    Attributes:
        revision: as the user named it.
        time: when it was committed, in seconds since 1970.
    """

    revision: str
    commit: str
    tree: str
    object_format: str
    time: int


class Note(NamedTuple):
    """Something that a reader of a plan should know.

    Attributes:
        text: complete in itself.
        paths: of the repository, which are what it is about; there may be none.
    """

    text: str
    paths: Sequence[RepoPath] = ()


@dataclass(frozen=True, slots=True)
class PackagePlan:
    """Everything that an archive would hold, what was left out and why, and what forbids it.

    Attributes:
        target: the name of the `[package.targets.…]`; None for `[package]` itself.
        archive_name: the file's name.
        root: the folder of the repository that paths in the archive are seen from.
        chosen: in the order of the bytes of their paths in the archive.
        left_out: in Git's order.
        refusals: all of them, gravest kind first, then by path; where there are any, nothing is written.
        waived: the denied files that waivers let in, each once for every rule that denies it.
        undecided: findings about chosen files that a release may hold if somebody decides so.
        notes: what a reader should know: a dirty work tree, where the version comes from.
        policy: the files that the settings and permits were read from.
        rules_digest: sha256, in hexadecimal, over the rules and what a team has decided about them.
    """

    tool_version: str
    source: Source
    name: str
    version: str
    target: str | None
    form: ArchiveForm
    archive_name: str
    root: RepoPath
    chosen: Sequence[Chosen]
    left_out: Sequence[LeftOut]
    refusals: Sequence[Refusal]
    waived: Sequence[Waived] = ()
    undecided: Sequence[Finding] = ()
    notes: Sequence[Note] = ()
    policy: tuple[Origin, ...] = ()
    rules_digest: str = ""

    @property
    def size(self) -> int:
        """Bytes of all that was chosen, as far as known."""
        return sum(each.size or 0 for each in self.chosen)
