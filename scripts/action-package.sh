#!/bin/sh
# What the GitHub Action does in the mode `package`: from the inputs to `hygiene package`, a second look at what that
# wrote, and the outputs. Started by action.sh, which tells what is given.
set -eu
. "$(dirname -- "$0")/action-common.sh"

# What a statement says of where the commit is to be had, and of who builds.
name_origin() {
  commit=$(git -C "$INPUT_PATH" rev-parse --verify --quiet "${INPUT_REV:-HEAD}^{commit}" 2>/dev/null) || commit=
  case $commit in
    '' | *[!0-9a-f]*) fail "no commit is called '${INPUT_REV:-HEAD}', so there is nothing to attest" ;;
  esac
  source_uri="git+$GITHUB_SERVER_URL/$GITHUB_REPOSITORY@$commit"
  builder_id="$GITHUB_SERVER_URL/$GITHUB_WORKFLOW_REF"
}

# What the manifest says of the archive: its name, its sha256 and its content digest. None of them holds a blank.
told() {
  "$HYGIENE_BIN/python" -I -c '
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    manifest = json.load(file)
print(manifest["archive"]["name"], manifest["archive"]["sha256"], manifest["content_digest"])' "$1"
}

# The gravest refusals of a plan as annotations, as many as GitHub shows of one step. A name with a character that
# no command can hold is only part of the text.
annotate() {
  "$HYGIENE_BIN/python" -I -X utf8 -c '
import json, sys
SHOWN = 10
def data(text):
    text = "".join(each if each.isprintable() else "?" for each in text).replace("##[", "#?[")
    return text.replace("%", "%25")
def place(path):
    if not path or path.startswith("=") or not path.isprintable():
        return ""
    return "file=" + data(path).replace(":", "%3A").replace(",", "%2C") + ",line=1,"
with open(sys.argv[1], encoding="utf-8") as file:
    refusals = json.load(file)["refusals"]
room = SHOWN if len(refusals) <= SHOWN else SHOWN - 1
for each in refusals[:room]:
    text = ": ".join(filter(None, [each["path"], each["why"]]))
    print("::error " + place(each["path"]) + "title=hygiene%3A " + each["kind"] + "::" + data(text))
if len(refusals) > room:
    print(f"::error title=hygiene::and {len(refusals) - room:,} more; the log of this step has the rest")' "$1"
}

# summarize HEADING FILE: the text in the summary of the job, where Markdown and HTML see only letters.
summarize() {
  {
    printf '### %s\n\n<pre>\n' "$1"
    head -c 900000 "$2" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'
    printf '\n</pre>\n'
  } >> "$GITHUB_STEP_SUMMARY"
}

# build FORM POLICY...: every value is one word behind an equals sign: none can become an option, whatever it holds.
build() {
  form=$1
  shift
  set -- "$@" --output="$INPUT_OUTPUT" --format="$form"
  if [ -n "$INPUT_REV" ]; then set -- "$@" --rev="$INPUT_REV"; fi
  if [ -n "$INPUT_VERSION" ]; then set -- "$@" --version="$INPUT_VERSION"; fi
  if [ -n "$INPUT_ARCHIVE_FORMAT" ]; then set -- "$@" --archive-format="$INPUT_ARCHIVE_FORMAT"; fi
  if [ "$attest" = true ]; then set -- "$@" --attest --source-uri="$source_uri" --builder-id="$builder_id"; fi
  "$HYGIENE_BIN/hygiene" package "$@" -- "$INPUT_PATH"
}

# Ends as refused. The text for people comes from a second try, as the first one spoke to this program.
refuse() {
  build table "$@" > "$work/told.txt" 2>&1 || :
  obey_nothing
  if [ "$INPUT_FORMAT" = json ]; then cat "$work/told.json"; else cat "$work/told.txt"; fi
  obey_again
  if [ "$annotations" = true ]; then annotate "$work/told.json"; fi
  if [ "$summary" = true ]; then summarize 'No archive: a release must not hold this' "$work/told.txt"; fi
  output exit-code 5
  output outcome refused
  exit 5
}

