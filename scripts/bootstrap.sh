# shellcheck shell=sh
# Sourced by the scripts beside it: finds a Python, makes .venv once, and installs this checkout into it.
# Needs Python >= 3.11 with pip and venv, and nothing else. What it has to say goes to stderr.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
venv="$root/.venv"
if [ -d "$venv/Scripts" ]; then bin="$venv/Scripts"; else bin="$venv/bin"; fi

fail() {
  printf 'error: %s\n' "$1" >&2
  printf 'help: %s\n' "$2" >&2
  exit 2
}

find_python() {
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  fail 'no Python 3.11 or newer was found' 'Install one, or name it: PYTHON=/path/to/python3 scripts/hygiene audit'
}

# install KIND [PIP ARGUMENTS]: once for each KIND and each state of pyproject.toml. The stamp is written last, so that
# an interrupted installation is done again.
install() {
  kind=$1
  shift
  stamp="$venv/.installed-$kind"
  if [ -f "$stamp" ] && cmp -s "$root/pyproject.toml" "$stamp"; then return; fi
  if [ ! -x "$bin/python" ] && [ ! -x "$bin/python.exe" ]; then
    python=$(find_python) || exit 2
    printf 'making %s\n' "$venv" >&2
    "$python" -m venv "$venv" >&2 || fail "cannot make $venv" 'On Debian and Ubuntu: apt install python3-venv'
    if [ -d "$venv/Scripts" ]; then bin="$venv/Scripts"; fi
  fi
  printf 'installing hygiene (%s) into %s\n' "$kind" "$venv" >&2
  "$bin/python" -m pip install --quiet --disable-pip-version-check "$@" >&2 \
    || fail 'the installation failed' 'See what pip said above; it needs to reach a package index.'
  cp "$root/pyproject.toml" "$stamp"
}

# The names in a dependency group of pyproject.toml, which pip before 25.1 cannot read by itself.
group() {
  "$bin/python" -c '
import sys, tomllib
with open(sys.argv[1], "rb") as file:
    groups = tomllib.load(file)["dependency-groups"]
print("\n".join(name for group in sys.argv[2:] for name in groups[group]))
' "$root/pyproject.toml" "$@"
}
