"""What a project's own metadata say of its name and version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.model.paths import RepoPath
from hygiene.release.metadata import LARGEST, METADATA_FILES, Metadata, Told, read_metadata


def read(**texts: str) -> Metadata:
    return read_metadata({RepoPath(name.replace("__", ".")): text.encode() for name, text in texts.items()})


def words(metadata: Metadata) -> tuple[str | None, str | None]:
    return metadata.name and metadata.name.text, metadata.version and metadata.version.text


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("pyproject__toml", '[project]\nname = "a"\nversion = "1.2"\n', ("a", "1.2")),
        ("pyproject__toml", '[tool.poetry]\nname = "a"\nversion = "1.2"\n', ("a", "1.2")),
        ("pyproject__toml", '[tool.poetry]\nname = "a"\nversion = "0.0.0"\n', ("a", None)),
        ("pyproject__toml", '[project]\nname = "a"\ndynamic = ["version"]\n', ("a", None)),
        ("pyproject__toml", "[tool.ruff]\n", (None, None)),
        ("pyproject__toml", "[project]\nname = 3\nversion = []\n", (None, None)),
        ("setup__cfg", "[metadata]\nname = a\nversion = 1.2\n", ("a", "1.2")),
        ("setup__cfg", "[metadata]\nname = a%b\nversion = attr: a.__version__\n", ("a%b", None)),
        ("package__json", '{"name": "@team/a", "version": "1.2.0"}', ("a", "1.2.0")),
        ("package__json", '{"private": true}', (None, None)),
        ("package__json", "[]", (None, None)),
        ("composer__json", '{"name": "vendor/a"}', ("a", None)),
        ("Cargo__toml", '[package]\nname = "a"\nversion = "1.2"\n', ("a", "1.2")),
        (
            "Cargo__toml",
            '[workspace.package]\nversion = "3"\n[package]\nname = "a"\nversion.workspace = true\n',
            ("a", "3"),
        ),
        ("go__mod", "// old\nmodule github.com/team/a\n\ngo 1.22\n", ("a", None)),
        ("go__mod", "module github.com/team/a/v2 // x\n", ("a", None)),
    ],
)
def test_each_kind_of_file_is_read(file: str, text: str, expected: tuple[str | None, str | None]) -> None:
    metadata = read(**{file: text})
    assert words(metadata) == expected
    assert metadata.notes == ()


def test_a_word_knows_its_file() -> None:
    metadata = read(package__json='{"name": "a", "version": "1"}')
    assert metadata.name == Told("a", RepoPath("package.json"))
    assert metadata.version == Told("1", RepoPath("package.json"))


def test_a_version_beside_another_name_is_none_of_ours() -> None:
    metadata = read(pyproject__toml='[project]\nname = "server"\n', package__json='{"name": "web", "version": "9"}')
    assert words(metadata) == ("server", None)


def test_a_file_without_a_name_leaves_it_to_the_next() -> None:
    assert words(read(pyproject__toml="[tool.ruff]\n", setup__cfg="[metadata]\nname = a\n")) == ("a", None)


DYNAMIC = '[project]\nname = "a"\ndynamic = ["version"]\n[tool.hatch.version]\npath = "src/a/about.py"\n'


@pytest.mark.parametrize("line", ['__version__ = "1.2"', "VERSION='v1.2'", '__version__: str = "1.2"  # x'])
def test_a_version_that_is_kept_in_code_is_asked_for_and_then_read(line: str) -> None:
    files = {RepoPath("pyproject.toml"): DYNAMIC.encode()}
    wanted = read_metadata(files).wanted
    assert wanted == "src/a/about.py"
    metadata = read_metadata({**files, wanted: f"import os\n{line}\n".encode()})
    assert metadata.version == Told("1.2", wanted)
    assert metadata.wanted is None


def test_code_without_a_version_says_none() -> None:
    files = {RepoPath("pyproject.toml"): DYNAMIC.encode(), RepoPath("src/a/about.py"): b"__version__ = compute()\n"}
    assert (read_metadata(files).version, read_metadata(files).wanted) == (None, None)


@pytest.mark.parametrize(
    "told", ['path = "../x.py"', 'path = "/etc/x"', 'source = "vcs"', 'path = "a.py"\npattern = "x"']
)
def test_a_version_is_looked_for_nowhere_else(told: str) -> None:
    text = f'[project]\nname = "a"\n[tool.hatch.version]\n{told}\n'
    assert read(pyproject__toml=text) == Metadata(Told("a", RepoPath("pyproject.toml")))


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("pyproject.toml", b"[project\n"),
        ("pyproject.toml", b"a = " + b"[" * 10_000),
        ("pyproject.toml", b"\xff"),
        ("pyproject.toml", b"#" * (LARGEST + 1)),
        ("package.json", b"{"),
        ("package.json", b"[" * 200_000),
        ("package.json", b"1" * 10_000),
        ("setup.cfg", b"name = a\n"),
        ("setup.cfg", b"\xff"),
        ("Cargo.toml", b"="),
    ],
)
def test_what_is_broken_is_told_and_the_next_file_is_read(file: str, content: bytes) -> None:
    metadata = read_metadata({RepoPath(file): content, RepoPath("go.mod"): b"module x/a\n"})
    assert words(metadata) == ("a", None)
    (note,) = metadata.notes
    assert note.startswith(f"{file} says neither name nor version: it ")


@given(st.dictionaries(st.sampled_from(METADATA_FILES), st.binary(max_size=80)))
def test_no_bytes_get_past_the_reader(files: dict[RepoPath, bytes]) -> None:
    metadata = read_metadata(files)
    assert all(note.partition(" ")[0] in files for note in metadata.notes)
    assert metadata.version is None or metadata.name is not None
