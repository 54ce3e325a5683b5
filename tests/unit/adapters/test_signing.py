"""Who commits and who signs: the user's configuration says so, and only the user's programs are started."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.commit_making import GitCommits
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.adapters.process import Git, find_git
from hygiene.errors import CommitFailed
from hygiene.ports.checkout import Hooks


class Desk:
    """A user with a home, a repository, and programs that sign and leave a mark."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir()
        self.builder = RepositoryBuilder(folder / "repository")
        self.builder.file("a.txt", b"a")
        self.builder.commit()
        self.own("user.name", "Una User")
        self.own("user.email", "una@example.com")

    def own(self, name: str, value: str) -> None:
        """Sets something in the user's own configuration."""
        self._git("config", "--file", str(self.home / ".gitconfig"), name, value)

    def signer(self, name: str) -> Path:
        """A program that signs as gpg does, with its own name for a signature."""
        program = self.folder / name
        program.write_text(
            f"#!/bin/sh\necho \"$@\" >> '{self.mark(name)}'\ncat > /dev/null\n"
            "echo '[GNUPG:] SIG_CREATED D' >&2\n"
            f"printf -- '-----BEGIN PGP SIGNATURE-----\\n\\n{name}\\n-----END PGP SIGNATURE-----\\n'\n"
        )
        program.chmod(0o755)
        return program

    def mark(self, name: str) -> Path:
        """What is there once the program has run, with its arguments."""
        return self.folder / f"{name}.ran"

    def plain_commit(self, *options: str) -> None:
        """As a user does who trusts the repository; whether it succeeds does not matter."""
        self._git("commit", "--allow-empty", "-m", "plain", *options, check=False)

    def commit(self) -> str:
        """The commit object that we make."""
        program, facts = find_git(), open_repository(self.builder.path, Reader.GIT).facts
        assert program is not None
        commits = GitCommits(Git(program, facts.git_dir), facts)
        made = commits.make(self.builder.id_of("HEAD"), [], "message\n", Hooks.SKIP)
        return self.builder.git("cat-file", "commit", made).decode()

    def verifies(self, commit: str) -> bool:
        """Whether plain git finds the signature of a commit object good."""
        made = self.builder.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=commit.encode()).decode().strip()
        return self._git("verify-commit", made, check=False) == 0

    def _git(self, *arguments: str, check: bool = True) -> int:
        done = subprocess.run(["git", *arguments], cwd=self.builder.path, capture_output=True, check=check)
        return done.returncode


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("EMAIL", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home/.config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return Desk(tmp_path)


# Who commits


def test_the_users_configuration_names_author_and_committer(desk: Desk) -> None:
    commit = desk.commit()
    assert "\nauthor Una User <una@example.com> " in commit
    assert "\ncommitter Una User <una@example.com> " in commit


def test_files_that_the_users_configuration_includes_count(desk: Desk) -> None:
    (desk.home / "work.config").write_text("[user]\n\temail = una@work.example\n")
    desk.own(f"includeIf.gitdir:{desk.folder}/.path", "~/work.config")
    assert "\nauthor Una User <una@work.example> " in desk.commit()


def test_the_repositorys_configuration_outdoes_the_users(desk: Desk) -> None:
    desk.builder.config("user.email", "una@project.example")
    desk.builder.config("committer.name", "Una at the project")
    commit = desk.commit()
    assert "\nauthor Una User <una@project.example> " in commit
    assert "\ncommitter Una at the project <una@project.example> " in commit


def test_the_environment_outdoes_both(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.builder.config("user.name", "Una at the project")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Another")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "1800000000 +0200")
    commit = desk.commit()
    assert "\nauthor Another <una@example.com> " in commit
    assert "\ncommitter Una at the project <una@example.com> 1800000000 +0200\n" in commit


def test_nobody_is_made_up(desk: Desk) -> None:
    (desk.home / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")
    with pytest.raises(CommitFailed, match="no email was given") as caught:
        desk.commit()
    assert "git config --global user.email" in (caught.value.hint or "")


# Who signs


def test_without_a_wish_nothing_is_signed(desk: Desk) -> None:
    desk.own("gpg.program", str(desk.signer("mine")))
    assert "gpgsig" not in desk.commit()
    assert not desk.mark("mine").exists()


@pytest.mark.parametrize("setting", ["gpg.program", "gpg.openpgp.program"])
def test_the_users_program_signs(desk: Desk, setting: str) -> None:
    desk.own("commit.gpgSign", "true")
    desk.own("user.signingKey", "ABCD")
    desk.own(setting, str(desk.signer("mine")))
    assert "\n mine\n" in desk.commit()
    assert desk.mark("mine").read_text().endswith("-bsau ABCD\n")


def test_the_last_of_two_names_for_a_program_counts(desk: Desk) -> None:
    desk.own("commit.gpgSign", "true")
    desk.own("gpg.openpgp.program", str(desk.signer("first")))
    desk.own("gpg.program", str(desk.signer("second")))
    desk.plain_commit()
    assert (desk.mark("first").exists(), desk.mark("second").exists()) == (False, True)
    assert "\n second\n" in desk.commit()


def test_a_program_that_an_included_file_of_the_users_names_signs(desk: Desk) -> None:
    (desk.home / "signing.config").write_text(f"[gpg]\n\tprogram = {desk.signer('mine')}\n[commit]\n\tgpgSign\n")
    desk.own("include.path", "signing.config")
    assert "\n mine\n" in desk.commit()


def test_a_program_of_the_command_line_signs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.builder.config("gpg.program", str(desk.signer("theirs")))
    settings = {"commit.gpgSign": "yes", "gpg.program": str(desk.signer("mine"))}
    monkeypatch.setenv("GIT_CONFIG_COUNT", "2")
    for number, (name, value) in enumerate(settings.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", name)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    assert "\n mine\n" in desk.commit()
    assert not desk.mark("theirs").exists()


def plant_in_config(desk: Desk, name: str, value: str) -> None:
    desk.builder.config(name, value)


def plant_in_included_file(desk: Desk, name: str, value: str) -> None:
    desk.builder.git("config", "--file", str(desk.folder / "outside.config"), name, value)
    desk.builder.config("include.path", str(desk.folder / "outside.config"))


def plant_in_work_tree_config(desk: Desk, name: str, value: str) -> None:
    desk.builder.config("core.repositoryFormatVersion", "1")
    desk.builder.config("extensions.worktreeConfig", "true")
    desk.builder.git("config", "--worktree", name, value)


Plant = Callable[[Desk, str, str], None]

PLANTS: list[Plant] = [plant_in_config, plant_in_included_file, plant_in_work_tree_config]
FORMATS = {
    "gpg.program": ("openpgp", "gpg"),
    "gpg.openpgp.program": ("openpgp", "gpg"),
    "gpg.x509.program": ("x509", "gpgsm"),
    "gpg.ssh.program": ("ssh", "ssh-keygen"),
}
"""What each setting is for, and the program that git starts without it."""


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("setting", FORMATS)
def test_trap_18_a_program_of_the_repository_never_runs(
    desk: Desk, setting: str, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, default = FORMATS[setting]
    key = desk.folder / "key.pub"
    key.write_text("ssh-ed25519 AAAA\n")
    for name, value in {"commit.gpgSign": "true", "gpg.format": kind, "user.signingKey": str(key)}.items():
        desk.builder.config(name, value)
    plant(desk, setting, str(desk.signer("theirs")))
    desk.plain_commit()
    assert desk.mark("theirs").exists(), "plain git did not start the program: this test would prove nothing"
    desk.mark("theirs").unlink()
    (desk.folder / default).write_text(f"#!/bin/sh\necho \"$@\" >> '{desk.mark('git-s-own')}'\nexit 1\n")
    (desk.folder / default).chmod(0o755)
    monkeypatch.setenv("PATH", f"{desk.folder}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(CommitFailed) as caught:
        desk.commit()
    assert "git config --global user.signingKey" in (caught.value.hint or "")
    assert (desk.mark("theirs").exists(), desk.mark("git-s-own").exists()) == (False, True)


@pytest.mark.parametrize("plant", PLANTS)
def test_trap_18_a_program_that_finds_keys_is_the_users(desk: Desk, plant: Plant) -> None:
    desk.own("commit.gpgSign", "true")
    desk.own("gpg.format", "ssh")
    plant(desk, "gpg.ssh.defaultKeyCommand", str(desk.signer("theirs")))
    desk.plain_commit()
    assert desk.mark("theirs").exists(), "plain git did not start the program: this test would prove nothing"
    desk.mark("theirs").unlink()
    with pytest.raises(CommitFailed):
        desk.commit()
    desk.own("gpg.ssh.defaultKeyCommand", str(desk.signer("mine")))
    with pytest.raises(CommitFailed):
        desk.commit()
    assert (desk.mark("theirs").exists(), desk.mark("mine").exists()) == (False, True)


def test_where_the_repository_wants_signatures_the_users_program_gives_them(desk: Desk) -> None:
    desk.builder.config("commit.gpgSign", "true")
    desk.builder.config("gpg.program", str(desk.signer("theirs")))
    desk.own("gpg.program", str(desk.signer("mine")))
    assert "\n mine\n" in desk.commit()
    assert not desk.mark("theirs").exists()


def test_the_repository_may_want_no_signature(desk: Desk) -> None:
    desk.own("commit.gpgSign", "true")
    desk.own("gpg.program", str(desk.signer("mine")))
    desk.builder.config("commit.gpgSign", "false")
    assert "gpgsig" not in desk.commit()


def test_a_key_that_would_be_an_option_is_refused(desk: Desk) -> None:
    desk.own("commit.gpgSign", "true")
    desk.own("gpg.program", str(desk.signer("mine")))
    desk.builder.config("user.signingKey", "--output=/tmp/x")
    with pytest.raises(CommitFailed, match="begins with a dash"):
        desk.commit()
    assert not desk.mark("mine").exists()


def test_a_wish_that_is_no_wish_is_told(desk: Desk) -> None:
    desk.own("commit.gpgSign", "perhaps")
    with pytest.raises(CommitFailed, match="perhaps"):
        desk.commit()


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen")
def test_ssh_signs_for_real(desk: Desk) -> None:
    key = desk.home / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    (desk.home / "signers").write_text(f"una@example.com {key.with_suffix('.pub').read_text()}")
    desk.own("commit.gpgSign", "true")
    desk.own("gpg.format", "ssh")
    desk.own("user.signingKey", "~/key.pub")
    desk.own("gpg.ssh.allowedSignersFile", str(desk.home / "signers"))
    desk.builder.config("gpg.ssh.program", str(desk.signer("theirs")))
    commit = desk.commit()
    assert "BEGIN SSH SIGNATURE" in commit
    assert not desk.mark("theirs").exists()
    desk.builder.git("config", "--unset", "gpg.ssh.program")
    assert desk.verifies(commit)
    assert not desk.verifies(commit.replace("message", "forged"))


@pytest.mark.skipif(shutil.which("gpg") is None, reason="there is no gpg")
def test_gpg_signs_for_real(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    home = desk.home / "g"  # short: the agent's socket lies there
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    make = ["--quick-gen-key", "Una User <una@example.com>", "ed25519", "sign", "never"]
    made = subprocess.run(
        ["gpg", "--batch", "--passphrase", "", "--quiet", *make], capture_output=True, check=False, timeout=60
    )
    if made.returncode:
        pytest.skip(f"this gpg makes no key: {made.stderr.decode(errors='replace')}")
    try:
        desk.own("commit.gpgSign", "true")
        commit = desk.commit()
        assert "BEGIN PGP SIGNATURE" in commit
        assert desk.verifies(commit)
    finally:
        subprocess.run(["gpgconf", "--kill", "all"], capture_output=True, check=False, timeout=60)
