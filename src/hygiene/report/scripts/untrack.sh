#!/bin/sh
@HEADER@
# Needs a POSIX shell with the usual tools, and Git 2.20 or newer. Names stand in it as Git prints them.
set -eu
LC_ALL=C
export LC_ALL

usage() {
    cat <<'\END'
Usage: sh SCRIPT [--yes]

Takes leftovers out of Git's index, in the work tree that it is called in. Every file stays on disk.
Adds the placeholders that keep folders, and the lines that let ignore files keep the leftovers out.

Without --yes it only lists what it would do, and asks at a terminal.

  --yes   do it without asking
  --help  show this

Exit status: 0 done, or nothing to do; 2 wrong usage; 3 no work tree here; 5 refused, nothing was changed.
\END
}

# What is to leave the index.
leaving() {
    cat <<'\END'
@LEAVING@
\END
}

# Empty files that keep their folders in every clone.
placeholders() {
    cat <<'\END'
@PLACEHOLDERS@
\END
}

# What changes in ignore files. `@` names the file, `-` is a line that goes and each `+` after it one that takes its
# place; `|` is a line for the end, and `#` what is written above those that follow. `\0ooo` is a byte, `\\` a backslash.
ignoring() {
    cat <<'\END'
@IGNORING@
\END
}

main() {
    read_options "$@"
    enter_work_tree
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' HUP TERM
    look
    list
    if nothing_to_do; then
        echo 'There is nothing to do.'
    elif [ -s "$work/obstacles" ]; then
        refuse_or_tell
    elif confirmed; then
        change_index
        change_work_tree
        tell_way_back
    else
        echo 'Nothing was changed. With --yes it is done.'
    fi
}

read_options() {
    sure=no
    for option; do
        case $option in
        --yes) sure=yes ;;
        --help | -h)
            usage
            exit 0
            ;;
        *)
            printf 'unknown option; see --help\n' >&2
            exit 2
            ;;
        esac
    done
}

# The only way to Git: without what a repository's configuration could start.
run_git() {
    git --no-pager -c core.fsmonitor=false -c core.hooksPath=/dev/null -c core.untrackedCache=false \
        -c core.quotePath=true -c protocol.allow=never -c sparse.expectFilesOutsideOfPatterns=true "$@"
}

filter_name='^filter\.[A-Za-z0-9._-]*\.[A-Za-z0-9-]*$'

filter_names() {
    run_git config --name-only --get-regexp '^filter\.' || :
}

# Git compares what was changed a moment before with the index when it writes that, and would run filters to do so.
without_filters() {
    filter_names | grep "$filter_name" | sed 's/\.[^.]*$//' | sort -u | while IFS= read -r name; do
        printf ' -c %s' "$name.clean=" "$name.smudge=" "$name.process=" "$name.required=false"
    done
}

# Whatever a caller's environment names, it is the work tree that this is called in, and its own index.
enter_work_tree() {
    # shellcheck disable=SC2046  # a word for each variable
    unset $(git rev-parse --local-env-vars)
    # The x keeps line breaks that end a folder's name.
    top=$(run_git rev-parse --show-toplevel && echo x) || exit 3
    cd "${top%?x}" || exit 3
    git_dir=$(run_git rev-parse --git-dir)
}

# ---- Looking: writes lists into "$work", and changes nothing else.

look() {
    run_git ls-files -s -v >"$work/index"
    leaving >"$work/leaving"
    met "$work/leaving" "$work/index" >"$work/met"
    awk '$1 == "H" && $2 != "160000" && $4 == "0" { print substr($0, 3) }' "$work/met" >"$work/removed"
    awk '$1 != "H" || $2 == "160000" { print substr($0, index($0, "\t") + 1) }' "$work/met" >"$work/kept"
    : >"$work/notes"
    : >"$work/added"
    placeholders >"$work/placeholders"
    each_line "$work/placeholders" look_at_placeholder
    look_at_ignore_files
    obstacles >"$work/obstacles"
}

# Calls $2 with each line of file $1, and its number.
each_line() {
    number=0
    while IFS= read -r line <&3; do
        number=$((number + 1))
        "$2" "$line" "$number"
    done 3<"$1"
}

# The lines of $2, which end with a tab and a name, whose name is a line of $1.
met() {
    awk '
        part == 1 { wanted[$0] = 1; next }
        substr($0, index($0, "\t") + 1) in wanted
    ' part=1 "$1" part=2 "$2"
}

