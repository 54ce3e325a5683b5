"""The part of the clean-up plan about what passes: waived and baselined findings, idle waivers, stale entries."""

from collections.abc import Iterator

from hygiene.model.permit import Accepted, IdleWaiver, Waived, Waiver
from hygiene.model.report import AuditReport
from hygiene.model.rule import RuleId
from hygiene.report.markdown_parts import bullets, folded, paragraphs, path_block
from hygiene.report.markdown_quoting import code_path, code_span, prose
from hygiene.report.wording import counted, idle_words, waiver_terms


def permitted_sections(report: AuditReport) -> Iterator[str]:
    """A section for each kind that there is."""
    yield _section("Findings that waivers let pass", [_waived(each) for each in report.waived])
    yield _baselined(report)
    yield _section("Waivers that let nothing pass", [_idle(each) for each in report.idle_waivers])
    yield _section("Entries of the baseline that nothing meets", [_entry(each) for each in report.stale])


def _section(title: str, items: list[str]) -> str:
    if not items:
        return ""
    return paragraphs(f"## {title}", folded(bullets(items), len(items), counted(len(items), "entry", "entries")))


def _waived(waived: Waived) -> str:
    return f"{code_path(waived.finding.path)} ({code_span(waived.finding.rule)}): {_words(waived.waiver)}"


def _idle(idle: IdleWaiver) -> str:
    where = f"{code_span(idle.waiver.rule)} at {code_span(idle.waiver.path)}"
    return f"{where}: {idle_words(idle)}; {_words(idle.waiver)}"


def _words(waiver: Waiver) -> str:
    """The reason is quoted, not run on: somebody else wrote it."""
    return f"{code_span(waiver.reason)}{waiver_terms(waiver, prose)} ({code_path(str(waiver.origin))})"


def _entry(entry: Accepted) -> str:
    return f"{code_path(entry.path)} ({code_span(entry.rule)})"


def _baselined(report: AuditReport) -> str:
    by_rule: dict[RuleId, list[str]] = {}
    for finding in report.baselined:
        by_rule.setdefault(finding.rule, []).append(finding.path)
    lists = (
        paragraphs(f"{code_span(rule)}, {counted(len(paths), 'file')}:", path_block(paths))
        for rule, paths in by_rule.items()
    )
    return paragraphs("## Findings that the baseline accepts", *lists) if by_rule else ""
