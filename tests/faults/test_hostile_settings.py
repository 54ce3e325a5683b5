"""A configuration made to harm is a problem with its place: no wait, no exhaustion, no byte for the terminal."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.policy_files import DiskPolicyFiles
from hygiene.errors import BrokenConfiguration
from hygiene.policy.configuration.loading import load_settings
from hygiene.policy.rules.catalogue import load_catalogue
from tests.e2e.command import Ended, hygiene
from tests.e2e.project import small_project

LONGEST = 10  # seconds, on a slow and busy machine; the slowest here takes one


def problems(root: Path) -> tuple[str, ...]:
    began = time.perf_counter()
    with pytest.raises(BrokenConfiguration) as caught:
        load_settings(DiskPolicyFiles(root), None, load_catalogue())
    assert time.perf_counter() - began < LONGEST
    return caught.value.problems


HOSTILE = {
    "fifty megabytes": (b"#" * 50_000_000, "hygiene.toml: is too large; at most 256 KiB"),
    "nested arrays": (b"\na = " + b"[" * 100_000, "hygiene.toml:2: is nested too deeply"),
    "nested tables": (b"\n\na = " + b"{a=" * 50_000, "hygiene.toml:3: is nested too deeply"),
    "a key of many parts": (b"\n" + b"a." * 20_000 + b"a = 1", "hygiene.toml:2: has a line with more than 100 dots"),
    "a table of many parts": (b"[" + b"a." * 20_000 + b"a]", "hygiene.toml:1: has a line with more than 100 dots"),
    "many parts behind a text": (
        b'x = {a = """ " """, ' + b"b." * 20_000 + b'c = 1, d = """ " """}',
        "hygiene.toml:1: has a line with more than 100 dots",
    ),
    "a number without end": (b"\n[size]\nmax = " + b"9" * 5_000, "hygiene.toml:3: is not TOML: Exceeds the limit"),
    "a large number in hexadecimal": (b"[size]\nmax = 0x" + b"f" * 200_000, "hygiene.toml:2: size.max: no file is so"),
    "not a number": (b"[size]\nmax = nan", "hygiene.toml:2: size.max: expected integer or string, got float"),
    "not UTF-8": (b"# caf\xe9\n", "hygiene.toml:1: is not UTF-8 at byte 5"),
    "duplicate keys": (b"[gate]\n[size]\n[gate]\n", "hygiene.toml:3: is not TOML: Cannot declare"),
    "starts of texts": (b'\\"""\n' * 50_000, "hygiene.toml:1: is not TOML"),
    "forty thousand keys": (b"".join(b"a%d = 1\n" % n for n in range(20_000)), "hygiene.toml:1: a0: unknown key"),
    "thousands of rules that are none": (
        b"".join(b"overrides.a%d.enabled = true\n" % n for n in range(8_000)),
        "hygiene.toml:1: overrides.a0: no rule is called 'a0'",
    ),
    "a long name of a rule": (
        b'[overrides."' + b"python-bytecode" * 10_000 + b'"]\nenabled = false',
        'hygiene.toml:1: overrides."python-bytecodepython',
    ),
    "patterns that explode": (b'fixtures = ["' + b"*a" * 200 + b'"]', "hygiene.toml:1: fixtures[0]: pattern '*a"),
}


