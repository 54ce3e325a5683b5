"""What the texts about a package say alike: how much it is, of which commit, and how much was left out."""

from collections import Counter
from collections.abc import Callable, Sequence

from hygiene.model.packaging import Chosen, Note, Omission, PackagePlan
from hygiene.report.quoting import shown
from hygiene.report.sizes import human_known
from hygiene.report.wording import counted, short_id

_PATHS = 3  # of a note; `git status` and the like name all
_LEFT_OUT = {
    Omission.OUTSIDE_ROOT: "outside the root",
    Omission.EXPORT_IGNORED: "export-ignored",
    Omission.EXCLUDED: "excluded",
    Omission.NOT_INCLUDED: "not included",
}


def headline(plan: PackagePlan) -> str:
    """The archive, its commit, and how much it would hold; safe to print."""
    source = plan.source
    commit = f"commit {short_id(source.commit)}"
    named = commit if source.commit.startswith(source.revision) else f"{commit} ({shown(source.revision)})"
    return f"{shown(plan.archive_name)} from {named}: {amount(plan.chosen)}"


def amount(chosen: Sequence[Chosen]) -> str:
    """Files and their bytes: `12 files, 3.4 MiB`."""
    known = [each.size for each in chosen if each.size is not None]
    return f"{counted(len(chosen), 'file')}, {human_known(sum(known), len(chosen), len(chosen) - len(known))}"


def note_words(note: Note, quote: Callable[[str], str]) -> str:
    """The note with some of its paths behind it, each as `quote` has it; the text is the caller's to make safe."""
    if not note.paths:
        return note.text
    more = [f"and {len(note.paths) - _PATHS:,} more"] if len(note.paths) > _PATHS else []
    return f"{note.text} ({', '.join([*map(quote, note.paths[:_PATHS]), *more])})"


def left_out_sentence(plan: PackagePlan) -> str:
    """How many files are left out, and why in numbers: `40 files (38 not included, 2 excluded)`."""
    number = Counter(each.why for each in plan.left_out)
    why = ", ".join(f"{number[each]:,} {_LEFT_OUT[each]}" for each in Omission if number[each])
    return f"{counted(len(plan.left_out), 'file')} ({why})" if why else "no file"
