"""The statistics of a history as JSON of the schema `hygiene.history-stats/1`."""

from msgspec import UNSET

from hygiene.model.history import Month, Rewritten
from hygiene.model.json_path import json_path
from hygiene.model.statistics import HistoryStatistics, LargeBlob, Statistic
from hygiene.report import shape_statistics as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.json_parts import gap, given, schema_of
from hygiene.report.quoting import json_text
from hygiene.report.shape_v1 import Tool
from hygiene.report.style import TextStyle


def render_stats_json(found: HistoryStatistics, style: TextStyle) -> str:  # noqa: ARG001  # all forms are asked alike
    """All of it, two spaces a level, as ASCII; the same text for equal statistics."""
    return encoded(
        shape.Statistics(
            schema=shape.SCHEMA,
            tool=Tool(name="hygiene", version=found.tool_version),
            head=found.head,
            roots=tuple(shape.Root(name=json_text(root.name), object=root.object_id) for root in found.roots),
            lines=tuple(map(_line, found.lines)),
            largest_blobs=tuple(map(_blob, found.largest)),
            most_rewritten=tuple(map(_rewritten, found.rewritten)),
            months=tuple(map(_month, found.months)),
            incomplete=tuple(map(gap, found.incomplete)),
        )
    )


def stats_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `render_stats_json` writes, as it is committed in `schemas/`."""
    return schema_of(shape.SCHEMA, shape.Statistics)


def _line(line: Statistic) -> shape.Line:
    path = None if line.worst is None else json_path(line.worst)
    return shape.Line(
        section=line.section,
        name=line.name,
        value=line.value,
        unit=line.unit,
        concern=int(line.concern),
        reason=given(line.reason or None),
        path=UNSET if path is None else path.text,
        path_b64=UNSET if path is None else given(path.b64),
    )


def _blob(blob: LargeBlob) -> shape.Blob:
    path = json_path(blob.path)
    return shape.Blob(
        path=path.text,
        path_b64=given(path.b64),
        blob=blob.blob,
        size=blob.size,
        stored=blob.stored,
        commit=blob.commit,
    )


def _rewritten(rewritten: Rewritten) -> shape.RewrittenPath:
    path = json_path(rewritten.path)
    return shape.RewrittenPath(path=path.text, path_b64=given(path.b64), commits=rewritten.times)


def _month(month: Month) -> shape.Month:
    return shape.Month(month=month.month, blobs=month.blobs, bytes=month.size)
