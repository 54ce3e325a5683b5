"""What is said after a package was to be built: the archive and its proof, or why there is none."""

from collections.abc import Iterable, Iterator

from hygiene.model.package_proof import Written
from hygiene.model.packaging import PackagePlan
from hygiene.model.paths import name_of
from hygiene.report.package_wording import left_out_sentence, note_words
from hygiene.report.quoting import plain, shown
from hygiene.report.refusal_lines import refusal_lines
from hygiene.report.sizes import human
from hygiene.report.wording import counted, listed, short_id

_MOST_NOTES = 10


def built_text(plan: PackagePlan, written: Written, destination: str, beside: Iterable[str]) -> str:
    """The lines, each ended by a line break.

    `destination` is the archive's path; `beside` are the endings that follow it in the names of its proof.
    """
    return "".join(f"{line}\n" for line in _lines(plan, written, destination, list(beside)))


def _lines(plan: PackagePlan, written: Written, destination: str, beside: list[str]) -> Iterator[str]:
    entries = counted(len(written.entries), "entry", "entries")
    yield f"wrote {shown(destination)}: {entries}, {human(written.size)}, from commit {short_id(plan.source.commit)}"
    yield f"  sha256          {written.sha256}"
    yield f"  content digest  {written.content_digest}"
    if beside:
        yield f"  beside it       {listed(shown(name_of(destination) + ending) for ending in beside)}"
    yield f"left out: {left_out_sentence(plan)}"
    let_in = {each.finding.path for each in plan.waived}
    if let_in:
        yield f"let in by waivers: {counted(len(let_in), 'denied file')}; the manifest names them"
    if plan.undecided:
        yield f"to decide: {counted(len(plan.undecided), 'finding')}; the manifest names them"
    yield from _note_lines(plan)


def refused_text(plan: PackagePlan) -> str:
    """What is said where nothing was built: every reason, and what may be behind it. Each line ends with a break."""
    return "".join(f"{line}\n" for line in (*refusal_lines(plan.refusals), *_note_lines(plan)))


def _note_lines(plan: PackagePlan) -> Iterator[str]:
    return (f"note: {plain(note_words(note, shown))}" for note in plan.notes[:_MOST_NOTES])
