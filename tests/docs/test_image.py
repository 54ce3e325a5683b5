"""The Dockerfile: what can be held of it without a builder."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def instructions() -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", TEXT, flags=re.MULTILINE))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


def test_every_base_is_slim_and_pinned_by_its_tag() -> None:
    bases = [rest.split()[0] for word, rest in instructions() if word == "FROM"]
    assert bases
    assert [base for base in bases if not re.fullmatch(r"python:3\.\d+-slim-\w+", base)] == []


def test_it_ends_as_a_user_without_rights_named_by_number() -> None:
    assert [rest for word, rest in instructions() if word == "USER"] == ["1000:1000"]
    last_run = max(index for index, (word, _) in enumerate(instructions()) if word == "RUN")
    assert last_run < instructions().index(("USER", "1000:1000"))


def test_git_is_there_and_its_ownership_check_is_on() -> None:
    commands = " ".join(rest for word, rest in instructions() if word == "RUN")
    assert re.search(r"apt-get install [^&]*\bgit\b", commands)
    assert "safe.directory" not in commands


def test_what_it_copies_exists_and_reaches_the_builder() -> None:
    copied = [each for word, rest in instructions() if word == "COPY" for each in rest.split()[:-1]]
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied
    assert allowed[1] == "*"
    for each in copied:
        folder = (ROOT / each).is_dir()
        assert (ROOT / each).exists()
        assert f"!/{each}{'/' if folder else ''}" in allowed


def test_it_copies_all_that_the_build_reads() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    read = [project["project"]["readme"], *project["project"]["license-files"], *wheel["shared-data"], "src"]
    copied = " ".join(rest for word, rest in instructions() if word == "COPY").split()
    assert [each for each in read if each not in copied] == []