# What the index holds at $1: tag, mode, blob and stage; nothing where it holds nothing.
entry_of() {
    name=$1 awk 'substr($0, index($0, "\t") + 1) == ENVIRON["name"] { print $1, $2, $3, $4; exit }' "$work/index"
}

# Sets place to where $1, a name as Git prints it, is in the work tree.
find_place() {
    case $1 in
    \"*)
        # Git's escapes are those of printf, but for the double quote.
        place=${1#?}
        place=$(printf '%s/' "${place%?}" | sed 's/%/%%/g; s/\\"/\\042/g')
        # shellcheck disable=SC2059  # so it is meant
        place=$(printf "$place")
        place=./${place%/}
        ;;
    *) place=./$1 ;;
    esac
}

# Whether a symlink, or what is no folder, stands on the way to "$place" or at it, or no work tree holds such a path.
is_barred() {
    [ ! -L "$place" ] || return 0
    rest=${place#./}
    case /$rest/ in *//* | */./* | */../* | */.[Gg][Ii][Tt]/*) return 0 ;; esac
    folder=.
    while :; do
        case $rest in */*) ;; *) return 1 ;; esac
        folder=$folder/${rest%%/*}
        rest=${rest#*/}
        [ ! -L "$folder" ] || return 0
        [ ! -e "$folder" ] || [ -d "$folder" ] || return 0
    done
}

# Whether the index holds a file where $1 needs a folder, or a folder at $1: Git would drop that for it.
is_crowded() {
    name=$1 awk '
        function body(text) { return substr(text, 1, 1) == "\"" ? substr(text, 2, length(text) - 2) : text }
        NR == 1 { wanted = body(ENVIRON["name"]) "/" }
        {
            other = body(substr($0, index($0, "\t") + 1)) "/"
            if (other != wanted && (index(wanted, other) == 1 || index(other, wanted) == 1)) exit found = 1
        }
        END { exit !found }
    ' "$work/index"
}

note() {
    printf '%s\n' "$1" >>"$work/notes"
}

look_at_placeholder() {
    [ -z "$(entry_of "$1")" ] || return 0
    find_place "$1"
    if is_barred || [ -d "$place" ] || is_crowded "$1"; then
        note "$1 is not added: its place is taken"
    else
        printf '%s\n' "$1" >>"$work/added"
    fi
}

look_at_ignore_files() {
    : >"$work/changed"
    : >"$work/names"
    edits=0
    ignoring | while IFS= read -r line; do
        case $line in
        @*)
            printf '%s\n' "${line#?}" >>"$work/names"
            edits=$((edits + 1))
            ;;
        *)
            printf '%s\n' "$line" >>"$work/edits.$edits"
            printf '%b\n' "$line" >>"$work/bytes.$edits"
            ;;
        esac
    done
    each_line "$work/names" look_at_ignore_file
}

# Makes new.N, the file of the work tree as it will be, and staged.N, the same for the index, where these change.
look_at_ignore_file() {
    find_place "$1"
    entry=$(entry_of "$1")
    : >"$work/old"
    if is_barred || { [ -e "$place" ] && [ ! -f "$place" ]; } || { [ ! -e "$place" ] && [ -n "$entry" ]; }; then
        note "$1 is left alone: the work tree holds no such file; add the lines by hand"
        return 0
    fi
    [ ! -e "$place" ] || cat "$place" >"$work/old"
    if holds_nul "$work/old"; then
        note "$1 is left alone: it is no text in UTF-8; add the lines by hand"
        return 0
    fi
    edited list "$work/old" "$2" >"$work/changes"
    [ -s "$work/changes" ] || return 0
    while IFS= read -r change; do
        printf '%s: %s\n' "$1" "$change" >>"$work/changed"
    done <"$work/changes"
    edited file "$work/old" "$2" >"$work/new.$2"
    stage_ignore_file "$1" "$2"
}

# The index gets its own version with the same edits, so that neither takes over the line ends of the other.
stage_ignore_file() {
    if [ -z "$entry" ] && [ ! -e "$place" ] && ! is_crowded "$1"; then
        cat "$work/new.$2" >"$work/staged.$2"
        printf '100644' >"$work/mode.$2"
    elif is_alike; then
        edited file "$work/blob" "$2" >"$work/staged.$2"
        printf '%s' "$entry" | awk '{ printf "%s", $2 }' >"$work/mode.$2"
    else
        note "$1 is changed on disk only, as it is not what the index holds; add it by hand"
    fi
}

