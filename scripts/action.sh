#!/bin/sh
# The second half of the GitHub Action (action.yml): from the inputs to `hygiene audit`, and from its end to the
# outputs. Reads INPUT_*, BASE_SHA and HEAD_REPOSITORY, HYGIENE_BIN, and what GitHub gives every step.
# Ends as the audit ends: docs/exit-codes.md.
set -eu

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

# Whether the audit came to an end: what lies there after any other status is half of the answer at best.
has_report() {
  case $status in
    0 | 1 | 4) [ -f "$work/report.json" ] ;;
    *) return 1 ;;
  esac
}

# What the report says about itself: outcome and number of findings.
summary_of() {
  "$HYGIENE_BIN/python" -I -c '
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    summary = json.load(file)["summary"]
print(summary["outcome"], summary["findings"])' "$1"
}

work=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/hygiene.XXXXXX")
: "${INPUT_PATH:=.}" "${INPUT_FORMAT:=table}"
check_input path "$INPUT_PATH"
check_input rev "${INPUT_REV:=}"
check_input fail-on "${INPUT_FAIL_ON:=}"
check_input max-size "${INPUT_MAX_SIZE:=}"
check_input new-since "${INPUT_NEW_SINCE:=}"
check_input config "${INPUT_CONFIG:=}"
check_input policy-rev "${INPUT_POLICY_REV:=}"
check_input baseline "${INPUT_BASELINE:=}"
check_input format "$INPUT_FORMAT"
check_input sarif "${INPUT_SARIF:=}"

upload=false
if is_true upload-sarif "${INPUT_UPLOAD_SARIF:-}"; then
  upload=true
  : "${INPUT_SARIF:=$work/hygiene.sarif}"
fi
if is_from_a_fork; then
  upload=false
  if [ -z "$INPUT_POLICY_REV" ]; then
    require_base
    INPUT_POLICY_REV=$BASE_SHA
  fi
fi

# Every value is one word behind an equals sign: none can become an option, whatever it holds.
set -- audit --format="$INPUT_FORMAT" --report=json="$work/report.json"
if [ -n "$INPUT_REV" ]; then set -- "$@" --rev="$INPUT_REV"; fi
if [ -n "$INPUT_FAIL_ON" ]; then set -- "$@" --fail-on="$INPUT_FAIL_ON"; fi
if [ -n "$INPUT_MAX_SIZE" ]; then set -- "$@" --max-size="$INPUT_MAX_SIZE"; fi
if [ -n "$INPUT_NEW_SINCE" ]; then set -- "$@" --new-since="$INPUT_NEW_SINCE"; fi
if [ -n "$INPUT_CONFIG" ]; then set -- "$@" --config="$INPUT_CONFIG"; fi
if [ -n "$INPUT_POLICY_REV" ]; then set -- "$@" --policy-rev="$INPUT_POLICY_REV"; fi
if [ -n "$INPUT_BASELINE" ]; then set -- "$@" --baseline="$INPUT_BASELINE"; fi
if [ -n "$INPUT_SARIF" ]; then set -- "$@" --report=sarif="$INPUT_SARIF"; fi
if is_true ratchet "${INPUT_RATCHET:=}"; then set -- "$@" --ratchet; fi
if [ "$INPUT_RATCHET" = false ]; then set -- "$@" --no-ratchet; fi
if is_true allow-incomplete "${INPUT_ALLOW_INCOMPLETE:-}"; then set -- "$@" --allow-incomplete; fi
if is_true summary "${INPUT_SUMMARY:-}"; then set -- "$@" --report=github-summary; fi
if is_true annotations "${INPUT_ANNOTATIONS:-}"; then set -- "$@" --report=github="$work/annotations"; fi

# A report names files, and a name may look like a workflow command: none is obeyed until the token comes. The runner
# reads stdout and stderr apart, so that both must go one way to stay inside.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '::stop-commands::%s\n' "$token"
status=0
"$HYGIENE_BIN/hygiene" "$@" -- "$INPUT_PATH" 2>&1 || status=$?
printf '\n::%s::\n' "$token"
if [ -f "$work/annotations" ]; then cat "$work/annotations"; fi

output exit-code "$status"
if ! has_report; then
  output outcome error
  printf '::error title=hygiene::%s\n' "the audit was not made (exit code $status); the log of this step says why"
  exit "$status"
fi
read -r outcome findings <<END
$(summary_of "$work/report.json")
END
output outcome "$outcome"
output findings "$findings"
output report-file "$work/report.json"
if [ -n "$INPUT_SARIF" ]; then
  output sarif-file "$INPUT_SARIF"
  output upload "$upload"
fi
exit "$status"
