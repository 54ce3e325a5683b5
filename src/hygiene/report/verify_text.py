"""What a look into an archive told, for people at a terminal: what was checked, what speaks against it, the verdict."""

from collections.abc import Iterator

from hygiene.model.verification import ArchiveKind, Check, CheckState, Verification
from hygiene.report.package_parts import hanging, undecided_lines
from hygiene.report.quoting import plain, shown
from hygiene.report.refusal_lines import refusal_lines
from hygiene.report.sizes import human
from hygiene.report.style import Ink, TextStyle
from hygiene.report.text_parts import painted, section
from hygiene.report.verify_wording import verdict
from hygiene.report.wording import counted

_STATES = {
    CheckState.HELD: (Ink.GOOD, "held"),
    CheckState.FAILED: (Ink.CERTAIN, "FAILED"),
    CheckState.NOT_CHECKED: (Ink.LIKELY, "not checked"),
}
_KINDS = {ArchiveKind.ARCHIVE: "archive", ArchiveKind.WHEEL: "wheel", ArchiveKind.SDIST: "source distribution"}


def render_verify_text(told: Verification, style: TextStyle) -> str:
    """All of it, in short; nothing that was not checked is left unsaid."""
    return "\n\n".join(_paragraphs(told, style)) + "\n"


def _paragraphs(told: Verification, style: TextStyle) -> Iterator[str]:
    yield painted(Ink.HEADING, _headline(told), style)
    yield "\n".join(_digests(told))
    if told.checks:
        yield section("Checks", (_check(each, style) for each in told.checks), style)
    if told.undecided:
        yield section("To decide", undecided_lines(told.undecided, style), style)
    if told.refusals:
        yield section("Why it is refused", hanging(refusal_lines(told.refusals), style), style)
    yield painted(Ink.CERTAIN if told.is_refused else Ink.GOOD, verdict(told), style)


def _headline(told: Verification) -> str:
    holds = f"{counted(told.entries, 'entry', 'entries')}, {human(told.size)} unpacked"
    return f"{shown(told.archive)}: {_KINDS[told.kind]} ({told.format}), {holds}"


def _digests(told: Verification) -> Iterator[str]:
    """Whole, whatever the width: they are there to be compared."""
    yield f"sha256          {told.sha256}"
    yield f"content digest  {told.content_digest or 'unknown: not every entry could be read'}"


def _check(check: Check, style: TextStyle) -> str:
    ink, word = _STATES[check.state]
    text = f": {plain(check.text)}" if check.text else ""
    return f"{check.what}: {style.palette.paint(ink, word)}{text}"
