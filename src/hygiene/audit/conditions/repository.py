"""How a repository stands for audits: the features of Git that it uses, and what cannot be offered because of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hygiene.audit.conditions.trouble import broken
from hygiene.audit.survey import Survey, present_inventory
from hygiene.errors import ExitStatus, NoCommit
from hygiene.model.condition import Condition, Standing, Topic
from hygiene.model.inventory import Mode, RepositoryFacts
from hygiene.model.layout import GitLayout
from hygiene.ports import Repository

_DEEPEN = "Fetch the history: git fetch --unshallow"
_REFETCH = "Fetch them: git fetch --refetch --no-filter"
_NEEDS_GIT = "libgit2 cannot read it, so --reader libgit2 fails here"


@dataclass(frozen=True)
class _Surroundings:
    """One repository with the layout of its git directory."""

    repository: Repository
    layout: GitLayout

    @property
    def facts(self) -> RepositoryFacts:
        """What the repository is."""
        return self.repository.facts

    @cached_property
    def survey(self) -> Survey:
        """What an audit without options looks at: the index, or HEAD where that has no entries."""
        return Survey(self.repository, present_inventory(self.repository))


class _Feature(NamedTuple):
    """A feature of Git, and what it means for audits where it is met."""

    what: str
    is_met: bool
    says: str
    means: str
    help: str = ""

    @property
    def condition(self) -> Condition:
        """A note where it is met."""
        if not self.is_met:
            return Condition(Topic.REPOSITORY, self.what, Standing.ABSENT, "no")
        return Condition(Topic.REPOSITORY, self.what, Standing.NOTE, self.says, self.means, self.help)


_Told = Iterator[Condition | _Feature]


def repository_conditions(repository: Repository, layout: GitLayout) -> Iterator[Condition]:
    """Every condition, whether or not the repository has the feature, in a fixed order.

    Raises `UnreadableRepository` where what is tracked cannot be listed, after the conditions that need no listing.
    """
    around = _Surroundings(repository, layout)
    for conditions in (_place, _format, _history, _stored, _tracked, _objects):
        for each in conditions(around):
            yield each.condition if isinstance(each, _Feature) else each


def _place(around: _Surroundings) -> _Told:
    facts, layout = around.facts, around.layout
    yield _fine("place", str(facts.work_dir or facts.git_dir))
    means = "audits are of HEAD, and configured by what it holds; nothing can be staged or written"
    yield _Feature("bare", facts.work_dir is None, "no work tree and no index", means)
    means = "audits are of this work tree's own index and HEAD; objects and branches are shared"
    yield _Feature("linked-work-tree", layout.is_linked, "its git directory belongs to another work tree", means)


def _format(around: _Surroundings) -> _Told:
    facts, layout = around.facts, around.layout
    yield _reader(facts.reader)
    yield _fine("object-format", facts.object_format)
    yield _Feature("sha256", facts.object_format == "sha256", "objects are named by SHA-256", _NEEDS_GIT)
    yield _Feature("reftable", layout.has_reftable, "branches and tags are kept as tables", _NEEDS_GIT)
    if layout.index is not None:
        yield _fine("index", f"version {layout.index.version}")
    is_sparse = layout.index is not None and layout.index.is_sparse
    yield _Feature("sparse-index", is_sparse, "whole folders are one entry", f"{_NEEDS_GIT}; git shows every file")
    is_split = layout.index is not None and layout.index.is_split
    yield _Feature("split-index", is_split, "most of it lies in a shared file", _NEEDS_GIT)


def _reader(reader: str) -> Condition:
    if reader == "git":
        return _fine("reader", "git's plumbing", "the git program is there and opens this repository")
    return _fine("reader", reader, "there is no git program that can read it, or you asked for another reader")


def _history(around: _Surroundings) -> _Told:
    facts, layout = around.facts, around.layout
    means = "no revision can be audited or compared with; the index can"
    if facts.work_dir is None:
        means = "there is nothing to audit until it does, or --rev names a branch"
    yield _Feature("unborn", facts.head is None, "HEAD leads to no commit yet", means)
    means = "an audit of one revision is whole; --new-since may find no merge base"
    yield _Feature("shallow", facts.shallow, "history is cut", means, _DEEPEN)
    means = "audits see the real objects and not their replacements, as other clones do"
    yield _Feature("replace-refs", layout.replacements > 0, f"{layout.replacements:,} objects are replaced", means)
    means = "audits follow the commits' real parents"
    yield _Feature("grafts", layout.has_grafts, "info/grafts makes up parents of commits", f"{means}; {_NEEDS_GIT}")


def _stored(around: _Surroundings) -> _Told:
    means = "objects may be missing by design, and audits never fetch any"
    yield _Feature("partial-clone", around.facts.partial, "a remote holds objects that are not here", means)
    borrows = around.layout.borrows
    means = "audits read them there; without them objects are missing"
    yield _Feature("alternates", borrows > 0, f"objects are borrowed from {_count(borrows, 'folder')}", means)


def _tracked(around: _Surroundings) -> _Told:
    inventory = around.survey.inventory
    if around.facts.work_dir is None and around.facts.head is None:
        yield from broken(Topic.REPOSITORY, "tracked", NoCommit(str(around.facts.git_dir)))
    elif not inventory.entries:
        means = "an audit has nothing to look at, and exits with 3"
        yield Condition(Topic.REPOSITORY, "tracked", Standing.NOTE, "no file yet", means, "Add files with `git add`.")
    else:
        yield _fine("tracked", f"{_count(len(inventory.entries), 'file')} in {inventory.label}")
    unmerged = len(inventory.unmerged)
    means = 'audits judge "our" side of each; --staged leaves them out'
    yield _Feature("conflict", unmerged > 0, f"{_count(unmerged, 'path')} unmerged", means, "Resolve the merge.")
    modules = sum(entry.mode == Mode.GITLINK for entry in inventory.entries)
    means = "their files are other repositories', and not looked at"
    yield _Feature("submodules", modules > 0, _count(modules, "submodule"), means, "Audit each in its own folder.")
    means = "audits see the pointers; the files' own content and size are not in Git"
    yield _Feature("lfs", around.survey.mentions_lfs, "attributes give files to Git LFS", means)


def _objects(around: _Surroundings) -> _Told:
    for gap in around.survey.inventory.gaps:
        where = f"{gap.path}/: " if gap.path else ""
        yield _lacking("trees", f"{where}{gap.reason}", "what lies below is not audited", gap.help)
    blobs = around.survey.blobs
    missing = len(blobs) - len(around.survey.sizes)
    if missing:
        says = f"{missing:,} of {_count(len(blobs), 'object')}"
        means = "those files are judged by their names alone, and their sizes are unknown"
        yield _lacking("objects", says, means, _REFETCH)
    else:
        yield _fine("objects", f"{_count(len(blobs), 'object')} here, none missing")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _fine(what: str, says: str, means: str = "") -> Condition:
    return Condition(Topic.REPOSITORY, what, Standing.FINE, says, means)


def _lacking(what: str, says: str, means: str, help_: str) -> Condition:
    return Condition(Topic.REPOSITORY, what, Standing.INCOMPLETE, says, means, help_, ExitStatus.INCOMPLETE)
