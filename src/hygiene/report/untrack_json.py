"""The plan of an untracking as JSON of the schema `hygiene.untrack-plan/1`."""

from collections import Counter
from collections.abc import Iterable

from msgspec import UNSET, UnsetType

from hygiene.model.json_path import json_path
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Rule
from hygiene.model.untracking import (
    IgnoreChange,
    NotIgnored,
    ReplacedLine,
    Standing,
    StayReason,
    StillIgnored,
    UntrackPlan,
)
from hygiene.report import shape_untrack as shape
from hygiene.report.ascii_json import encoded
from hygiene.report.json_parts import FindingShaper, finding_shaper, gap, given, group, schema_of
from hygiene.report.quoting import json_text
from hygiene.report.shape_v1 import Tool
from hygiene.report.style import TextStyle
from hygiene.report.tally import tally, tally_by_category
from hygiene.report.untrack_wording import stored_bytes


def render_untrack_json(plan: UntrackPlan, style: TextStyle) -> str:  # noqa: ARG001  # all forms are asked alike
    """The plan, as `untrack_json` writes it."""
    return untrack_json(plan)


def untrack_json(plan: UntrackPlan) -> str:
    """The whole plan, two spaces a level, as ASCII; equal text for equal plans, whatever the machine."""
    return encoded(_plan(plan))


def untrack_schema() -> str:
    """The JSON Schema (draft 2020-12) of what `untrack_json` writes, as it is committed in `schemas/`."""
    return schema_of(shape.SCHEMA, shape.Plan)


def _plan(plan: UntrackPlan) -> shape.Plan:
    shaped = finding_shaper()
    return shape.Plan(
        schema=shape.SCHEMA,
        tool=Tool(name="hygiene", version=plan.tool_version),
        selected=tuple(json_text(str(each)) for each in plan.criteria),
        confidence=plan.confidence.word,
        standing=_standing(plan.standing),
        leaving=_leaving(plan, shaped),
        groups=tuple(map(group, plan.groups)),
        staying=tuple(
            shape.StayingFinding(finding=shaped(each.finding), why=each.why, note=json_text(each.note))
            for each in plan.staying
        ),
        placeholders=tuple(map(plain_path, plan.placeholders)),
        ignore_changes=tuple(map(_change, plan.ignoring.changes)),
        still_ignored=tuple(map(_still_ignored, plan.ignoring.still_ignored)),
        not_ignored=tuple(map(_not_ignored, plan.ignoring.not_ignored)),
        obstacles=tuple(
            shape.Obstacle(what=json_text(each.what), help=json_text(each.help)) for each in plan.obstacles
        ),
        rules=tuple(_rule(plan.rules[name]) for name in sorted(plan.rules)),
        incomplete=tuple(map(gap, plan.incomplete)),
        summary=_summary(plan),
    )


def plain_path(path: RepoPath) -> shape.PlainPath:
    """A path, as JSON reports write those about which there is no more to say."""
    text, b64 = json_path(path)
    return shape.PlainPath(path=text, path_b64=given(b64))


def _standing(standing: Standing) -> shape.Standing:
    branch = None if standing.branch is None else json_path(standing.branch)
    return shape.Standing(
        head=standing.head,
        branch=None if branch is None else branch.text,
        branch_b64=UNSET if branch is None else given(branch.b64),
        index=standing.index,
        under_way=tuple(map(json_text, standing.under_way)),
        locked=standing.is_locked,
    )


def _leaving(plan: UntrackPlan, shaped: FindingShaper) -> tuple[shape.LeavingFile, ...]:
    deleting = set(plan.deleting)
    return tuple(
        shape.LeavingFile(
            finding=shaped(each),
            on_disk=plan.on_disk.get(each.path),
            to_trash=each.path in deleting,
            stored=plan.stored.get(each.blob),
        )
        for each in plan.leaving
    )


def _change(change: IgnoreChange) -> shape.IgnoreChange:
    path, b64 = json_path(change.path)
    return shape.IgnoreChange(
        path=path,
        path_b64=given(b64),
        replaced=tuple(map(_replaced, change.replaced)),
        added=tuple(
            shape.AddedLines(category=each.category, lines=_texts(each.lines), lines_b64=_bytes(each.lines))
            for each in change.added
        ),
    )


def _replaced(line: ReplacedLine) -> shape.ReplacedLine:
    return shape.ReplacedLine(
        old=json_text(line.old), old_b64=_bytes([line.old]), new=_texts(line.new), new_b64=_bytes(line.new)
    )


def _texts(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(json_text, lines))


def _bytes(lines: Iterable[str]) -> str | UnsetType:
    return given(json_path("\n".join(lines)).b64)


def _still_ignored(each: StillIgnored) -> shape.StillIgnored:
    (path, b64), (source, source_b64) = json_path(each.path), json_path(each.source)
    return shape.StillIgnored(
        path=path, path_b64=given(b64), source=source, source_b64=given(source_b64), line=each.line
    )


def _not_ignored(each: NotIgnored) -> shape.NotIgnored:
    path, b64 = json_path(each.path)
    return shape.NotIgnored(path=path, path_b64=given(b64), why=json_text(each.why))


def _rule(rule: Rule) -> shape.PlanRule:
    return shape.PlanRule(id=rule.id, summary=json_text(rule.summary), why=json_text(rule.why))


def _summary(plan: UntrackPlan) -> shape.Summary:
    found, number = tally(plan.leaving), Counter(each.why for each in plan.staying)
    return shape.Summary(
        leaving=found.files,
        leaving_bytes=found.size,
        unsized=found.unsized,
        by_category={category.value: each.files for category, each in tally_by_category(plan.leaving).items()},
        to_trash=len(plan.deleting),
        staying={reason.value: number[reason] for reason in StayReason},
        stored=stored_bytes(plan),
    )
