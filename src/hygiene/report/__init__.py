"""From a report to text: pure functions, one format a file."""

from collections.abc import Mapping
from types import FunctionType, MappingProxyType

from hygiene.loading import loaded
from hygiene.model.report import AuditReport
from hygiene.report.style import Renderer, TextStyle

_PLACES = {
    "table": "hygiene.report.text:render_text",
    "json": "hygiene.report.json_v1:render_json",
    "markdown": "hygiene.report.markdown:render_markdown",
    "sarif": "hygiene.report.sarif:render_sarif",
    "github": "hygiene.report.github:render_github",
    "github-summary": "hygiene.report.github_summary:render_github_summary",
    "gitlab": "hygiene.report.gitlab:render_gitlab",
    "junit": "hygiene.report.junit:render_junit",
}


def _renderer(place: str) -> Renderer:
    """A format that is imported when it is asked for: what they all import costs as much as Python's own start."""

    def render(report: AuditReport, style: TextStyle) -> str:
        text: str = loaded(place, FunctionType)(report, style)
        return text

    return render


FORMATS: Mapping[str, Renderer] = MappingProxyType({name: _renderer(place) for name, place in _PLACES.items()})
"""Every format by the name that `--format` takes."""
