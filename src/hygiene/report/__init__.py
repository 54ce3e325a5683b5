"""From a report to text: pure functions, one format a file."""

from collections.abc import Mapping
from types import MappingProxyType

from hygiene.model.report import AuditReport
from hygiene.report.style import Renderer, TextStyle

# Each format is imported when somebody asks for it: tabulate and msgspec together cost as much as Python's own start.


def _table(report: AuditReport, style: TextStyle) -> str:
    from hygiene.report.text import render_text  # noqa: PLC0415  # see above

    return render_text(report, style)


def _json(report: AuditReport, style: TextStyle) -> str:
    from hygiene.report.json_v1 import render_json  # noqa: PLC0415  # see above

    return render_json(report, style)


def _markdown(report: AuditReport, style: TextStyle) -> str:
    from hygiene.report.markdown import render_markdown  # noqa: PLC0415  # see above

    return render_markdown(report, style)


def _sarif(report: AuditReport, style: TextStyle) -> str:
    from hygiene.report.sarif import render_sarif  # noqa: PLC0415  # see above

    return render_sarif(report, style)


def _github(report: AuditReport, style: TextStyle) -> str:
    from hygiene.report.github import render_github  # noqa: PLC0415  # see above

    return render_github(report, style)


def _github_summary(report: AuditReport, style: TextStyle) -> str:
    from hygiene.report.github_summary import render_github_summary  # noqa: PLC0415  # see above

    return render_github_summary(report, style)


def _gitlab(report: AuditReport, style: TextStyle) -> str:
    from hygiene.report.gitlab import render_gitlab  # noqa: PLC0415  # see above

    return render_gitlab(report, style)


def _junit(report: AuditReport, style: TextStyle) -> str:
    from hygiene.report.junit import render_junit  # noqa: PLC0415  # see above

    return render_junit(report, style)


FORMATS: Mapping[str, Renderer] = MappingProxyType(
    {
        "table": _table,
        "json": _json,
        "markdown": _markdown,
        "sarif": _sarif,
        "github": _github,
        "github-summary": _github_summary,
        "gitlab": _gitlab,
        "junit": _junit,
    }
)
"""Every format by the name that `--format` takes."""