# Whether $work/old is what the entry holds, but for line ends; leaves that in $work/blob.
is_alike() {
    case $entry in 'H 100'*' 0') ;; *) return 1 ;; esac
    blob=${entry% *}
    run_git cat-file blob "${blob##* }" >"$work/blob" || return 1
    [ "$(tr -d '\r' <"$work/blob" | run_git hash-object --stdin)" = \
        "$(tr -d '\r' <"$work/old" | run_git hash-object --stdin)" ]
}

holds_nul() {
    [ "$(tr -d '\000' <"$1" | wc -c)" -ne "$(wc -c <"$1")" ]
}

# Prints file $2 as edits number $3 make it or, where $1 is "list", what they change in it.
edited() {
    open=no
    [ -z "$(tail -c 1 "$2")" ] || open=yes
    awk -v want="$1" -v open="$open" '
        function write(text) {
            if (want == "list") return
            if (begun) printf "\n"
            printf "%s", text
            begun = 1
        }
        function tell(sign, number) {
            if (want == "list") print sign " " substr(shown[number], 2)
        }
        function replace(number, own,    first) {
            if (!(number in told)) tell("-", number)
            for (first = number++; kind[number] == "+"; number++) {
                if (!(first in told)) tell("+", number)
                write(text[number] (kind[number + 1] == "+" ? eol : own))
                there[text[number]] = 1
            }
            told[first] = 1
        }
        function append(number) {
            if (open == "yes" && want != "list") printf "%s", eol
            open = "no"
            if (heading) {
                if (begun && last != "") write(eol)
                write("#" text[heading] eol)
            }
            heading = 0
            last = "."
            tell("+", number)
            write(text[number] eol)
            there[text[number]] = 1
        }
        FNR == 1 { part++ }
        part == 1 { shown[FNR] = $0; next }
        part == 2 {
            edits = FNR
            kind[FNR] = substr($0, 1, 1)
            text[FNR] = substr($0, 2)
            if (kind[FNR] == "-") start[text[FNR]] = FNR
            next
        }
        FNR == 1 && index($0, "\357\273\277") == 1 {
            mark = substr($0, 1, 3)
            $0 = substr($0, 4)
        }
        {
            lines = FNR
            end[FNR] = sub(/\r$/, "") ? "\r" : ""
            line[FNR] = $0
            returns += length(end[FNR])
        }
        END {
            if (lines == 1 && mark line[1] end[1] == mark && open == "yes") {
                lines = 0
                open = "no"
            }
            eol = returns * 2 > lines - (open == "yes") ? "\r" : ""
            if (want != "list") printf "%s", mark
            for (number = 1; number <= lines; number++) {
                last = line[number]
                if (last in start) {
                    replace(start[last], end[number])
                } else {
                    write(last end[number])
                    there[last] = 1
                }
            }
            for (number = 1; number <= edits; number++) {
                if (kind[number] == "#") heading = number
                if (kind[number] == "|" && !(text[number] in there)) append(number)
            }
            if (begun && open == "no") printf "\n"
        }
    ' "$work/edits.$3" "$work/bytes.$3" "$2"
}

# A line for each reason not to touch this index now.
obstacles() {
    for name in MERGE_HEAD CHERRY_PICK_HEAD REVERT_HEAD; do
        ! run_git rev-parse -q --verify "$name" >/dev/null || echo "$name is there: finish or abort what is under way"
    done
    for name in rebase-merge rebase-apply sequencer; do
        [ ! -e "$git_dir/$name" ] || echo "$name is there: finish or abort what is under way"
    done
    [ ! -e "$git_dir/index.lock" ] && [ ! -L "$git_dir/index.lock" ] || echo 'index.lock is there: another Git process may be at work'
    awk '$4 != "0" { print "a file is in conflict: " substr($0, index($0, "\t") + 1) }' "$work/index" | sort -u
    filter_names | grep -v "$filter_name" | sed 's/.*/a filter has a name that this script cannot take in/'
    staged_only
}

# Taking out what is staged and not committed would lose it.
staged_only() {
    if ! run_git rev-parse -q --verify HEAD >/dev/null; then
        echo 'nothing is committed yet'
        return 0
    fi
    run_git diff-index --cached --name-only --no-renames --no-ext-diff HEAD -- >"$work/staged"
    met "$work/staged" "$work/removed" | awk '
        { print "what is staged is not what is committed: " substr($0, index($0, "\t") + 1) }'
}

# ---- Telling and asking.

