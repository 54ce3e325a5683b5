"""The image: small, without rights, and with nothing in it but what is built from; held without a builder."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
INSTRUCTIONS = [
    words
    for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    if (words := line.split()) and not line.startswith("#")
]


def given(instruction: str) -> list[list[str]]:
    """What follows each such instruction, as words."""
    return [words for name, *words in INSTRUCTIONS if name == instruction]


def copied() -> set[str]:
    return {each for *sources, _ in given("COPY") for each in sources}


def test_every_base_is_a_slim_one_of_a_named_release() -> None:
    bases = [words[0] for words in given("FROM")]
    assert bases
    assert [base for base in bases if "-slim-" not in base] == []


def test_it_ends_as_a_user_without_rights_named_by_number() -> None:
    """A number, so that Kubernetes can tell that it is not root."""
    user, _, group = given("USER")[-1][0].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    names = [name for name, *_ in INSTRUCTIONS]
    assert {"RUN", "FROM"}.isdisjoint(names[names.index("USER") :])


def test_it_copies_all_that_the_build_reads() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    read = {project["project"]["readme"], *project["project"]["license-files"], *wheel["shared-data"], "src"}
    assert read <= copied()
    assert all((ROOT / each).exists() for each in copied())


def test_what_it_copies_is_all_that_reaches_the_builder() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    first, *rest = [line for line in lines if not line.startswith("#")]
    assert first == "*"
    assert {line.removeprefix("!").strip("/") for line in rest if line.startswith("!")} == copied()
    assert rest[-2:] == ["**/__pycache__/", "**/*.py[cod]"], "what our own runs leave stays out of src, too"


def test_it_holds_no_secret_and_leaves_gits_ownership_check_on() -> None:
    assert not given("ARG")
    assert not given("ENV")
    assert not given("ADD")
    assert "safe.directory" not in str(given("RUN"))
