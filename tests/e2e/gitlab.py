"""Does what GitLab's runner does with the job of our template: runs its script exactly as it is written there."""

import subprocess
from pathlib import Path

from tests.e2e.programs import with_programs
from tests.e2e.yaml_file import load, mapping, sequence, string

JOB = mapping(mapping(load(Path(__file__).parents[2] / "templates" / "hygiene.gitlab-ci.yml"))["hygiene"])
REPORT = "gl-code-quality-report.json"


def run_job(folder: Path, programs: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The job's own script, run by bash in `folder` with the commands of `programs`."""
    script = "\n".join(["set -eo pipefail", *map(string, sequence(JOB["script"]))])
    given = {"CI": "true", "HYGIENE_OPTIONS": "", "GIT_CONFIG_GLOBAL": "/dev/null"} | variables
    env = with_programs(programs, **given)
    return subprocess.run(["bash", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False)
