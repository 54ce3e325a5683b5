"""JUnit XML in the subset that all its readers share: one suite, a case for each finding and each rule that passed."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from hygiene.model.finding import Evidence, Finding
from hygiene.model.report import AuditReport
from hygiene.model.rule import Confidence
from hygiene.report.quoting import plain, shown
from hygiene.report.results import Sentences
from hygiene.report.style import TextStyle
from hygiene.report.wording import gap_words, located, outcome_sentence, permitted_sentence, waiver_words

_MOST: Final = 100  # unreadable files that are named; the JSON report has all


class Kind(StrEnum):
    """How a case ended, by the name of its element; a passed one has none."""

    PASSED = ""
    FAILED = "failure"
    BROKEN = "error"
    SKIPPED = "skipped"


class Case(NamedTuple):
    """One case: class and name safe to print and not yet escaped, and the element inside it, ready to write."""

    owner: str
    name: str
    kind: Kind
    inside: str = ""


def render_junit(report: AuditReport, style: TextStyle) -> str:
    """Failures for what fails the audit, skipped cases for what does not, an error for an audit that is incomplete."""
    cases = list(_apart([_audit(report), *_findings(report, style), *_permitted(report), *_passed(report)]))
    numbers = {kind: sum(case.kind is kind for case in cases) for kind in Kind}
    totals = f'tests="{len(cases)}" failures="{numbers[Kind.FAILED]}" errors="{numbers[Kind.BROKEN]}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="hygiene" {totals}>',
        f'<testsuite name="hygiene" {totals} skipped="{numbers[Kind.SKIPPED]}" time="0">',
        *map(_element, cases),
        f"<system-out>{_escaped(_last_words(report, style))}</system-out>",
        "</testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _audit(report: AuditReport) -> Case:
    """The case of the audit itself: passed only if it saw everything."""
    if not report.incomplete:
        return Case("hygiene.audit", "everything could be read", Kind.PASSED)
    gaps = [located(gap.path, gap_words(gap)) for gap in report.incomplete]
    unread = [located(each.path, plain(each.reason)) for each in islice(report.unreadable, _MOST)]
    inside = _inside(Kind.BROKEN, "incomplete", gaps[0], [*gaps, *unread])
    return Case("hygiene.audit", "everything could be read", Kind.BROKEN, inside)


def _findings(report: AuditReport, style: TextStyle) -> Iterator[Case]:
    """A case for each finding; what is inside is the same for most of one rule, and written once."""
    sentences, told = Sentences(report.rules), cache(_told)
    for finding in report.findings:
        kind = Kind.FAILED if style.gate.fails(finding) else Kind.SKIPPED
        inside = told(kind, finding.confidence, sentences.of(finding), finding.evidence)
        yield _case(finding, kind, inside)


def _told(kind: Kind, confidence: Confidence, sentence: str, evidence: Sequence[Evidence]) -> str:
    """The sentence, and in the body of a failure what else speaks for or against it."""
    besides = (words for each in evidence if (words := plain(each.text)) not in sentence)
    return _inside(kind, confidence.word, sentence, [sentence, *besides] if kind is Kind.FAILED else [])


def _permitted(report: AuditReport) -> Iterator[Case]:
    for finding, waiver in report.waived:
        yield _case(finding, Kind.SKIPPED, _inside(Kind.SKIPPED, "waived", waiver_words(waiver)))
    accepted = _inside(Kind.SKIPPED, "baseline", "accepted by the baseline")
    for finding in report.baselined:
        yield _case(finding, Kind.SKIPPED, accepted)


def _passed(report: AuditReport) -> Iterator[Case]:
    """A case for each rule that judged and that nothing met, called like the rule, as there is no path."""
    found = (*report.findings, *report.baselined, *(waived.finding for waived in report.waived))
    met = {finding.rule for finding in found}
    return (Case(f"hygiene.{rule}", rule, Kind.PASSED) for rule in report.judged if rule not in met)


def _case(finding: Finding, kind: Kind, inside: str) -> Case:
    return Case(f"hygiene.{finding.rule}", shown(finding.path), kind, inside)


def _apart(cases: Iterable[Case]) -> Iterator[Case]:
    """The cases, no two of one class and name: readers keep only one of such, or none."""
    taken: set[tuple[str, str]] = set()
    for case in cases:
        name, number = case.name, 1
        while (case.owner, name) in taken:
            number += 1
            name = f"{case.name} ({number})"
        taken.add((case.owner, name))
        yield case if number == 1 else case._replace(name=name)


def _element(case: Case) -> str:
    head = f'<testcase classname="{_escaped(case.owner)}" name="{_escaped(case.name)}" time="0"'
    return f"{head}>{case.inside}</testcase>" if case.inside else f"{head}/>"


def _inside(kind: Kind, word: str, message: str, body: Sequence[str] = ()) -> str:
    """The element that tells how a case ended. Some readers show the message alone, and some the body alone."""
    head = f'<{kind} type="{word}" message="{_escaped(message)}"'
    return f"{head}>{_escaped(chr(10).join(body))}</{kind}>" if body else f"{head}/>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _last_words(report: AuditReport, style: TextStyle) -> str:
    words = (outcome_sentence(report, style.gate), permitted_sentence(report), *map(plain, report.notes))
    return "\n".join(filter(None, words))