# end_by_error STATUS WHAT: there is no archive that this step vouches for.
end_by_error() {
  output exit-code "$1"
  output outcome error
  printf '::error title=hygiene::%s\n' "$2 (exit code $1); the log of this step says why"
  exit "$1"
}

work=$(new_folder)
: "${INPUT_PATH:=.}" "${INPUT_FORMAT:=table}" "${INPUT_OUTPUT:=dist}"
check_input path "$INPUT_PATH"
check_input rev "${INPUT_REV:=}"
check_input version "${INPUT_VERSION:=}"
check_input target "${INPUT_TARGET:=}"
check_input output "$INPUT_OUTPUT"
check_input archive-format "${INPUT_ARCHIVE_FORMAT:=}"
check_input config "${INPUT_CONFIG:=}"
check_input policy-rev "${INPUT_POLICY_REV:=}"
check_input format "$INPUT_FORMAT"
belongs_to audit fail-on "${INPUT_FAIL_ON:-}"
belongs_to audit max-size "${INPUT_MAX_SIZE:-}"
belongs_to audit new-since "${INPUT_NEW_SINCE:-}"
belongs_to audit baseline "${INPUT_BASELINE:-}"
belongs_to audit ratchet "${INPUT_RATCHET:-}"
belongs_to audit sarif "${INPUT_SARIF:-}"
belongs_to audit upload-sarif "${INPUT_UPLOAD_SARIF:-}" false
belongs_to audit allow-incomplete "${INPUT_ALLOW_INCOMPLETE:-}" false
case $INPUT_FORMAT in
  table | json) ;;
  *) fail "the input format is '$INPUT_FORMAT'; of a package it must be 'table' or 'json'" ;;
esac
annotations=false summary=false attest=false
if is_true annotations "${INPUT_ANNOTATIONS:-}"; then annotations=true; fi
if is_true summary "${INPUT_SUMMARY:-}"; then summary=true; fi
if is_true attest "${INPUT_ATTEST:-}"; then attest=true; fi
judge_forks_by_their_base
mkdir -p -- "$INPUT_OUTPUT" || fail "cannot make the folder $INPUT_OUTPUT"

if [ "$attest" = true ]; then name_origin; fi

set --
if [ -n "$INPUT_TARGET" ]; then set -- "$@" --target="$INPUT_TARGET"; fi
if [ -n "$INPUT_CONFIG" ]; then set -- "$@" --config="$INPUT_CONFIG"; fi
if [ -n "$INPUT_POLICY_REV" ]; then set -- "$@" --policy-rev="$INPUT_POLICY_REV"; fi

status=0
build json "$@" > "$work/told.json" 2> "$work/said.txt" || status=$?
if [ "$status" -eq 5 ] && [ -s "$work/told.json" ]; then refuse "$@"; fi
if [ "$status" -ne 0 ]; then
  obey_nothing
  cat "$work/said.txt"
  obey_again
  end_by_error "$status" 'no archive was written'
fi

read -r name sha256 digest <<END
$(told "$work/told.json")
END
archive=$INPUT_OUTPUT/$name
"$HYGIENE_BIN/hygiene" package "$@" --verify="$archive" --format="$INPUT_FORMAT" -- "$INPUT_PATH" \
  > "$work/verified.txt" 2>&1 || status=$?
obey_nothing
cat "$work/said.txt" "$work/verified.txt"
obey_again
if [ "$status" -ne 0 ]; then end_by_error "$status" 'the archive is not what it should be'; fi
if [ "$summary" = true ]; then summarize "$name" "$work/verified.txt"; fi

output exit-code 0
output outcome clean
output archive "$archive"
output manifest "$archive.manifest.json"
output checksum "$archive.sha256"
if [ "$attest" = true ]; then output provenance "$archive.intoto.json"; fi
output archive-sha256 "$sha256"
output content-digest "$digest"
