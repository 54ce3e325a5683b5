"""What a work tree tells somebody who is about to change it."""

import hashlib
import os
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import open_repository
from hygiene.adapters.git_checkout import GitCheckout, open_checkout
from hygiene.errors import NoWorkTree, UnusableFile
from hygiene.model.inventory import Entry
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import Flag, OnDisk, Standing


@pytest.fixture(params=["sha1", "sha256"])
def builder(request: pytest.FixtureRequest, tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "repository", f"--object-format={request.param}")


def checkout_of(builder: RepositoryBuilder) -> GitCheckout:
    return open_checkout(open_repository(builder.path).facts)


def entry_of(builder: RepositoryBuilder, path: str) -> Entry:
    return next(entry for entry in open_repository(builder.path).list_index().entries if entry.path == path)


def test_a_standing_names_head_branch_and_index(builder: RepositoryBuilder) -> None:
    builder.file("a")
    head = builder.commit()
    digest = hashlib.sha256((builder.git_dir / "index").read_bytes()).hexdigest()
    assert checkout_of(builder).standing() == Standing(head, "refs/heads/main", digest)
    builder.git("checkout", "-q", "--detach")
    assert checkout_of(builder).standing().branch is None


def test_a_standing_of_a_new_repository_has_no_head_and_no_index(builder: RepositoryBuilder) -> None:
    assert checkout_of(builder).standing() == Standing(None, "refs/heads/main", "")


def test_every_change_of_the_index_shows(builder: RepositoryBuilder) -> None:
    builder.file("a", b"1")
    before = checkout_of(builder).standing().index
    builder.split_index()
    split = checkout_of(builder).standing().index
    builder.file("a", b"2")
    assert len({before, split, checkout_of(builder).standing().index}) == 3


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("MERGE_HEAD", ("a merge",)),
        ("rebase-merge", ("a rebase",)),
        ("rebase-apply", ("a rebase",)),
        ("CHERRY_PICK_HEAD", ("a cherry-pick",)),
        ("REVERT_HEAD", ("a revert",)),
        ("sequencer", ("a cherry-pick or a revert",)),
    ],
)
def test_what_git_is_in_the_middle_of_is_told(tmp_path: Path, mark: str, words: tuple[str, ...]) -> None:
    builder = RepositoryBuilder(tmp_path / "repository")
    (builder.git_dir / mark).mkdir()
    assert checkout_of(builder).standing().under_way == words


def test_a_lock_is_told_even_if_it_is_a_dangling_link(builder: RepositoryBuilder) -> None:
    assert not checkout_of(builder).standing().is_locked
    (builder.git_dir / "index.lock").symlink_to("nowhere")
    assert checkout_of(builder).standing().is_locked


def test_what_a_person_told_git_about_paths_is_found(builder: RepositoryBuilder) -> None:
    for name in ("skipped", "unchanged", "both", "usual", "empty", "H odd\nS name"):
        builder.file(name)
    builder.commit()
    builder.check_out()
    builder.git("update-index", "--skip-worktree", "skipped", "both")
    builder.git("update-index", "--assume-unchanged", "unchanged", "both")
    builder.intent_to_add("announced")
    builder.file("new and empty")
    assert checkout_of(builder).flags() == {
        "skipped": Flag.SKIP_WORKTREE,
        "both": Flag.SKIP_WORKTREE,
        "unchanged": Flag.ASSUME_UNCHANGED,
        "announced": Flag.INTENT_TO_ADD,
    }


def test_an_announced_path_that_head_holds_empty_is_found_too(builder: RepositoryBuilder) -> None:
    builder.file("a")
    builder.commit()
    builder.remove("a")
    builder.intent_to_add("a")
    assert checkout_of(builder).flags() == {"a": Flag.INTENT_TO_ADD}


def test_a_skipped_file_keeps_its_flag_although_the_git_directory_has_one_of_its_name(
    builder: RepositoryBuilder,
) -> None:
    builder.file("config")
    builder.file("kept/a")
    builder.commit()
    builder.check_out()
    builder.git("sparse-checkout", "set", "--no-cone", "/kept/")
    assert checkout_of(builder).flags() == {"config": Flag.SKIP_WORKTREE}


