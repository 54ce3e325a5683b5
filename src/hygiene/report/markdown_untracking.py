"""The part of the clean-up plan that takes files out of the index: commands that name them exactly."""

import shlex
from collections.abc import Collection, Mapping, Sequence

from hygiene.model.paths import RepoPath
from hygiene.report.markdown_parts import folded, paragraphs
from hygiene.report.markdown_quoting import code_path, fenced
from hygiene.report.quoting import quoted, shown
from hygiene.report.removals import pathspecs
from hygiene.report.report_view import ReportView
from hygiene.report.wording import counted, listed

# Git expands wildcards even in the paths that `rm` is given, unless it is told that they are literal.
_REMOVE = "git --literal-pathspecs rm -r -q --cached"
_END = "END-OF-PATHS"
_NEARLY_ALL = 0.9  # of a folder's files, from which on it may go as a whole


def untracking_section(view: ReportView, steps: Mapping[int, Sequence[RepoPath]]) -> str:
    """The commands that untrack the files of each step, by its number, and no others; but large folders as a whole."""
    if not steps:
        return ""
    whole = _whole(view, [path for paths in steps.values() for path in paths])
    return paragraphs(
        "### Commands for untracking",
        "`hygiene untrack` does what is certain in one step, with ignore rules and placeholders, and can undo it."
        " Else run these at the top of the work tree, in a POSIX shell, with Git 2.26 or newer. They change the index"
        " and leave the files on disk; without `--cached` they delete them from disk too. A name is taken as it"
        " is, never as a pattern.",
        *(_step(view, number, paths, whole) for number, paths in steps.items()),
        *(_tree(tree, files, steps) for tree, files in whole.items()),
    )


def _whole(view: ReportView, leaving: Sequence[RepoPath]) -> dict[RepoPath, int]:
    """The large folders at the root of which nearly all files leave, and how many files are tracked in each."""
    totals = {root.path: root.files for root in view.report.top_level}
    inside = view.trees.split(leaving).trees
    nearly = (tree for tree, files in inside.items() if files >= totals.get(tree, 2 * files) * _NEARLY_ALL)
    return {tree: totals[tree] for tree in sorted(nearly) if shown(tree) == tree}


def _step(view: ReportView, number: int, paths: Sequence[RepoPath], whole: Collection[RepoPath]) -> str:
    exact = [path for path in paths if not path.startswith(tuple(whole))]
    if not exact:
        return ""
    outside = " outside the folders below" if len(exact) < len(paths) else ""
    return paragraphs(
        f"Step {number}, exactly {counted(len(exact), 'file')}{outside}:", _exactly(pathspecs(view.members, exact))
    )


def _tree(tree: RepoPath, files: int, steps: Mapping[int, Sequence[RepoPath]]) -> str:
    """The command for a whole folder, and how far that goes beyond the steps."""
    inside = {number: sum(path.startswith(tree) for path in paths) for number, paths in steps.items()}
    named = listed(f"{count:,} of step {number}" for number, count in inside.items() if count)
    return paragraphs(
        f"After these steps, the whole of {code_path(tree)}: {counted(files, 'tracked file')}, {named}.",
        fenced([f"{_REMOVE} -- {shlex.quote(tree)}"], "sh"),
    )


def _exactly(specs: Sequence[RepoPath]) -> str:
    """A command that reads the paths in Git's own quoting, in which every name can be written."""
    lines = [f"{_REMOVE} --pathspec-from-file=- <<'{_END}'", *map(_line, specs), _END]
    return folded(fenced(lines, "sh"), len(specs), counted(len(specs), "path"))


def _line(path: str) -> str:
    return quoted(path) if path == _END else shown(path)
