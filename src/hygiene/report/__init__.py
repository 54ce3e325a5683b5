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


FORMATS: Mapping[str, Renderer] = MappingProxyType({"table": _table, "json": _json, "markdown": _markdown})
"""Every format by the name that `--format` takes."""
