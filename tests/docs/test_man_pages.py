"""The manual pages: up to date, complete, and what the programs that show them take without complaint."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from hygiene.cli.main import hygiene as group
from hygiene.errors import ExitStatus
from tests.e2e.command import environment

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "man"
PAGES = sorted(FOLDER.glob("*.1"))
REQUESTS = {".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".BR", ".br"}


def commands() -> list[str]:
    return group.list_commands(click.Context(group))


def text(command: str) -> str:
    """The page of a command, with its escapes resolved."""
    page = (FOLDER / f"{command}.1").read_text(encoding="utf-8")
    return re.sub(r"\\f[BIR]", "", page).replace("\\-", "-")


def test_the_pages_are_those_of_the_commands() -> None:
    script = ROOT / "scripts" / "generate_man_pages.py"
    done = subprocess.run([sys.executable, script, "--check"], env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_there_is_a_page_for_each_name_and_each_command() -> None:
    assert {page.stem for page in PAGES} == {"hygiene", "git-hygiene", *(f"hygiene-{name}" for name in commands())}


@pytest.mark.parametrize("name", commands())
def test_a_page_tells_every_option(name: str) -> None:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    told = [command]
    if isinstance(command, click.Group):
        told += [command.commands[each] for each in command.list_commands(click.Context(command))]
    shown = text(f"hygiene-{name}")
    options = [option for each in told for option in each.params if isinstance(option, click.Option)]
    assert [option.opts for option in options if ", ".join(option.opts) not in shown] == []


def test_every_exit_status_is_told() -> None:
    section = text("hygiene-audit").partition(".SH EXIT STATUS")[2].partition(".SH")[0]
    assert {int(code) for code in re.findall(r"^\.B (\d+)$", section, re.MULTILINE)} == set(map(int, ExitStatus))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_has_the_sections_of_a_manual_page_and_no_stray_request(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    sections = [line.removeprefix(".SH ") for line in lines if line.startswith(".SH ")]
    assert sections[:3] == ["NAME", "SYNOPSIS", "DESCRIPTION"]
    assert sections[-2:] == ["EXIT STATUS", "SEE ALSO"]
    assert {line.split()[0] for line in lines if line.startswith((".", "'"))} <= REQUESTS
    assert lines[0].replace("\\-", "-").startswith(f".TH {page.stem.upper()} 1 ")
    assert "" not in lines


@pytest.mark.parametrize(
    "checker",
    [("mandoc", "-T", "lint", "-W", "error"), ("groff", "-man", "-ww", "-z", "-Tutf8")],
    ids=lambda checker: checker[0],
)
def test_the_formatters_have_no_complaint(checker: tuple[str, ...]) -> None:
    if shutil.which(checker[0]) is None:
        pytest.skip(f"there is no {checker[0]} on this machine")
    for page in PAGES:
        done = subprocess.run([*checker, page], capture_output=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b""), page.name


def test_the_pages_are_installed_where_man_looks() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"] == {"docs/man": "share/man/man1"}