def test_what_is_on_disk_is_told_without_following_links(builder: RepositoryBuilder) -> None:
    root = builder.path
    (root / "folder/nested/.git").mkdir(parents=True)
    for name in ("file", "folder/file", "folder/nested/file"):
        (root / name).write_bytes(b"")
    (root / "link").symlink_to("folder")
    os.mkfifo(root / "pipe")
    expected = {
        "file": OnDisk.FILE,
        "folder/file": OnDisk.FILE,
        "absent": OnDisk.ABSENT,
        "absent/file": OnDisk.ABSENT,
        "file/below": OnDisk.ABSENT,
        "link": OnDisk.SYMLINK,
        "link/file": OnDisk.BEHIND_SYMLINK,
        "link/no/file": OnDisk.BEHIND_SYMLINK,
        "folder": OnDisk.FOLDER,
        "folder/nested": OnDisk.FOLDER,
        "folder/nested/file": OnDisk.IN_NESTED_REPOSITORY,
        "folder/nested/deep/file": OnDisk.IN_NESTED_REPOSITORY,
        "pipe": OnDisk.OTHER,
    }
    assert checkout_of(builder).on_disk([RepoPath(path) for path in expected]) == expected


def test_names_that_are_not_utf8_are_found_on_disk(builder: RepositoryBuilder) -> None:
    path = RepoPath("\udcff")
    (builder.path / path).touch()
    assert checkout_of(builder).on_disk([path]) == {path: OnDisk.FILE}
    assert checkout_of(builder).read_file(path, 0) == b""


def test_staged_content_that_nothing_else_leads_to_is_unsaved(builder: RepositoryBuilder) -> None:
    builder.file("in head", b"head")
    builder.commit()
    builder.file("new", b"staged")
    builder.file("new on disk", b"both\r\n" * 3)
    builder.file("with line feeds", b"a\nb\n")
    builder.symlink("link", b"target")
    builder.symlink("other link", b"target")
    builder.gitlink("submodule", entry_of(builder, "in head").blob)
    (builder.path / "in head").write_bytes(b"edited")
    (builder.path / "new").write_bytes(b"edited")
    (builder.path / "new on disk").write_bytes(b"both\r\n" * 3)
    (builder.path / "with line feeds").write_bytes(b"a\r\nb\r\n")
    (builder.path / "link").symlink_to("target")
    (builder.path / "other link").symlink_to("elsewhere")
    entries = open_repository(builder.path).list_index().entries
    assert checkout_of(builder).unsaved(entries) == {"new", "other link"}
    assert checkout_of(builder).unsaved([entry_of(builder, "in head")]) == set()


def test_everything_staged_before_the_first_commit_may_be_unsaved(builder: RepositoryBuilder) -> None:
    builder.file("a", b"1")
    assert checkout_of(builder).unsaved([entry_of(builder, "a")]) == {"a"}


def test_reading_a_file_goes_through_no_link(builder: RepositoryBuilder) -> None:
    root, checkout = builder.path, checkout_of(builder)
    (root / "folder").mkdir()
    (root / "folder/file").write_bytes(b"12345")
    (root / "link").symlink_to("folder")
    (root / "file link").symlink_to("folder/file")
    os.mkfifo(root / "pipe")
    assert checkout.read_file(RepoPath("folder/file"), 5) == b"12345"
    assert checkout.read_file(RepoPath("nowhere/file"), 5) is None
    for path in ("link/file", "file link", "pipe", "folder"):
        with pytest.raises(UnusableFile, match=path):
            checkout.read_file(RepoPath(path), 5)
    with pytest.raises(UnusableFile, match="more than 4 bytes"):
        checkout.read_file(RepoPath("folder/file"), 4)


def test_a_bare_repository_has_no_work_tree(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repository", "--bare")
    with pytest.raises(NoWorkTree):
        checkout_of(builder)
