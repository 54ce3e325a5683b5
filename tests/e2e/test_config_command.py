"""`hygiene config` and `hygiene schema` from the outside."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.policy.configuration.shape import config_schema
from hygiene.report.history_json import history_schema
from hygiene.report.json_v1 import audit_schema
from hygiene.report.package_diff_json import package_diff_schema
from hygiene.report.package_json import package_plan_schema
from hygiene.report.package_manifest import package_schema
from hygiene.report.receipts_json import receipts_schema
from hygiene.report.untrack_json import untrack_schema
from hygiene.report.verify_json import package_verify_schema
from tests.e2e.command import hygiene

BASE = '[gate]\nfail_on = "likely"\n'
OWN = 'extend = ["config/base.toml"]\n[size]\nmax = "1MiB"\n'


@pytest.fixture
def repository(tmp_path: Path) -> RepositoryBuilder:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("hygiene.toml", OWN.encode())
    builder.file("config/base.toml", BASE.encode())
    builder.file("src/a.py", b"a = 1\n")
    builder.commit()
    builder.check_out()
    return builder


def test_show_tells_all_settings_as_a_file_that_means_the_same(repository: RepositoryBuilder) -> None:
    ended = hygiene("config", "show", repository.path)
    assert ended.status == 0
    assert tomllib.loads(ended.out) == {
        "rules": [],
        "fixtures": [],
        "waivers": [],
        "gate": {"fail_on": "likely", "ratchet": False},
        "size": {"max": "1MiB"},
        "untrack": {"placeholders": []},
    }


def test_show_works_from_a_folder_below_and_tells_places_from_the_root(repository: RepositoryBuilder) -> None:
    out = hygiene("config", "show", "--origin", folder=repository.path / "src").out
    assert 'fail_on = "likely"  # config/base.toml:2' in out
    assert 'max = "1MiB"  # hygiene.toml:3' in out
    assert "ratchet = false  # default" in out


def test_show_reads_the_file_that_is_named(repository: RepositoryBuilder) -> None:
    out = hygiene("config", "show", repository.path, "--origin", "--config", repository.path / "config/base.toml").out
    assert 'fail_on = "likely"  # config/base.toml:2' in out
    assert 'max = "5MiB"  # default' in out


def test_show_without_configuration_shows_the_defaults(repository: RepositoryBuilder) -> None:
    out = hygiene("config", "show", repository.path, "--no-config").out
    assert 'fail_on = "certain"' in out
    assert "these are the defaults" in out


def test_show_reads_a_revision_and_not_the_disk(repository: RepositoryBuilder) -> None:
    (repository.path / "hygiene.toml").write_text("broken")
    out = hygiene("config", "show", repository.path, "--origin", "--policy-rev", "HEAD").out
    assert 'max = "1MiB"  # HEAD:hygiene.toml:3' in out


def test_show_tells_programs_in_json(repository: RepositoryBuilder) -> None:
    told = json.loads(hygiene("config", "show", repository.path, "--format", "json", "--origin").out)
    assert told["settings"]["gate"]["fail_on"] == "likely"
    assert told["origins"]["gate.fail_on"] == {"file": "config/base.toml", "line": 2}


def test_a_broken_configuration_is_exit_two_with_every_problem(repository: RepositoryBuilder) -> None:
    (repository.path / "hygiene.toml").write_text('extend = ["config/base.toml"]\ncolour = 1\n[gate]\nfail_on = "x"\n')
    (repository.path / "config/base.toml").write_text("[gat]\n")
    for command in ("config show", "audit"):
        ended = hygiene(*command.split(), repository.path)
        assert (ended.status, ended.out) == (2, "")
        assert "hygiene.toml:2: colour: unknown key" in ended.err
        assert "hygiene.toml:4: gate.fail_on: 'x' is not a choice" in ended.err
        assert "config/base.toml:1: gat: unknown key; did you mean 'gate'?" in ended.err
        assert "`hygiene schema` prints every key" in ended.err
        assert "docs/" not in ended.err


def test_no_configuration_and_one_that_is_named_are_a_contradiction(repository: RepositoryBuilder) -> None:
    ended = hygiene("config", "show", repository.path, "--no-config", "--policy-rev", "HEAD")
    assert ended.status == 2


def test_schema_prints_what_is_committed() -> None:
    assert hygiene("schema").out == hygiene("schema", "config").out == config_schema()
    assert hygiene("schema", "audit").out == audit_schema()
    assert hygiene("schema", "history").out == history_schema()
    assert hygiene("schema", "untrack-plan").out == untrack_schema()
    assert hygiene("schema", "untrack-receipts").out == receipts_schema()
    assert hygiene("schema", "package").out == package_schema()
    assert hygiene("schema", "package-plan").out == package_plan_schema()
    assert hygiene("schema", "package-diff").out == package_diff_schema()
    assert hygiene("schema", "package-verify").out == package_verify_schema()
    assert hygiene("schema", "nothing").status == 2


def test_the_help_names_every_schema() -> None:
    told = " ".join(hygiene("schema", "--help").out.split())
    refused = hygiene("schema", "nothing").err
    names = re.findall(r"'([a-z-]+)'", refused.partition("is not one of")[2])
    assert len(names) > 10
    assert [name for name in names if f" {name}" not in told] == []
