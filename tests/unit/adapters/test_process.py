"""Which git is run, with what around it, and that it is gone when its caller is."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.process import Git, GitFailed, find_git


def git_of(builder: RepositoryBuilder) -> Git:
    program = find_git()
    assert program is not None
    return Git(program, builder.git_dir)


def plant(folder: Path, script: str) -> Path:
    """A program called git."""
    folder.mkdir(exist_ok=True)
    program = folder / "git"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("search_path", ["", ".", ":", "bin", "./bin", ":bin:.:", "../{here}"])
def test_a_git_in_the_current_folder_is_never_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, search_path: str
) -> None:
    plant(tmp_path, "exit 0")
    plant(tmp_path / "bin", "exit 0")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", search_path.format(here=tmp_path.name))
    assert find_git() is None


def test_git_is_found_by_its_absolute_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, "exit 0")
    program = plant(tmp_path / "bin", "exit 0")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f":.:{tmp_path / 'bin'}:/usr/bin")
    assert find_git() == program


def test_the_environment_is_ours_and_next_to_nothing_is_inherited(
    builder: RepositoryBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = plant(tmp_path / "bin", "env")
    for name in (
        "GIT_DIR",
        "GIT_CONFIG_COUNT",
        "GIT_SSH_COMMAND",
        "GIT_EXEC_PATH",
        "HOME",
        "XDG_CONFIG_HOME",
        "SECRET",
    ):
        monkeypatch.setenv(name, "poison")
    monkeypatch.setenv("PATH", f"relative::/usr/bin{os.pathsep}/bin")
    lines = Git(program, builder.git_dir).run("anything").decode().splitlines()
    seen = dict(line.partition("=")[::2] for line in lines)
    assert "poison" not in seen.values()
    assert seen["PATH"] == "/usr/bin:/bin"
    assert (seen["GIT_CONFIG_GLOBAL"], seen["GIT_CONFIG_NOSYSTEM"], seen["GIT_NO_LAZY_FETCH"]) == (os.devnull, "1", "1")


def test_the_git_directory_is_always_given(builder: RepositoryBuilder, tmp_path: Path) -> None:
    program = plant(tmp_path / "bin", 'for word; do printf "%s\\n" "$word"; done')
    words = Git(program, builder.git_dir).run("ls-files", "-z").decode().splitlines()
    assert words[-2:] == ["ls-files", "-z"]
    assert f"--git-dir={builder.git_dir}" in words
    assert {"--no-optional-locks", "--no-pager", "core.fsmonitor=false", f"core.hooksPath={os.devnull}"} <= set(words)


def test_a_failure_tells_what_git_said(builder: RepositoryBuilder) -> None:
    git = git_of(builder)
    with pytest.raises(GitFailed, match=r"status 128: .*nowhere") as raised:
        git.run("ls-tree", "nowhere")
    assert raised.value.exit_code == 128
    with git.running("ls-tree", "nowhere") as command, pytest.raises(GitFailed, match=r"status 128: .*nowhere"):
        command.read()


@pytest.mark.parametrize(
    ("complaint", "told"),
    [
        ("hint: look elsewhere\nfatal: bad object\nfatal: and more", "fatal: bad object"),
        ("warning: odd\nerror: no such tree\nfatal: so it ends\nhint: look", "error: no such tree"),
        ("hint: look elsewhere\ngit: not found\nusage: git", "git: not found"),
        ("hint: look elsewhere\n", "hint: look elsewhere"),
        ("\n", ""),
    ],
)
def test_a_failure_tells_why_and_not_what_to_do(complaint: str, told: str) -> None:
    failure = GitFailed("here", 128, complaint)
    assert failure.message.endswith(f"status 128: {told}")
    assert failure.complaint == complaint


def test_a_large_input_and_a_large_output_do_not_wait_for_each_other(
    builder: RepositoryBuilder, tmp_path: Path
) -> None:
    program = plant(tmp_path / "bin", "cat")
    content = os.urandom(1 << 20) * 4
    git = Git(program, builder.git_dir)
    with git.stream("anything", stdin=content) as output:
        assert output.read() == content
    with git.running("anything", stdin=content) as command:
        assert command.read() == content


def test_a_command_that_does_not_read_its_input_is_no_failure(builder: RepositoryBuilder, tmp_path: Path) -> None:
    program = plant(tmp_path / "bin", "echo done")
    with Git(program, builder.git_dir).stream("anything", stdin=bytes(1 << 20)) as output:
        assert output.read() == b"done\n"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_command_is_dead_when_its_reader_is_gone(builder: RepositoryBuilder, tmp_path: Path) -> None:
    program = plant(tmp_path / "bin", "printf '%s\\0' $$; exec sleep 60")
    number = 0
    with suppress(KeyboardInterrupt), Git(program, builder.git_dir).stream("anything") as output:
        number = int(os.read(output.fileno(), 100).rstrip(b"\0"))
        assert Path(f"/proc/{number}").exists()
        raise KeyboardInterrupt
    assert number
    assert not Path(f"/proc/{number}").exists()


def test_a_command_can_be_ended_while_it_is_read(builder: RepositoryBuilder, tmp_path: Path) -> None:
    program = plant(tmp_path / "bin", "echo done; exec sleep 60")
    with Git(program, builder.git_dir).running("anything") as command:
        Timer(0.1, command.end).start()
        with pytest.raises(GitFailed):
            command.read()


def test_what_a_command_complains_of_is_heard_although_it_goes_on(builder: RepositoryBuilder, tmp_path: Path) -> None:
    program = plant(tmp_path / "bin", "echo one; echo beware >&2")
    assert Git(program, builder.git_dir).hear("anything") == (b"one\n", "beware\n")


def test_a_conversation_goes_on_until_the_command_ends(builder: RepositoryBuilder, tmp_path: Path) -> None:
    program = plant(tmp_path / "bin", 'read word; echo "heard $word"; read word; echo "heard $word"')
    with Git(program, builder.git_dir).converse("anything") as conversation:
        for word in (b"a", b"b"):
            conversation.ask(word + b"\n")
            assert conversation.answers.readline() == b"heard " + word + b"\n"
        assert conversation.answers.readline() == b""
        conversation.ask(bytes(1 << 20))
        assert conversation.answers.readline() == b""