list() {
    awk '{ print substr($0, index($0, "\t") + 1) }' "$work/removed" >"$work/leaving-now"
    show 'Files that leave the index and stay on disk' "$work/leaving-now"
    show 'Files that stay tracked, as the index marks them, or as submodules' "$work/kept"
    show 'Placeholders to be added' "$work/added"
    show 'Changes of ignore files' "$work/changed"
    show 'To know' "$work/notes"
}

# Prints a title and the lines of file $2, where there are any.
show() {
    [ -s "$2" ] || return 0
    printf '%s (%d):\n' "$1" "$(count "$2")"
    sed 's/^/  /' "$2"
}

count() {
    grep -c '' "$1" || :
}

nothing_to_do() {
    [ ! -s "$work/removed" ] && [ ! -s "$work/added" ] && [ ! -s "$work/changed" ]
}

refuse_or_tell() {
    if [ "$sure" = yes ]; then
        echo 'Refused; nothing was changed:' >&2
        sed 's/^/  /' "$work/obstacles" >&2
        exit 5
    fi
    echo 'Nothing was changed. With --yes it would be refused now:'
    sed 's/^/  /' "$work/obstacles"
}

confirmed() {
    [ "$sure" = no ] || return 0
    [ -t 0 ] && [ -t 1 ] || return 1
    printf 'Untrack %d files, add %d placeholders, make %d changes of ignore files? [y/N] ' \
        "$(count "$work/removed")" "$(count "$work/added")" "$(count "$work/changed")"
    read -r answer || return 1
    case $answer in [Yy] | [Yy][Ee][Ss]) return 0 ;; *) return 1 ;; esac
}

# ---- Doing: the index in one write, then small files of the work tree.

change_index() {
    empty=$(run_git hash-object -w --stdin </dev/null)
    none=$(printf '%s' "$empty" | sed 's/./0/g')
    # From the last to the first, Git removes ten times faster.
    awk -v none="$none" '
        { line[NR] = "0 " none substr($0, index($0, "\t")) }
        END { for (number = NR; number; number--) print line[number] }
    ' "$work/removed" >"$work/edits"
    : >"$work/back"
    each_line "$work/added" add_placeholder
    each_line "$work/names" add_ignore_file
    cat "$work/removed" >>"$work/back"
    mkdir -p "$git_dir/hygiene"
    undo=$(mktemp "$git_dir/hygiene/untracked-$(date +%Y%m%d-%H%M%S)-XXXXXX")
    cat "$work/back" >"$undo"
    # Only reading leaves the untracked cache out, here it would be lost; and Git 2.39 sorts a sparse index wrong.
    # shellcheck disable=SC2046  # words without blanks or wildcards
    if ! run_git $(without_filters) -c core.untrackedCache=keep -c index.sparse=false \
        update-index --index-info <"$work/edits"; then
        rm -f "$undo"
        echo 'Refused by Git; nothing was changed.' >&2
        exit 5
    fi
}

add_placeholder() {
    printf '100644 %s 0\t%s\n' "$empty" "$1" >>"$work/edits"
    printf '0 %s\t%s\n' "$none" "$1" >>"$work/back"
}

add_ignore_file() {
    [ -f "$work/staged.$2" ] || return 0
    blob=$(run_git hash-object -w --stdin <"$work/staged.$2")
    printf '%s %s 0\t%s\n' "$(cat "$work/mode.$2")" "$blob" "$1" >>"$work/edits"
    entry=$(entry_of "$1")
    if [ -n "$entry" ]; then
        printf '%s\t%s\n' "${entry#H }" "$1" >>"$work/back"
    else
        printf '0 %s\t%s\n' "$none" "$1" >>"$work/back"
    fi
}

change_work_tree() {
    each_line "$work/added" make_placeholder
    each_line "$work/names" make_ignore_file
}

make_placeholder() {
    find_place "$1"
    mkdir -p "${place%/*}"
    [ -e "$place" ] || : >"$place"
}

# Written beside it and renamed, with the mode that it has.
make_ignore_file() {
    [ -f "$work/new.$2" ] || return 0
    find_place "$1"
    mkdir -p "${place%/*}"
    [ ! -e "$place" ] || cp -p "$place" "$place.new.$$"
    cat "$work/new.$2" >"$place.new.$$"
    mv -f "$place.new.$$" "$place"
}

tell_way_back() {
    echo 'Done. See what git status says, then commit. To put the index back, at the top of the work tree:'
    printf "  git update-index --index-info <'%s'\n" "$(printf '%s' "$undo" | sed "s/'/'\\\\''/g")"
}

main "$@"
