"""Makes commits of a tree and some edits: the port `Commits`, by git's plumbing."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from hygiene.adapters import signing
from hygiene.adapters.commit_hooks import CommitHooks
from hygiene.adapters.personal_git import PersonalGit, TrustingGit
from hygiene.adapters.process import Git, GitFailed
from hygiene.adapters.standing import resolved
from hygiene.adapters.tree_in_making import TreeInMaking
from hygiene.errors import BadBranch, CommitFailed
from hygiene.model.inventory import RepositoryFacts
from hygiene.model.json_path import bytes_of
from hygiene.model.untracking import IndexEdit
from hygiene.ports.checkout import Hooks

_MESSAGE_FILE = "COMMIT_EDITMSG"
"""Git's own name for it, by which hooks and editors may know it."""

_UTF_8 = "i18n.commitEncoding=UTF-8"
"""What the message is in, whatever the configuration would have it be."""

_NEXT = "Run `git fsck` to see what is broken, or untrack without --commit."
_INTRODUCE = 'Tell git who you are: git config --global user.name "…", git config --global user.email "…"'
_SIGN = (
    "Name key and program in your own configuration (`git config --global user.signingKey`, gpg.program): "
    "a program that the repository's configuration names is not started. Or set commit.gpgSign to false."
)


class GitCommits:
    """Commits of one repository, made in an index of their own: neither its index nor its work tree is looked at.

    A program that is killed leaves a folder `hygiene-commit-*` in the git directory at most, which nothing reads.
    """

    def __init__(self, git: Git, facts: RepositoryFacts) -> None:
        self._git = git
        self._facts = facts
        self._person = PersonalGit(git.program, facts.git_dir)

    def require_new_branch(self, name: str) -> None:
        """By `git check-ref-format`, which also knows names that mean another branch. Raises `BadBranch`."""
        try:
            meant = self._git.run("check-ref-format", "--branch", name).decode("utf-8", "surrogateescape")
        except GitFailed:
            meant = ""
        if name in ("", "@") or meant.removesuffix("\n") != name:
            raise BadBranch(name, "git takes no such name")
        if self._is_there(f"refs/heads/{name}"):
            raise BadBranch(name, "there is one")

    def make(self, parent: str | None, edits: Sequence[IndexEdit], message: str, hooks: Hooks) -> str:
        """A commit of the parent's tree with the edits, which no reference leads to yet. Raises `CommitFailed`."""
        with _reasons(), _private_folder(self._facts.git_dir) as folder:
            tree = TreeInMaking(self._git, folder / "index", self._facts.object_format)
            tree.start(parent)
            tree.change(edits)
            if hooks is Hooks.RUN:
                runner = self._hooks()
                runner.require_git()
                runner.before(tree.place)
                message = runner.worded(message, tree.place, folder / _MESSAGE_FILE)
            return self._commit(tree.write(), parent, message)

    def _is_there(self, reference: str) -> bool:
        """Also one that leads to another, which need not exist."""
        if resolved(self._git, reference) is not None:
            return True
        with suppress(GitFailed):
            return bool(self._git.run("symbolic-ref", "--quiet", reference))
        return False

    def after(self, hooks: Hooks) -> None:
        """Runs `post-commit` where hooks run."""
        if hooks is Hooks.RUN:
            self._hooks().after()

    def _hooks(self) -> CommitHooks:
        if self._facts.work_dir is None:
            raise CommitFailed("hooks need a work tree, and this repository is bare", "Leave out --run-hooks.")
        return CommitHooks(TrustingGit(self._git.program, self._facts.git_dir, self._facts.work_dir))

    def _commit(self, tree: str, parent: str | None, message: str) -> str:
        is_signed = signing.is_wanted(self._person)
        programs = signing.programs(self._person.settings()) if is_signed else ()
        words = ["commit-tree", *(["-S"] if is_signed else []), *(["-p", parent] if parent else []), "-F", "-", tree]
        text = bytes_of(message)
        try:
            return self._person.run(*words, overrides=(_UTF_8, *programs), stdin=text).decode("ascii").strip()
        except GitFailed as failure:
            raise CommitFailed(_said(failure), self._advice(is_signed=is_signed)) from failure

    def _advice(self, *, is_signed: bool) -> str:
        """What helps where `commit-tree` failed."""
        try:
            for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
                self._person.run("var", who)
        except GitFailed:
            return _INTRODUCE
        return _SIGN if is_signed else _NEXT


@contextmanager
def _private_folder(git_dir: Path) -> Iterator[Path]:
    """A folder that goes when the block is left, whatever a hook has put there."""
    with tempfile.TemporaryDirectory(prefix="hygiene-commit-", dir=git_dir, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def _reasons() -> Iterator[None]:
    """Tells a failure of git or of the disk as what it means here."""
    try:
        yield
    except GitFailed as failure:
        raise CommitFailed(_said(failure), _NEXT) from failure
    except OSError as failure:
        raise CommitFailed(
            f"{failure.filename}: {failure.strerror}", "Make room there, or make it writable."
        ) from failure


def _said(failure: GitFailed) -> str:
    return failure.complaint.strip() or f"git ended with status {failure.exit_code}"
