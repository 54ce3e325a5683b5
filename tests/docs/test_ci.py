"""What docs/ci.md shows works as shown: its YAML, its inputs and outputs, its hooks, its shell."""

import re
import subprocess
from pathlib import Path

import click
import pytest

from hygiene.cli.main import hygiene as group
from tests.e2e.runner import TO_AUDIT, TO_PACKAGE
from tests.e2e.yaml_file import Node, load, mapping, sequence, string

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
ACTION = mapping(load(ROOT / "action.yml"))
HOOKS = {string(mapping(each)["id"]) for each in sequence(load(ROOT / ".pre-commit-hooks.yaml"))}


def blocks(language: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.+?)```", PAGE, re.DOTALL)
    assert found
    return found


def snippets(key: str) -> list[dict[str, Node]]:
    """The YAML examples with this key at the top."""
    found = [each for each in map(mapping, map(load, blocks("yaml"))) if key in each]
    assert found
    return found


def steps_with_our_action() -> list[dict[str, Node]]:
    jobs = [mapping(job) for each in snippets("jobs") for job in mapping(each["jobs"]).values()]
    steps = [mapping(step) for job in jobs for step in sequence(job["steps"])]
    return [step for step in steps if str(step.get("uses", "")).startswith("OWNER/hygiene@")]


def rows(heading: str) -> dict[str, list[str]]:
    """The table whose first column has this heading, by that column."""
    table = re.search(rf"^\| {heading} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table is not None
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1].splitlines()]
    return {row[0].strip("`"): row[1:] for row in cells}


def options(words: list[str]) -> set[str]:
    return {word.partition("=")[0] for word in words if word.startswith("--")}


def known_options(command: str) -> set[str]:
    found = group.get_command(click.Context(group), command)
    assert found is not None
    return {name for each in found.get_params(click.Context(found)) for name in each.opts}


def test_every_input_of_a_step_exists() -> None:
    steps = steps_with_our_action()
    assert len(steps) == 3
    assert {name for step in steps for name in mapping(step.get("with", {}))} <= set(mapping(ACTION["inputs"]))


def test_no_step_sets_an_input_that_its_mode_does_not_understand() -> None:
    for given in (mapping(step.get("with", {})) for step in steps_with_our_action()):
        others = TO_AUDIT if given.get("mode") == "package" else TO_PACKAGE
        assert set(given).isdisjoint(others)


def test_every_call_of_the_packager_takes_the_options_shown() -> None:
    calls = re.findall(r"\bhygiene package\b([^|;`\n]*)", PAGE)
    assert len(calls) >= 4
    assert {name for call in calls for name in options(call.split())} <= known_options("package")


def test_every_output_that_a_step_uses_exists() -> None:
    used = set(re.findall(r"steps\.hygiene\.outputs\.([\w-]+)", PAGE))
    assert used
    assert used <= set(mapping(ACTION["outputs"]))


def test_the_tables_tell_every_input_with_its_default_and_every_output() -> None:
    inputs = mapping(ACTION["inputs"])
    told = rows("input")
    assert list(told) == list(inputs)
    for name, given in inputs.items():
        default = mapping(given)["default"]
        assert not default or told[name][-1] == f"`{default}`"
    assert list(rows("output")) == list(mapping(ACTION["outputs"]))


def test_every_hook_is_shown_and_exists() -> None:
    repositories = [mapping(repo) for each in snippets("repos") for repo in sequence(each["repos"])]
    hooks = [mapping(hook) for repo in repositories for hook in sequence(repo["hooks"])]
    assert {string(hook["id"]) for hook in hooks} == HOOKS
    given = {string(word) for hook in hooks for word in sequence(hook.get("args", []))}
    assert options(sorted(given)) <= known_options("audit")


def test_the_gitlab_snippet_includes_a_template_that_is_there_and_bends_a_job_of_it() -> None:
    (snippet,) = snippets("include")
    (included,) = map(mapping, sequence(snippet["include"]))
    template = mapping(load(ROOT / string(included["file"]).removeprefix("/")))
    job = mapping(snippet["hygiene"])
    assert set(mapping(job["variables"])) <= set(mapping(mapping(template["hygiene"])["variables"]))
    assert options(list(map(string, mapping(job["variables"]).values()))) <= known_options("audit")


def test_every_variable_of_the_gitlab_job_is_told() -> None:
    template = (ROOT / "templates" / "hygiene.gitlab-ci.yml").read_text(encoding="utf-8")
    for name in mapping(mapping(mapping(load(template))["hygiene"])["variables"]):
        assert f"`{name}`" in PAGE
        assert f"#   {name} " in template


@pytest.mark.parametrize("script", blocks("sh"), ids=lambda script: script.splitlines()[0])
def test_the_shell_snippets_are_shell_and_call_what_exists(script: str) -> None:
    subprocess.run(["bash", "-n"], input=script.encode(), check=True)
    calls = re.findall(r"\bhygiene (audit|completion|package)\b([^#;\n|)]*)", script)
    assert calls
    for command, rest in calls:
        assert options(rest.split()) <= known_options(command)


def test_the_docker_commands_are_those_of_the_dockerfile() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    shown = [line.removeprefix("$ ") for block in blocks("console") for line in block.splitlines() if "docker" in line]
    assert shown
    assert [line for line in shown[:2] if f"#   {line}\n" not in dockerfile] == []