@pytest.mark.parametrize(("content", "told"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_a_problem_with_its_place(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "hygiene.toml").write_bytes(content)
    found = problems(tmp_path)
    assert found[0].startswith(told), found[0][:300]
    assert len(found) <= 200
    assert max(map(len, found)) < 1000


@pytest.mark.parametrize("name", ["hygiene.toml", ".hygiene.toml", "pyproject.toml"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert problems(tmp_path) == (
        f"cannot read {name}: it is not a regular file; Give a regular file that you may read.",
    )


def test_a_device_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "hygiene.toml").symlink_to("/dev/zero")
    assert "lies outside the repository" in problems(tmp_path)[0]


def outsiders(root: Path) -> Iterator[str]:
    """Configurations that reach for a file outside the repository, each by another way."""
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "secret.toml").write_text("secret = 'hunter2'\n")
    (root / "link.toml").symlink_to(outside / "secret.toml")
    (root / "folder").symlink_to(outside)
    for name in ("../outside/secret.toml", str(outside / "secret.toml"), "link.toml", "folder/secret.toml"):
        yield f"extend = ['{name}']"
        yield f"rules = ['{name}']"
    yield "rules = ['folder']"
    yield "rules = ['../outside']"


def test_nothing_outside_the_repository_is_read(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    for text in list(outsiders(root)):
        (root / "hygiene.toml").write_text(text)
        (problem,) = problems(root)
        assert "lies outside the repository" in problem, text
        assert "hunter2" not in problem


def test_a_configuration_that_is_a_symlink_out_of_the_repository_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.toml").write_text("[gate]\nfail_on = 'review'\n")
    (root / "hygiene.toml").symlink_to("../secret.toml")
    assert "lies outside the repository" in problems(root)[0]


HIDDEN = "\\u001b]8;;\\u0007\\u202e\\u200b\\r\\n::error::x"


@pytest.fixture
def repository(tmp_path: Path) -> RepositoryBuilder:
    return small_project(tmp_path / "repository")


def is_clean(ended: Ended) -> bool:
    """Whether nothing that was printed is for a terminal, or for a service that reads its log, to obey."""
    text = ended.out + ended.err
    return all(character.isprintable() or character == "\n" for character in text) and "\n::" not in text


@pytest.mark.parametrize(
    "text",
    [
        f'"{HIDDEN}" = 1',
        f'[gate]\nfail_on = "{HIDDEN}"',
        f'[gate]\nbaseline = "../{HIDDEN}"',
        f'extend = ["{HIDDEN}"]',
        f'rules = ["{HIDDEN}"]',
        f'fixtures = ["!{HIDDEN}"]',
        f'[size.caps]\n"{HIDDEN}" = 0',
        f'[overrides."{HIDDEN}"]\nenabled = false',
        f'[[waivers]]\nrule = "{HIDDEN}"\npath = "a"\nreason = "b"',
        '"\x1b[31m" = 1',
    ],
)
def test_an_error_shows_no_hidden_character(repository: RepositoryBuilder, text: str) -> None:
    (repository.path / "hygiene.toml").write_text(text, encoding="utf-8")
    ended = hygiene("audit", repository.path)
    assert ended.status == 2, ended
    assert "hygiene.toml:" in ended.err
    assert is_clean(ended)


@pytest.mark.parametrize("arguments", [(), ("--origin",), ("--format", "json"), ("--format", "json", "--origin")])
def test_settings_are_shown_without_a_hidden_character(
    repository: RepositoryBuilder, arguments: tuple[str, ...]
) -> None:
    text = f'fixtures = ["{HIDDEN}"]\n[size.caps]\n"{HIDDEN}" = 1\n[gate]\nbaseline = "{HIDDEN}"\n'
    text += f'[[waivers]]\nrule = "log-file"\npath = "{HIDDEN}"\nreason = "{HIDDEN}"\nowner = "{HIDDEN}"\n'
    (repository.path / "hygiene.toml").write_text(text, encoding="utf-8")
    ended = hygiene("config", "show", repository.path, *arguments)
    assert ended.status == 0, ended
    assert is_clean(ended)


def test_a_configuration_runs_and_imports_nothing(repository: RepositoryBuilder, tmp_path: Path) -> None:
    mark = tmp_path / "it-ran"
    (repository.path / "planted.py").write_text(f"open({str(mark)!r}, 'w').close()\n")
    keys = ("plugins", "program", "module", "import", "hooks", "checks", "python", "command")
    (repository.path / "hygiene.toml").write_text("".join(f'{key} = ["planted"]\n' for key in keys))
    ended = hygiene("audit", repository.path, folder=repository.path)
    assert ended.status == 2
    assert [key for key in keys if f" {key}: unknown key" not in ended.err] == []
    assert not mark.exists()
