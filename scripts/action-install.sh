#!/bin/sh
# The first half of the GitHub Action (action.yml): installs hygiene from the Action's own checkout into a private
# environment, and tells the next step where (output: bin). PYTHON names the Python to use, if any.
set -eu

fail() {
  printf '::error title=hygiene::%s\n' "$1"
  exit 2
}

python=${PYTHON:-python3}
"$python" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || fail 'no Python 3.11 or newer here: set the input python-version, or PYTHON'

# -I everywhere: the working folder holds a stranger's files, and Python must not import a venv.py or pip/ from there.
environment=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/hygiene-environment.XXXXXX")
"$python" -I -m venv "$environment" || fail 'cannot make a virtual environment'
if [ -d "$environment/Scripts" ]; then bin="$environment/Scripts"; else bin="$environment/bin"; fi
"$bin/python" -I -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH" \
  || fail 'the installation failed; it needs to reach a package index'

printf 'bin=%s\n' "$bin" >> "$GITHUB_OUTPUT"
