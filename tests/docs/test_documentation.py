"""What the documentation says is so: commands exist, options are complete, examples work, pages are up to date."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from hygiene.cli.audit import audit
from hygiene.cli.main import hygiene as group
from hygiene.errors import ExitStatus
from hygiene.model.rule import Category, Confidence, Disposition, Severity
from tests.e2e.command import environment, hygiene

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(page: str) -> list[list[str]]:
    """Every `hygiene …` command in code of a page, as words."""
    quoted = [
        *re.findall(r"`((?:git )?hygiene [^`\n]+)`", page),
        *re.findall(r"^\$ ((?:git )?hygiene .+)$", page, re.MULTILINE),
    ]
    return [each.removeprefix("git ").split()[1:] for each in quoted]


def test_every_option_of_the_audit_is_in_the_usage_page() -> None:
    usage = text("docs/usage.md")
    options = [
        name
        for option in audit.params
        if isinstance(option, click.Option)
        for name in option.opts
        if name.startswith("--")
    ]
    assert [name for name in options if f"`{name}" not in usage] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_a_page_exists_and_takes_the_options_shown(page: Path) -> None:
    context = click.Context(group)
    for words in commands(page.read_text(encoding="utf-8")):
        assert words[0] in group.list_commands(context), words
        command = group.get_command(context, words[0])
        if isinstance(command, click.Group) and len(words) > 1:
            command = command.get_command(click.Context(command), words[1])
        assert command is not None, words
        known = {name for option in command.params for name in option.opts}
        assert {word for word in words if word.startswith("--")} <= known, words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_exit_codes_are_all_told() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", text("docs/exit-codes.md"), re.MULTILINE)}
    assert told == {int(status) for status in ExitStatus}


def test_the_glossary_names_every_word_of_the_enums() -> None:
    glossary = text("docs/glossary.md")
    words = [str(word) for kind in (Category, Confidence, Disposition, Severity) for word in kind]
    assert [word for word in words if word not in glossary] == []


def test_the_rule_file_of_the_usage_page_works(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.+?)```", text("docs/usage.md"), re.DOTALL)
    assert found is not None
    rule = tmp_path / "simulation-dump.toml"
    rule.write_text(found[1])
    assert "ok: simulation-dump (4 examples hold)" in hygiene("rule", "check", rule).out


def test_the_rule_pages_are_those_of_the_catalogue() -> None:
    script = ROOT / "scripts" / "generate_rule_pages.py"
    done = subprocess.run([sys.executable, script, "--check"], env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_readme_opens_with_the_two_commands_of_a_fresh_clone() -> None:
    first = re.search(r"```console\n(.+?)```", text("README.md"), re.DOTALL)
    assert first is not None
    shown = [line.split()[1] for line in first[1].splitlines()]
    assert shown == ["scripts/hygiene", "scripts/test"]
    assert "scripts/test" in text(".ci/run")
    assert all((ROOT / script).stat().st_mode & 0o111 for script in shown)
