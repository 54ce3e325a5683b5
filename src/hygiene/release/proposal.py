"""What a first `[package]` should say, judged by what lies at the root, by an audit, and by the project's metadata."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.inventory import Entry
from hygiene.model.paths import RepoPath, ancestors, name_of
from hygiene.model.release_name import is_release_name
from hygiene.model.rule import Release
from hygiene.patterns.glob import Kind
from hygiene.patterns.literal import literal_pattern
from hygiene.policy.rules.soundness import bad_pattern
from hygiene.release.layout import SHIPPED, Part, holds_test_data, is_source, part_of_file, part_of_folder
from hygiene.release.metadata import Metadata, Told


class Proposed(NamedTuple):
    """One line of an allowlist.

    Attributes:
        pattern: in gitignore syntax, from the repository's root.
        files: how many files it lets in.
    """

    pattern: str
    part: Part
    files: int


class Denied(NamedTuple):
    """Files that no release may hold although a line lets them in.

    Attributes:
        excluding: patterns of folders that keep what tests need, and hold some of the files; a release may do without.
    """

    files: int
    example: RepoPath
    excluding: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to propose, and what is seen that speaks for it. Equal for equal input.

    Attributes:
        told: the name that the metadata say, if an archive can have it; it needs no setting.
        name: one to set, where metadata say none.
        include: what should ship, as people would read it.
        optional: what ships in some releases.
        left_out: the other names at the root, a folder's with a `/` at its end, in Git's order.
        denied: None where nothing is.
    """

    told: Told | None
    name: str | None
    include: Sequence[Proposed]
    optional: Sequence[Proposed]
    left_out: Sequence[RepoPath]
    denied: Denied | None


@dataclass(slots=True)
class _AtRoot:
    """A file or folder at the root, and what is below it."""

    is_folder: bool
    shippable: int = 0
    denied: list[RepoPath] = field(default_factory=list)
    holds_source: bool = False

    def shown(self, name: str) -> RepoPath:
        """Its name, a folder's with a `/` at its end."""
        return RepoPath(f"{name}/" if self.is_folder else name)


def proposal(entries: Iterable[Entry], findings: Iterable[Finding], metadata: Metadata, folder: str) -> Proposal:
    """What to propose for these files, and what an audit without a baseline found in them.

    `folder` is the work tree's own name.
    """
    told = metadata.name if metadata.name is not None and is_release_name(metadata.name.text) else None
    package = told.text if told else folder
    at_root = _at_root(entries, {each.path for each in findings if each.release is Release.DENY})
    lines = {name: _line(name, each, package) for name, each in at_root.items()}
    proposed = sorted(filter(None, lines.values()), key=lambda line: list(Part).index(line.part))
    return Proposal(
        told=told,
        name=folder if told is None and is_release_name(folder) else None,
        include=[line for line in proposed if line.part in SHIPPED],
        optional=[line for line in proposed if line.part not in SHIPPED],
        left_out=[
            RepoPath(f"{name}/" if at_root[name].is_folder else name) for name, line in lines.items() if not line
        ],
        denied=_denied(at_root[name] for name, line in lines.items() if line and line.part in SHIPPED),
    )


def _at_root(entries: Iterable[Entry], denied: set[RepoPath]) -> Mapping[str, _AtRoot]:
    """What lies at the root, in Git's order. Symlinks and submodules are no files that could ship."""
    found: defaultdict[str, _AtRoot] = defaultdict(lambda: _AtRoot(is_folder=False))
    for entry in entries:
        name, is_below, _ = entry.path.partition("/")
        each = found[name]
        each.is_folder = bool(is_below)
        if entry.path in denied:
            each.denied.append(entry.path)
        elif entry.is_file:
            each.shippable += 1
            each.holds_source = each.holds_source or is_source(entry.path)
    return found


def _line(name: str, each: _AtRoot, package: str) -> Proposed | None:
    """What to propose for one of them; nothing where nothing in it may ship, or nothing names it in an archive."""
    part = part_of_folder(name, package, holds_source=each.holds_source) if each.is_folder else part_of_file(name)
    pattern = literal_pattern(name, Kind.FOLDER if each.is_folder else Kind.FILE)
    if part is None or not each.shippable or not _is_utf8(name) or bad_pattern((), pattern):
        return None
    return Proposed(pattern, part, each.shippable)


def _denied(proposed: Iterable[_AtRoot]) -> Denied | None:
    paths = [path for each in proposed for path in each.denied]
    if not paths:
        return None
    folders = {name_of(folder) for folder in filter(None, map(_test_folder, paths))}
    return Denied(len(paths), paths[0], sorted(f"{name}/" for name in folders))


def _test_folder(path: RepoPath) -> RepoPath | None:
    """The nearest folder above that keeps what tests need."""
    return next((folder for folder in ancestors(path) if holds_test_data(name_of(folder))), None)


def _is_utf8(name: str) -> bool:
    return not any("\udc80" <= character <= "\udcff" for character in name)
