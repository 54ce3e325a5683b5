"""The release that this program grew out of: exactly the allowlist of its author, and nothing that it denies."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from fixtures import content
from fixtures.repositories import RepositoryBuilder
from fixtures.seed_004 import build_inventory, sections
from hygiene.model.rule import Category, Release
from hygiene.policy.rules.catalogue import load_catalogue
from tests.e2e.command import Ended, hygiene
from tests.e2e.test_seed_004_untrack import SETTINGS, person

FOLDERS = ("src", "config", "projects", "scripts", "tools", "docs", "docker", "deploy")
ROOT_FILES = ("pyproject.toml", "README.md", "README-deploy.md", ".env.example", "main.py", "Makefile")
"""The plan's "include (allow)": what is optional there is in, but the tests, which it leaves to a development kit."""

INCLUDE = [*(f"/{folder}/" for folder in FOLDERS), *(f"/{name}" for name in ROOT_FILES)]
DENIED_INSIDE = ["__pycache__/"]
"""Of the plan's "exclude (deny), regardless of allowlist", what lies in an allowed folder."""


def config(**also: list[str]) -> bytes:
    lists = {"include": INCLUDE} | also
    return (
        '[package]\nname = "anime"\n' + "".join(f"{key} = {json.dumps(lines)}\n" for key, lines in lists.items())
    ).encode()


def repository_with(path: Path, settings: bytes) -> RepositoryBuilder:
    built = RepositoryBuilder(path / "anime")
    built.files(build_inventory())
    built.file("hygiene.toml", SETTINGS + settings)
    built.commit()
    return built


def package(built: RepositoryBuilder, *options: str | Path) -> Ended:
    return hygiene("package", built.path, "--version", "1.0", "--output", built.path.parent / "anime.zip", *options)


def shipped(archive: Path) -> set[str]:
    with zipfile.ZipFile(archive) as opened:
        return {name.removeprefix("anime-1.0/") for name in opened.namelist()}


def allowed(inventory: Mapping[str, bytes]) -> set[str]:
    """The allowlist by its author's own patterns, without the one kind of leftover inside: no code of ours."""
    inside = {path for path in inventory if path.split("/")[0] in FOLDERS and not path.endswith(".pyc")}
    return inside | set(ROOT_FILES)


def test_with_the_plans_excludes_the_archive_is_exactly_its_allowlist(tmp_path: Path) -> None:
    built = repository_with(tmp_path, config(exclude=DENIED_INSIDE))
    ended = package(built)
    assert (ended.status, ended.err) == (0, "")
    inventory = build_inventory()
    assert shipped(tmp_path / "anime.zip") == allowed(inventory)
    with zipfile.ZipFile(tmp_path / "anime.zip") as opened:
        assert all(opened.read(f"anime-1.0/{path}") == inventory[path] for path in allowed(inventory))


def test_without_them_every_leftover_inside_is_refused_by_name_and_rule(tmp_path: Path) -> None:
    built = repository_with(tmp_path, config())
    ended = package(built, "--format", "json")
    assert ended.status == 5
    assert not (tmp_path / "anime.zip").exists()
    refused = {each["path"]: each["rule"] for each in json.loads(ended.out)["refusals"]}
    inside = {path for path in sections()["A"] if path.split("/")[0] in FOLDERS}
    assert refused == dict.fromkeys(inside, "python-bytecode")


def test_after_the_clean_up_it_packages_as_it_is(tmp_path: Path) -> None:
    built = repository_with(tmp_path, config())
    built.check_out()
    cleaned = hygiene("untrack", built.path, "--yes", "--commit", env=person(tmp_path / "home"))
    assert cleaned.status == 0, cleaned.err
    ended = package(built)
    assert ended.status == 0, ended.out
    assert shipped(tmp_path / "anime.zip") == allowed(build_inventory())


PLANTED: Mapping[Category, tuple[str, bytes]] = {
    Category.CACHE: ("src/.mypy_cache/3.12/x.data.json", b"{}"),
    Category.BUILD: ("src/anime.egg-info/SOURCES.txt", b"main.py\n"),
    Category.SCRATCH: ("scripts/run.pid", b"4711\n"),
    Category.DATABASE: ("config/auth.db", content.sqlite({"users": ["id"], "tokens": ["digest"]})),
    Category.BACKUP: ("config/backup-20260101-0254.zip", content.zip_archive({"jobs.db": b"x"})),
    Category.MEDIA: ("docs/talk.mp4", content.mp4()),
    Category.REPORT: ("src/coverage.xml", b'<?xml version="1.0" ?>\n<coverage version="7"/>\n'),
    Category.MODEL: ("projects/voice.npy", content.npy([1.0])),
    Category.INPUT: ("uploads/scan.csv", b"name\nA\n"),
    Category.DEPENDENCY: ("tools/node_modules/left-pad/index.js", b"module.exports = 1\n"),
    Category.ENVIRONMENT: ("tools/.venv/pyvenv.cfg", b"home = /usr/bin\n"),
    Category.CREDENTIAL: ("deploy/id_rsa", content.pem_key()),
    Category.EDITOR: ("docs/.DS_Store", b"\0\0\0\1Bud1"),
    Category.EXECUTABLE: ("scripts/a.out", content.elf()),
    Category.STRUCTURE: ("projects/buried.git/HEAD", b"ref: refs/heads/main\n"),
}
"""Of every category that a rule denies a release, a leftover in an allowed folder."""

BESIDE = {
    "projects/buried.git/config": b"[core]\n\tbare = true\n",
    "projects/buried.git/objects/info/packs": b"",
    "projects/buried.git/refs/heads/main": b"0" * 40 + b"\n",
}
"""What makes a folder a repository."""


def test_every_category_that_a_rule_denies_is_planted_below() -> None:
    denied = {rule.category for rule in load_catalogue().rules if rule.release is Release.DENY}
    assert denied == set(PLANTED)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> RepositoryBuilder:
    return repository_with(tmp_path_factory.mktemp("clean"), config(exclude=DENIED_INSIDE))


@pytest.mark.parametrize("category", PLANTED)
def test_a_planted_leftover_of_any_kind_is_refused_by_name_and_rule(
    clean: RepositoryBuilder, category: Category
) -> None:
    path, data = PLANTED[category]
    clean.switch(f"plant-{category}", "main")
    folder = path.split("/")[0]
    clean.file("hygiene.toml", config(exclude=DENIED_INSIDE, include=[*INCLUDE, *({f"/{folder}/"} - set(INCLUDE))]))
    clean.files({path: data} | (BESIDE if category is Category.STRUCTURE else {}))
    commit = clean.commit(f"plant {category}")
    ended = package(clean, "--rev", commit, "--format", "json")
    assert ended.status == 5, ended.out
    refused = [each for each in json.loads(ended.out)["refusals"] if each["path"] == path]
    rules = {rule.id: rule for rule in load_catalogue().rules}
    assert category in {rules[each["rule"]].category for each in refused}
    told = package(clean, "--rev", commit)
    assert path in told.out
    assert refused[0]["rule"] in told.out
