"""This project's own pipeline: it runs what a clean checkout runs, with no more rights than that needs."""

from pathlib import Path

from tests.e2e.yaml_file import Node, load, mapping, sequence

WORKFLOW = mapping(load(Path(__file__).parents[2] / ".github" / "workflows" / "ci.yml"))
JOBS = [mapping(job) for job in mapping(WORKFLOW["jobs"]).values()]


def steps(key: str) -> list[Node]:
    return [mapping(step)[key] for job in JOBS for step in sequence(job["steps"]) if key in mapping(step)]


def test_no_job_may_do_more_than_read() -> None:
    assert WORKFLOW["permissions"] == {}
    assert [job["permissions"] for job in JOBS] == [{"contents": "read"}] * len(JOBS)


def test_no_credentials_stay_in_a_checkout() -> None:
    checkouts = [
        mapping(step)
        for job in JOBS
        for step in sequence(job["steps"])
        if str(mapping(step).get("uses", "")).startswith("actions/checkout@")
    ]
    assert len(checkouts) == len(JOBS)
    assert all(mapping(each["with"])["persist-credentials"] is False for each in checkouts)


def test_it_runs_every_test_and_linter_and_audits_this_repository_with_its_own_action() -> None:
    assert ".ci/run" in steps("run")
    assert "./" in steps("uses")


def test_it_packages_this_project_with_its_own_action_and_verifies_what_the_build_backend_makes() -> None:
    assert "package" in [mapping(each).get("mode") for each in steps("with")]
    runs = list(map(str, steps("run")))
    (build,) = [number for number, run in enumerate(runs) if run.startswith("pipx run build ")]
    assert "scripts/hygiene package --verify" in runs[build + 1]
    assert runs[build].split()[-1] in runs[build + 1]


def test_no_expression_becomes_part_of_a_script() -> None:
    assert [run for run in steps("run") if "${{" in str(run)] == []
