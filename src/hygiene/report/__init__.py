"""From a report to text: pure functions, one format a file."""

from collections.abc import Mapping
from types import FunctionType, MappingProxyType
from typing import TypeVar

from hygiene.loading import loaded
from hygiene.model.package_proof import PackageDiff
from hygiene.model.packaging import PackagePlan
from hygiene.model.past import HistoryReport
from hygiene.model.report import AuditReport
from hygiene.model.statistics import HistoryStatistics
from hygiene.model.untracking import UntrackPlan
from hygiene.model.verification import Verification
from hygiene.report.style import Renderer, TextStyle

T = TypeVar("T")

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
_HISTORY_PLACES = {
    "table": "hygiene.report.history_text:render_history_text",
    "json": "hygiene.report.history_json:render_history_json",
    "markdown": "hygiene.report.history_markdown:render_history_markdown",
    "github-summary": "hygiene.report.history_summary:render_history_summary",
}
_STATS_PLACES = {
    "table": "hygiene.report.stats_text:render_stats_text",
    "json": "hygiene.report.stats_json:render_stats_json",
    "markdown": "hygiene.report.stats_markdown:render_stats_markdown",
}
_UNTRACK_PLACES = {
    "table": "hygiene.report.untrack_text:render_untrack_text",
    "json": "hygiene.report.untrack_json:render_untrack_json",
    "markdown": "hygiene.report.untrack_markdown:render_untrack_markdown",
}
_PACKAGE_PLACES = {
    "table": "hygiene.report.package_text:render_package_text",
    "json": "hygiene.report.package_json:render_package_json",
}
_PACKAGE_DIFF_PLACES = {
    "table": "hygiene.report.package_diff_text:render_package_diff_text",
    "json": "hygiene.report.package_diff_json:render_package_diff_json",
}
_VERIFY_PLACES = {
    "table": "hygiene.report.verify_text:render_verify_text",
    "json": "hygiene.report.verify_json:render_verify_json",
}


def _renderers(places: Mapping[str, str]) -> Mapping[str, Renderer[T]]:
    return MappingProxyType({name: _renderer(place) for name, place in places.items()})


def _renderer(place: str) -> Renderer[T]:
    """A format that is imported when it is asked for: what they all import costs as much as Python's own start."""

    def render(told: T, style: TextStyle, /) -> str:
        text: str = loaded(place, FunctionType)(told, style)
        return text

    return render


def _of_audit(renderer: Renderer[AuditReport]) -> Renderer[HistoryReport]:
    """A format for other programs takes a history's findings as those of any audit; their evidence tells the past."""

    def render(report: HistoryReport, style: TextStyle, /) -> str:
        return renderer(report.audit, style)

    return render


FORMATS: Mapping[str, Renderer[AuditReport]] = _renderers(_PLACES)
"""Every format by the name that `--format` takes."""

HISTORY_FORMATS: Mapping[str, Renderer[HistoryReport]] = MappingProxyType(
    {name: _of_audit(renderer) for name, renderer in FORMATS.items()} | dict(_renderers(_HISTORY_PLACES))
)
"""Every format for an audit of a history, by the names of `FORMATS`."""

STATS_FORMATS: Mapping[str, Renderer[HistoryStatistics]] = _renderers(_STATS_PLACES)
"""The formats of a history's statistics, by the names that `--format` takes."""

UNTRACK_FORMATS: Mapping[str, Renderer[UntrackPlan]] = _renderers(_UNTRACK_PLACES)
"""The formats of an untracking's plan, by the names that `--format` takes."""

PACKAGE_FORMATS: Mapping[str, Renderer[PackagePlan]] = _renderers(_PACKAGE_PLACES)
"""The formats of a package's plan, by the names that `--format` takes."""

PACKAGE_DIFF_FORMATS: Mapping[str, Renderer[PackageDiff]] = _renderers(_PACKAGE_DIFF_PLACES)
"""The formats of how a package differs from an earlier one, by the names that `--format` takes."""

VERIFY_FORMATS: Mapping[str, Renderer[Verification]] = _renderers(_VERIFY_PLACES)
"""The formats of a look into an archive, by the names that `--format` takes."""
