"""Asks git where histories begin: its references, the stash's log, and the HEAD of every work tree."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from hygiene.adapters.cat_file import look_up
from hygiene.adapters.git_files import head_names, stash_log
from hygiene.adapters.process import Git, GitFailed
from hygiene.adapters.revisions import Target, may_be_revision
from hygiene.adapters.roots import (
    STASH,
    Reference,
    broken_reference,
    sorted_roots,
    with_stash_log,
    without_aliases,
)
from hygiene.errors import UnknownRevision
from hygiene.model.history import REFERENCE_FOLDERS, RootKind, Roots
from hygiene.model.inventory import Gap

_BROKEN = re.compile(r"warning: ignoring (?:broken ref|ref with broken name) (.*)")
_HARMLESS = re.compile(r"warning: ignoring dangling symref .*")
"""A name for another name that is not there holds nothing."""


def read_roots(git: Git, kinds: Collection[RootKind]) -> Roots:
    """The roots of these kinds. What is missing or broken is a gap."""
    folders = [folder for kind in kinds for folder in REFERENCE_FOLDERS.get(kind, ())]
    names = [*folders, *([STASH] if RootKind.STASH in kinds else [])]
    references, gaps = _references(git, names) if names else ([], [])  # without any, git would list all of them
    return _roots(git, references, gaps, head_names(git.git_dir) if RootKind.HEAD in kinds else [])


def read_every_root(git: Git) -> Roots:
    """The roots of every kind and of none. What is missing or broken is a gap."""
    references, gaps = _references(git, [])
    return _roots(git, references, gaps, head_names(git.git_dir))


def _roots(git: Git, references: Sequence[Reference], gaps: Sequence[Gap], heads: Sequence[str]) -> Roots:
    references = with_stash_log(references, stash_log(git.git_dir))
    targets = _peeled(git, [*heads, *(reference.object_id for reference in references)])
    found = {reference.name: targets[reference.object_id] for reference in references}
    found |= {name: targets[name] for name in heads if targets[name] or not _is_unborn(git, name)}
    return sorted_roots(found, gaps)


def read_named_roots(git: Git, revisions: Sequence[str]) -> Roots:
    """What these revisions lead to. Raises `UnknownRevision`."""
    known = look_up(git, filter(may_be_revision, revisions))
    for revision in revisions:
        if revision not in known:
            raise UnknownRevision(revision)
    targets = _peeled(git, [target.object_id for target in known.values()])
    return sorted_roots({name: targets[target.object_id] for name, target in known.items()})


def _references(git: Git, patterns: Sequence[str]) -> tuple[list[Reference], list[Gap]]:
    heard = git.hear("for-each-ref", "--format=%(refname)%00%(objectname)%00%(symref)", *patterns)
    lines = heard.output.decode("utf-8", "surrogateescape").split("\n")[:-1]
    return without_aliases(Reference(*line.split("\0")) for line in lines), list(_gaps(heard.complaints))


def _gaps(complaints: str) -> Iterator[Gap]:
    for line in complaints.split("\n")[:-1]:
        broken = _BROKEN.fullmatch(line)
        if broken:
            yield broken_reference(broken[1])
        elif not _HARMLESS.fullmatch(line):
            yield Gap(f"git could not list all references: {line}", "Run `git fsck` to see what is broken.")


def _peeled(git: Git, names: Iterable[str]) -> dict[str, Target | None]:
    """What each name leads to; None for what is missing or broken."""
    asked = dict.fromkeys(names)
    found = look_up(git, filter(may_be_revision, asked))
    tags = {name: f"{target.object_id}^{{}}" for name, target in found.items() if target.kind == "tag"}
    tagged = look_up(git, tags.values())
    return {name: tagged.get(tags[name]) if name in tags else found.get(name) for name in asked}


def _is_unborn(git: Git, head: str) -> bool:
    """Whether it names a branch that does not exist yet."""
    try:
        branch = git.run("symbolic-ref", "--quiet", head).removesuffix(b"\n").decode("utf-8", "surrogateescape")
    except GitFailed:
        return False
    references, gaps = _references(git, [branch])
    return not references and not gaps
