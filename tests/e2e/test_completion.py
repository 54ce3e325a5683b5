"""Completion in real shells: the script of `hygiene completion`, read by the shell that it is for."""

import os
import pty
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.e2e.command import environment, hygiene
from tests.e2e.programs import with_programs

SHELLS = ("bash", "zsh", "fish")

ASK_BASH = r"""
source <(hygiene completion bash)
compopt() { :; }                        # bash has it only while somebody presses TAB
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
entry=$(complete -p "$1") || exit 9
entry=${entry##*-F }; "${entry%% *}" "$1"
printf '%s\n' "${COMPREPLY[@]}"
"""

ASK_GIT = r"""
source <(hygiene completion bash)
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
__git_cmd_idx=$(($# - 3)); _git_hygiene
printf '%s\n' "${COMPREPLY[@]/% /<space>}"
"""


@pytest.fixture(scope="module")
def env(bin_folder: Path) -> dict[str, str]:
    return with_programs(bin_folder)


def shell(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"there is no {name} on this machine")
    return found


def bash(script: str, words: list[str], env: dict[str, str]) -> list[str]:
    done = subprocess.run([shell("bash"), "-c", script, "bash", *words], env=env, capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode().split()


@pytest.mark.parametrize("program", ["hygiene", "git-hygiene"])
def test_bash_completes_commands_options_and_their_values(program: str, env: dict[str, str]) -> None:
    assert bash(ASK_BASH, [program, "aud"], env) == ["audit"]
    assert "--fail-on" in bash(ASK_BASH, [program, "audit", "--fa"], env)
    assert bash(ASK_BASH, [program, "audit", "--fail-on", "l"], env) == ["likely"]
    assert bash(ASK_BASH, [program, "rule", "exp"], env) == ["explain"]


@pytest.mark.parametrize("before", [["git"], ["git", "-C", "somewhere"]])
def test_bash_completes_the_words_after_git_hygiene(before: list[str], env: dict[str, str]) -> None:
    assert bash(ASK_GIT, [*before, "hygiene", "rule", "exp"], env) == ["explain<space>"]


def test_bash_completes_at_a_terminal(env: dict[str, str], tmp_path: Path) -> None:
    """A person types it and presses TAB."""
    start = tmp_path / "start"
    start.write_text("PS1='ready> '\nsource <(hygiene completion bash)\n")
    shown = _typed([shell("bash"), "--noprofile", "--rcfile", str(start), "-i"], "hygiene rule expl\t--help\n", env)
    assert "Usage: hygiene rule explain" in shown


def _typed(command: list[str], keys: str, env: dict[str, str]) -> str:
    """What a terminal shows when somebody types `keys` at a prompt, until the next prompt."""
    terminal, end = pty.openpty()
    with subprocess.Popen(
        command, env=env | {"TERM": "dumb"}, stdin=end, stdout=end, stderr=end, start_new_session=True
    ):
        os.close(end)
        shown = _read_until(terminal, b"ready> ")
        os.write(terminal, keys.encode())
        shown += _read_until(terminal, b"Usage:") + _read_until(terminal, b"ready> ")
        os.write(terminal, b"exit\n")
        _read_until(terminal, b"\0")
    os.close(terminal)
    return shown.decode()


def _read_until(terminal: int, mark: bytes) -> bytes:
    """What comes until `mark`, the end, or ten seconds."""
    shown = b""
    end = time.monotonic() + 10
    while mark not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 4096)
            except OSError:  # the shell has ended, and its terminal with it
                break
    return shown


def test_fish_completes_commands_and_options(env: dict[str, str]) -> None:
    script = 'hygiene completion fish | source; complete -C "hygiene aud"; complete -C "git-hygiene audit --fail-on l"'
    done = subprocess.run([shell("fish"), "-N", "-c", script], env=env, capture_output=True, check=True)
    assert [line.split()[0] for line in done.stdout.splitlines()] == [b"audit", b"likely"]


def test_zsh_reads_its_script_and_knows_all_our_names(env: dict[str, str]) -> None:
    script = "autoload -Uz compinit && compinit -D -u; source <(hygiene completion zsh); "
    script += "print $_comps[hygiene] $_comps[git-hygiene]; whence -w _git-hygiene"
    done = subprocess.run([shell("zsh"), "-f", "-c", script], env=env, capture_output=True, check=True)
    assert done.stderr == b""
    assert done.stdout.split() == [b"_hygiene_completion", b"_hygiene_completion", b"_git-hygiene:", b"function"]


@pytest.mark.parametrize("name", SHELLS)
def test_the_script_is_printed_without_that_shell_being_there(name: str) -> None:
    ended = hygiene("completion", name, env=environment(PATH="/nonexistent"))
    assert (ended.status, ended.err) == (0, "")
    assert "_hygiene_completion" in ended.out
    assert "git-hygiene" in ended.out


def test_a_shell_that_nobody_writes_scripts_for_is_a_usage_error() -> None:
    ended = hygiene("completion", "tcsh")
    assert ended.status == 2
    assert "tcsh" in ended.err


def test_a_question_of_the_shell_is_no_bug_report() -> None:
    ended = hygiene(
        env=environment(_HYGIENE_COMPLETE="bash_complete", COMP_WORDS="hygiene rule ch", COMP_CWORD="2"),
    )
    assert ended == (0, "plain,check\n", "")
