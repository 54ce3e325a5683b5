# shellcheck shell=sh
# Sourced by the scripts of the GitHub Action beside it: inputs that are checked, outputs, and a log in which no name
# is a command.

# The text of a workflow command: no line break ends it, and no escape is read in it.
message() {
  printf '%s' "$1" | LC_ALL=C tr '[:cntrl:]' '?' | sed 's/%/%25/g'
}

fail() {
  printf '::error title=hygiene::%s\n' "$(message "$1")"
  output exit-code 2
  output outcome error
  exit 2
}

output() {
  printf '%s=%s\n' "$1" "$2" >> "$GITHUB_OUTPUT"
}

# check_input NAME VALUE: a line break could forge an output, and nothing that we take holds any control character.
check_input() {
  if [ "$(printf '%s' "$2" | LC_ALL=C tr '[:cntrl:]' '\n' | wc -l)" -ne 0 ]; then
    fail "the input $1 holds a line break or another control character"
  fi
}

# belongs_to MODE NAME VALUE [DEFAULT]: an input of the other mode would do nothing, and somebody counts on it.
belongs_to() {
  check_input "$2" "$3"
  if [ -n "$3" ] && [ "$3" != "${4:-}" ]; then
    fail "the input $2 says something of the mode '$1', and the mode is another"
  fi
}

# is_true NAME VALUE: whether a switch is on; anything but true and false is a mistake that must not pass for "off".
is_true() {
  case $2 in
    true) return 0 ;;
    false | '') return 1 ;;
    *) fail "the input $1 is '$2'; it must be 'true' or 'false'" ;;
  esac
}

# Whether this is a pull request whose head lies in somebody else's repository (or in one that is gone).
is_from_a_fork() {
  case ${GITHUB_EVENT_NAME:-} in
    pull_request*) [ "${HEAD_REPOSITORY:-}" != "${GITHUB_REPOSITORY:-}" ] ;;
    *) return 1 ;;
  esac
}

# Makes sure that the base revision is here, also in a shallow checkout. There is no other policy to fall back to.
require_base() {
  case ${BASE_SHA:-} in
    '' | *[!0-9a-f]*) fail 'a pull request from a fork, and its event names no base revision to read the policy from' ;;
  esac
  git -C "$INPUT_PATH" cat-file -e "$BASE_SHA^{commit}" 2>/dev/null && return
  depth=
  if [ "$(git -C "$INPUT_PATH" rev-parse --is-shallow-repository)" = true ]; then depth=--depth=1; fi
  git -C "$INPUT_PATH" fetch --quiet --no-tags --no-recurse-submodules $depth origin "$BASE_SHA" \
    || fail "cannot fetch the base revision $BASE_SHA, which the policy for pull requests from forks is read from"
}

# What a stranger's pull request is judged by, unless the workflow says so itself.
judge_forks_by_their_base() {
  if [ -z "$INPUT_POLICY_REV" ] && is_from_a_fork; then
    require_base
    INPUT_POLICY_REV=$BASE_SHA
  fi
}

# A new folder that nothing but this step writes into.
new_folder() {
  mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/hygiene.XXXXXX"
}

# A report names files, and a name may look like a workflow command: none is obeyed until the token comes. The runner
# reads stdout and stderr apart, so that both must go one way to stay inside.
obey_nothing() {
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '::stop-commands::%s\n' "$token"
}

obey_again() {
  printf '\n::%s::\n' "$token"
}
