"""The plan of a package for people at a terminal: what would ship by which line, what not and why, what forbids it."""

from collections.abc import Iterator, Sequence

from hygiene.model.inventory import Mode
from hygiene.model.packaging import Chosen, Line, Omission, PackagePlan
from hygiene.report.columns import cut_middle
from hygiene.report.package_grouping import Gone, Patch, chosen_patches, left_out_patches
from hygiene.report.package_parts import hanging, undecided_lines, waived_lines
from hygiene.report.package_sizes import size_table
from hygiene.report.package_wording import amount, headline, note_words
from hygiene.report.quoting import plain, shown
from hygiene.report.refusal_lines import refusal_lines
from hygiene.report.sizes import human
from hygiene.report.style import Ink, TextStyle
from hygiene.report.text_parts import painted, section
from hygiene.report.wording import counted

_ALL = 200  # files of a package up to which every path is listed
_PLACES = 200  # folders and files of a larger one
_GONE = 40  # folders and files that one reason names
_INDENT = "  "
_TO_DECIDE = "To decide (it ships as it is: `exclude` keeps it out, a waiver says that it is meant)"

_MARKS: dict[str, str] = {Mode.EXECUTABLE: " (executable)", Mode.SYMLINK: " (symlink)", Mode.GITLINK: " (submodule)"}
"""What a reviewer would not guess of a file."""

_WHY = {
    Omission.OUTSIDE_ROOT: "outside the package's root",
    Omission.EXPORT_IGNORED: "marked export-ignore",
    Omission.EXCLUDED: "excluded",
    Omission.NOT_INCLUDED: "named by no line of the allowlist",
}


def render_package_text(plan: PackagePlan, style: TextStyle) -> str:
    """The plan. Lists are cut and say so; every kind of refusal is told, last."""
    return "\n\n".join(_paragraphs(plan, style)) + "\n"


def _paragraphs(plan: PackagePlan, style: TextStyle) -> Iterator[str]:
    yield painted(Ink.HEADING, headline(plan), style)
    if plan.chosen:
        yield size_table(plan.chosen, style)
        yield section("What would ship, by line of the allowlist", _shipping(plan, style), style)
    if plan.left_out:
        yield section(f"What would not: {counted(len(plan.left_out), 'file')}", _left_out(plan, style), style)
    if plan.waived:
        yield section("Denied, and let in by a waiver", waived_lines(plan.waived, style), style)
    if plan.undecided:
        yield section(
            _TO_DECIDE,
            undecided_lines(plan.undecided, style),
            style,
        )
    if plan.notes:
        yield section("Notes", (plain(note_words(note, shown)) for note in plan.notes), style)
    if plan.refusals:
        yield section("Why it would be refused", hanging(refusal_lines(plan.refusals), style), style)
    yield _verdict(plan, style)


def _verdict(plan: PackagePlan, style: TextStyle) -> str:
    if plan.refusals:
        return painted(Ink.CERTAIN, f"refused for {counted(len(plan.refusals), 'reason')}; nothing is written", style)
    return painted(Ink.GOOD, f"nothing forbids {shown(plan.archive_name)}", style)


def _shipping(plan: PackagePlan, style: TextStyle) -> Iterator[str]:
    """Line by line, in the order in which files have them; every path of a small package, else folders."""
    by_line = _by_line(plan.chosen)
    places = _files(by_line) if len(plan.chosen) <= _ALL else _folders(plan)
    room, total = _PLACES, sum(map(len, places.values()))
    for line, alike in by_line.items():
        yield f"{_told(line)}: {amount(alike)}"
        yield from (_INDENT + cut_middle(place, style.width - 2 * len(_INDENT)) for place in places[line][:room])
        room -= min(room, len(places[line]))
    if total > _PLACES:
        yield f"+{total - _PLACES:,} more places (--format json lists every file)"


def _told(line: Line) -> str:
    return f"{shown(line.text)} ({shown(str(line.origin))})"


def _by_line(chosen: Sequence[Chosen]) -> dict[Line, list[Chosen]]:
    found: dict[Line, list[Chosen]] = {}
    for each in chosen:
        found.setdefault(each.line, []).append(each)
    return dict(sorted(found.items(), key=lambda each: (each[0].origin.file, each[0].origin.line or 0, each[0].text)))


def _files(by_line: dict[Line, list[Chosen]]) -> dict[Line, list[str]]:
    return {line: [shown(each.path) + _MARKS.get(each.mode, "") for each in alike] for line, alike in by_line.items()}


def _folders(plan: PackagePlan) -> dict[Line, list[str]]:
    places: dict[Line, list[str]] = {}
    for patch in chosen_patches(plan):
        places.setdefault(patch.key, []).append(_place(patch))
    return places


def _place(patch: Patch[Line] | Patch[Gone]) -> str:
    """A path in the repository; of a folder, what it amounts to."""
    if not patch.path.endswith("/"):
        return shown(patch.path)
    return f"{shown(patch.path)} ({counted(patch.files, 'file')}, {human(patch.size)})"


def _left_out(plan: PackagePlan, style: TextStyle) -> Iterator[str]:
    by_reason: dict[Gone, list[Patch[Gone]]] = {}
    for patch in left_out_patches(plan):
        by_reason.setdefault(patch.key, []).append(patch)
    for gone, alike in sorted(by_reason.items(), key=lambda each: tuple(Omission).index(each[0].why)):
        by = f", by {_told(gone.by)}" if gone.by else ""
        files = sum(each.files for each in alike)
        yield f"{_WHY[gone.why]}{by}: {counted(files, 'file')}, {human(sum(each.size for each in alike))}"
        width = style.width - 2 * len(_INDENT)
        yield from (_INDENT + cut_middle(_place(each), width) for each in alike[:_GONE])
        if len(alike) > _GONE:
            yield f"{_INDENT}+{len(alike) - _GONE:,} more (--format json lists all)"
