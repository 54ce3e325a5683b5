"""The job of the GitLab template: what its script does in a real repository."""

import json
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from tests.e2e.bytecode import PYC
from tests.e2e.gitlab import JOB, REPORT, run_job
from tests.e2e.project import CLUTTER
from tests.e2e.yaml_file import mapping, sequence

MERGE_REQUEST = {"CI_MERGE_REQUEST_PROJECT_ID": "1", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "1"}
FROM_A_FORK = MERGE_REQUEST | {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "2"}


def report(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((folder / REPORT).read_text())
    return found


def test_the_report_is_kept_whether_or_not_the_job_fails() -> None:
    artifacts = mapping(JOB["artifacts"])
    assert artifacts["when"] == "always"
    assert artifacts["reports"] == {"codequality": REPORT}


def test_it_runs_for_merge_requests_and_the_image_is_a_variable() -> None:
    assert '$CI_PIPELINE_SOURCE == "merge_request_event"' in [mapping(each)["if"] for each in sequence(JOB["rules"])]
    assert JOB["image"] == "$HYGIENE_IMAGE"
    assert "HYGIENE_IMAGE" in mapping(JOB["variables"])


def test_a_clean_repository_passes_with_an_empty_report(repository: RepositoryBuilder, bin_folder: Path) -> None:
    assert run_job(repository.path, bin_folder).returncode == 0
    assert report(repository.path) == []


def test_new_clutter_fails_and_is_named_in_log_and_report(repository: RepositoryBuilder, bin_folder: Path) -> None:
    repository.file(CLUTTER, PYC)
    done = run_job(repository.path, bin_folder, **MERGE_REQUEST)
    assert done.returncode == 1
    assert "python-bytecode" in done.stdout
    assert CLUTTER in json.dumps(report(repository.path))


def test_an_option_can_be_added(repository: RepositoryBuilder, bin_folder: Path) -> None:
    assert run_job(repository.path, bin_folder, HYGIENE_OPTIONS="--fail-on=nothing").returncode == 2


def test_a_fork_is_judged_by_the_policy_of_the_target(
    repository: RepositoryBuilder, bin_folder: Path, tmp_path: Path
) -> None:
    base = repository.id_of("HEAD")
    repository.file("hygiene.toml", b"[gate.by_category]\ncache = 'never'\n")
    repository.file(CLUTTER, PYC)
    repository.commit()
    clone = repository.shallow_clone(tmp_path / "builds")
    assert run_job(clone, bin_folder, **MERGE_REQUEST, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).returncode == 0
    assert run_job(clone, bin_folder, **FROM_A_FORK, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).returncode == 1


@pytest.mark.parametrize("base", ["", "0" * 40])
def test_without_the_target_the_job_fails(
    repository: RepositoryBuilder, bin_folder: Path, tmp_path: Path, base: str
) -> None:
    clone = repository.shallow_clone(tmp_path / "builds")
    assert run_job(clone, bin_folder, **FROM_A_FORK, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).returncode not in (0, 1)
