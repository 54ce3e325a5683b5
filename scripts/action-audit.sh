#!/bin/sh
# What the GitHub Action does in the mode `audit`: from the inputs to `hygiene audit`, and from its end to the outputs.
# Started by action.sh, which tells what is given.
set -eu
. "$(dirname -- "$0")/action-common.sh"

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

work=$(new_folder)
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
belongs_to package version "${INPUT_VERSION:-}"
belongs_to package target "${INPUT_TARGET:-}"
belongs_to package archive-format "${INPUT_ARCHIVE_FORMAT:-}"
belongs_to package attest "${INPUT_ATTEST:-}" false
belongs_to package output "${INPUT_OUTPUT:-}" dist

upload=false
if is_true upload-sarif "${INPUT_UPLOAD_SARIF:-}"; then
  upload=true
  : "${INPUT_SARIF:=$work/hygiene.sarif}"
fi
if is_from_a_fork; then upload=false; fi
judge_forks_by_their_base

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

obey_nothing
status=0
"$HYGIENE_BIN/hygiene" "$@" -- "$INPUT_PATH" 2>&1 || status=$?
obey_again
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
