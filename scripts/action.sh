#!/bin/sh
# The second half of the GitHub Action (action.yml): runs the script of the mode that INPUT_MODE names. Each of these
# reads its inputs as INPUT_*, BASE_SHA and HEAD_REPOSITORY, HYGIENE_BIN, and what GitHub gives every step, and ends as
# the program ends: docs/exit-codes.md.
set -eu
scripts=$(dirname -- "$0")
. "$scripts/action-common.sh"

: "${INPUT_MODE:=audit}"
check_input mode "$INPUT_MODE"
case $INPUT_MODE in
  audit) exec sh "$scripts/action-audit.sh" ;;
  package) exec sh "$scripts/action-package.sh" ;;
  *) fail "the input mode is '$INPUT_MODE'; it must be 'audit' or 'package'" ;;
esac
