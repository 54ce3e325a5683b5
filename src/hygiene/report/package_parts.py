"""The parts that the texts about packages have in common."""

from collections.abc import Iterable, Iterator, Sequence

from hygiene.model.finding import Finding
from hygiene.model.permit import Waived
from hygiene.report.columns import wrapped
from hygiene.report.quoting import plain
from hygiene.report.style import TextStyle
from hygiene.report.text_parts import cut, longest_path
from hygiene.report.wording import located, strongest, waiver_words

_LISTED = 20  # lines that a list may have
_INDENT = "  "


def hanging(lines: Iterable[str], style: TextStyle) -> Iterator[str]:
    """The lines of a section, broken to the style's width; what is broken stays to the right of where it began."""
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip(" ")))
        first, *others = wrapped(line.lstrip(" "), style.width - len(_INDENT * 2) - len(indent))
        yield indent + first
        yield from (_INDENT + indent + part for part in others)


def undecided_lines(findings: Sequence[Finding], style: TextStyle) -> list[str]:
    """Findings that somebody may have to decide about, with the reason; a long list is cut and says so."""
    return cut([located(each.path, _reason(each), longest_path(style)) for each in findings[:_LISTED]], findings)


def waived_lines(waived: Sequence[Waived], style: TextStyle) -> list[str]:
    """What waivers let in, and by which word; a long list is cut and says so."""
    longest = longest_path(style)
    lines = [located(each.finding.path, _waived(each), longest) for each in waived[:_LISTED]]
    return cut(lines, waived)


def _reason(finding: Finding) -> str:
    reason = strongest(finding.evidence, finding.confidence)
    because = f": {plain(reason.text)}" if reason else ""
    return f"{plain(finding.rule)} ({finding.confidence}){because}"


def _waived(waived: Waived) -> str:
    return f"{plain(waived.waiver.rule)}, {waiver_words(waived.waiver)}"
