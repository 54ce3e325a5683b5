"""The words that several formats share: numbers with their nouns, what to do, the outcome, what passes and why."""

from collections.abc import Callable, Iterable, Sequence

from hygiene.model.finding import Evidence, Finding
from hygiene.model.gate import Gate
from hygiene.model.inventory import Gap
from hygiene.model.past import KINDS_OF_PAST
from hygiene.model.permit import Idleness, IdleWaiver, Waiver
from hygiene.model.report import AuditReport, Outcome
from hygiene.model.rule import Confidence, Disposition
from hygiene.report.columns import cut_middle
from hygiene.report.quoting import plain, shown
from hygiene.report.tally import outcome_of

TO_DO = {
    Disposition.DELETE_AND_UNTRACK: "delete and untrack",
    Disposition.UNTRACK: "untrack only",
    Disposition.DECIDE: "decide",
    Disposition.KEEP: "keep",
}


def counted(number: int, noun: str, plural: str = "") -> str:
    """The number, its thousands apart, with its noun: `1 file`, `1,204 files`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def short_id(object_id: str) -> str:
    """As many digits of an id as tell it from others in a table."""
    return object_id[:8]


def listed(items: Iterable[str]) -> str:
    """The items as English lists them: `a`, `a and b`, `a, b and c`."""
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def strongest(evidence: Iterable[Evidence], confidence: Confidence) -> Evidence | None:
    """The reason to give: what weighed most; of equals, what was found last, as a name's own comes first.

    What is only worth a review is explained by what speaks for the file: who uses it, or that it is a fixture.
    """
    heard = [each for each in evidence if each.kind not in KINDS_OF_PAST]
    softener = _softener(heard) if confidence is Confidence.REVIEW else None
    return softener or max(reversed(heard), key=lambda each: each.points, default=None)


def _softener(heard: Sequence[Evidence]) -> Evidence | None:
    kinds = {each.kind: each for each in heard}
    only_fixture = kinds.get("fixture") if kinds.keys() <= {"fixture", "name", "place"} else None
    return kinds.get("consumer") or only_fixture


def outcome_sentence(report: AuditReport, gate: Gate) -> str:
    """The last word of a report, on one line; only what has neither findings nor gaps is called clean."""
    match outcome_of(report, gate):
        case Outcome.FINDINGS:
            also = f"; and it is incomplete: {_gaps(report)}" if report.incomplete else ""
            return f"{_failing(report, gate)} this audit{also}"
        case Outcome.INCOMPLETE:
            return f"incomplete: {_gaps(report)}, so this result is not a clean one"
        case Outcome.CLEAN:
            besides = f"; {permitted}" if (permitted := permitted_sentence(report)) else ""
            if report.findings:
                return f"no finding fails this audit; {_harmless(report)} listed{besides}"
            return f"clean: {counted(report.tracked, 'file')}, no finding fails this audit{besides}"


def permitted_sentence(report: AuditReport) -> str:
    """How many findings waivers and the baseline let pass; empty where they let none."""
    waived, baselined = len(report.waived), len(report.baselined)
    if waived:
        return f"{counted(waived, 'finding')} waived" + (f", {baselined:,} in the baseline" if baselined else "")
    return f"{counted(baselined, 'finding')} in the baseline" if baselined else ""


def located(path: str | None, words: str, longest: int = 0) -> str:
    """The words behind the path that they are about, if there is one: cut to `longest` columns where that is given."""
    if not path:
        return words
    return f"{cut_middle(shown(path), longest) if longest else shown(path)}: {words}"


def gap_words(gap: Gap) -> str:
    """What could not be seen and what to do about it, safe to print; the place is left to the format."""
    return f"{plain(gap.reason)}. {plain(gap.help)}"


def waiver_words(waiver: Waiver) -> str:
    """Where the waiver stands, why, until when and who answers for it; safe to print."""
    return f"waived by {shown(str(waiver.origin))}: {plain(waiver.reason)}{waiver_terms(waiver, plain)}"


def waiver_terms(waiver: Waiver, quote: Callable[[str], str]) -> str:
    """Until when the waiver holds and who answers for it, as far as it says so, each behind a comma."""
    until = f", until {waiver.expires.isoformat()}" if waiver.expires else ""
    return until + (f", {quote(waiver.owner)}" if waiver.owner else "")


def idle_words(idle: IdleWaiver) -> str:
    """Why a waiver lets nothing pass."""
    if idle.why is Idleness.EXPIRED and idle.waiver.expires:
        return f"its last day was {idle.waiver.expires.isoformat()}"
    return "no finding is left that it speaks of"


def by_confidence(findings: Sequence[Finding]) -> str:
    """How many findings have each confidence, in words, the surest first; those without any are left out."""
    numbers = {sure: sum(finding.confidence == sure for finding in findings) for sure in reversed(Confidence)}
    return listed(f"{number:,} {sure}" for sure, number in numbers.items() if number)


def _failing(report: AuditReport, gate: Gate) -> str:
    failing = [finding for finding in report.findings if gate.fails(finding)]
    return f"{by_confidence(failing)} {'finding fails' if len(failing) == 1 else 'findings fail'}"


def _harmless(report: AuditReport) -> str:
    noun = "finding is" if len(report.findings) == 1 else "findings are"
    return f"{by_confidence(report.findings)} {noun}"


def _gaps(report: AuditReport) -> str:
    """What could not be read. All unreadable files together make one gap."""
    files = len(report.unreadable)
    others = len(report.incomplete) - (1 if files else 0)
    told = [counted(files, "file")] if files else []
    if others > 0:
        told.append(counted(others, "other thing" if files else "thing"))
    return f"{listed(told)} could not be read"
