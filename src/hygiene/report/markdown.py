"""The clean-up plan in Markdown: what is wrong and why, every exact path, and what keeps it from coming back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hygiene.model.report import AuditReport
from hygiene.model.rule import Category
from hygiene.model.titles import CATEGORY_TITLES
from hygiene.report.markdown_closing import closing_sections
from hygiene.report.markdown_inventory import action_matrix, decisions, inventory
from hygiene.report.markdown_parts import bullets, paragraphs
from hygiene.report.markdown_prevention import gate_section, gitignore_section, order_section, release_section
from hygiene.report.markdown_quoting import code_path, code_span, prose
from hygiene.report.report_view import ReportView
from hygiene.report.risks import risks_of
from hygiene.report.sizes import human, human_known
from hygiene.report.style import TextStyle
from hygiene.report.tally import tally, tally_by_category
from hygiene.report.wording import counted, listed, outcome_sentence, permitted_sentence


def render_markdown(report: AuditReport, style: TextStyle) -> str:
    """The whole plan; no list in it is cut, and a name in it stays a name.

    What the baseline accepts passes the gate, and is clutter all the same: it is planned like the rest.
    """
    outcome = outcome_sentence(report, style.gate)
    return paragraphs(*_sections(_with_baselined(report), outcome)) + "\n"


def _with_baselined(report: AuditReport) -> AuditReport:
    together = sorted([*report.findings, *report.baselined], key=lambda f: (-f.confidence, -f.severity, f.path, f.rule))
    return replace(report, findings=together, groups=report.planned) if report.baselined else report


def _sections(report: AuditReport, outcome: str) -> Iterator[str]:
    view = ReportView(report)
    yield "# Repository clean-up plan"
    written = prose(f"Written by hygiene {report.tool_version}")
    yield f"{written} from an audit of {_audited(report)}{_settings(report)}. Nothing was changed."
    yield _summary(report, outcome)
    if report.findings:
        yield inventory(view)
        yield action_matrix(view)
        yield decisions(view)
        yield gitignore_section(view)
    yield release_section(view) if report.top_level else ""
    yield gate_section()
    yield order_section(view) if report.findings else ""
    yield from closing_sections(report)


def _audited(report: AuditReport) -> str:
    head = f" at {code_span(report.facts.head)}" if report.facts.head else ""
    return f"{code_span(report.revision)}{head}"


def _settings(report: AuditReport) -> str:
    return f", with the settings of {listed(map(code_path, report.policy))}" if report.policy else ""


def _summary(report: AuditReport, outcome: str) -> str:
    total = tally(report.findings)
    tracked = f"{counted(report.tracked, 'tracked file')}, {human(report.tracked_size)}"
    size = human_known(total.size, total.files, total.unsized)
    found = f"{counted(len(report.findings), 'finding')} in {counted(total.files, 'file')}, {size}"
    parts = f"{total.certain:,} certain, {total.likely:,} likely, {total.review:,} to review"
    return paragraphs(
        "## Executive summary",
        f"**Outcome:** {outcome}.",
        f"Of {tracked}, this plan is about {found}: {parts}."
        if report.findings
        else f"{tracked}; nothing to clean up.",
        f"{permitted}; the lists are below." if (permitted := permitted_sentence(report)) else "",
        bullets(_by_category(report)),
        _risks(tally_by_category(report.findings)),
    )


def _by_category(report: AuditReport) -> Iterator[str]:
    met = [report.rules[rule_id] for rule_id in dict.fromkeys(finding.rule for finding in report.findings)]
    for category, found in tally_by_category(report.findings).items():
        size = human_known(found.size, found.files, found.unsized)
        kinds = dict.fromkeys(prose(rule.summary) for rule in met if rule.category is category)
        yield f"**{CATEGORY_TITLES[category]}**: {counted(found.files, 'file')}, {size} ({'; '.join(kinds)})"


def _risks(found: Iterable[Category]) -> str:
    risks = risks_of(found)
    lines = (
        f"**{risk.name}** ({listed(CATEGORY_TITLES[category].lower() for category in bringing)}): {risk.why}."
        for risk, bringing in risks
    )
    return paragraphs("Primary risks:", bullets(lines)) if risks else ""
