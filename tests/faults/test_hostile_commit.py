"""Making a commit starts no program that the repository's configuration names, although everyday git does."""

import os
from pathlib import Path

import pytest

from hygiene.adapters.commit_making import GitCommits
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.adapters.process import Git, find_git
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.untracking import Held, IndexEdit
from hygiene.ports.checkout import Hooks
from tests.faults.hostile_items import ITEMS, Item, Trap, plain_environment

UNTRACKED = IndexEdit(RepoPath("a.txt"), Held("100644", BlobId("1" * 40)), None)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """That of a user whom git knows, and who has configured nothing."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {**plain_environment({}), "HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)


def names_of_commit(trap: Trap) -> list[str]:
    """Makes a commit as an untracking does; the paths that it holds."""
    program, facts = find_git(), open_repository(trap.builder.path, Reader.GIT).facts
    assert program is not None
    commits = GitCommits(Git(program, facts.git_dir), facts)
    made = commits.make(facts.head, [UNTRACKED], "Untrack a file\n", Hooks.SKIP)
    commits.after(Hooks.SKIP)
    listing = Git(program, facts.git_dir).run("ls-tree", "-r", "-z", "--name-only", made)
    return listing.decode().split("\0")[:-1]


def everyday_commit(trap: Trap) -> None:
    trap.git("commit", "--allow-empty", "-a", "-m", "everyday")


@pytest.mark.parametrize("item", ITEMS, ids=[item.name for item in ITEMS])
def test_trap_18_nothing_is_started(trap: Trap, mark: Path, item: Item) -> None:
    item.plant(trap)
    item.fire(trap)
    assert mark.exists(), "plain git did not start the program: this test would prove nothing"
    mark.unlink()
    os.utime(trap.builder.path / "a.txt", (2, 2))  # a filter would have to look at it again
    names = names_of_commit(trap)
    assert "lost.txt" in names
    assert "a.txt" not in names
    assert not mark.exists()


@pytest.mark.parametrize("place", ["config", "included"])
def test_trap_18_no_signer_is_started_by_the_repositorys_wish(
    trap: Trap, mark: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    trap.builder.config("commit.gpgSign", "true")
    if place == "config":
        trap.builder.config("gpg.program", str(trap.program))
    else:
        (tmp_path / "outside.config").write_text(f"[gpg]\n\tprogram = {trap.program}\n")
        trap.builder.config("include.path", str(tmp_path / "outside.config"))
    everyday_commit(trap)
    assert mark.exists(), "plain git did not start the program: this test would prove nothing"
    mark.unlink()
    signer = tmp_path / "gpg"
    signer.write_text("#!/bin/sh\ncat > /dev/null\necho '[GNUPG:] SIG_CREATED D' >&2\necho signed\n")
    signer.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert names_of_commit(trap) == ["lost.txt"]
    assert not mark.exists()
