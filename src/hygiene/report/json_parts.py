"""The parts that JSON reports have in common: what an audit found, what it let pass, what it could not read."""

import json
from collections.abc import Callable
from functools import cache, partial
from typing import TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from hygiene.model.finding import Cleared, Evidence, Finding, Group, Unreadable
from hygiene.model.inventory import Gap, RepositoryFacts
from hygiene.model.json_path import json_path
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Accepted, IdleWaiver, Waived, Waiver
from hygiene.report import shape_v1 as shape
from hygiene.report.quoting import json_text

T = TypeVar("T")

Reasons = Callable[[tuple[Evidence, ...]], tuple[shape.Reason, ...]]
FindingShaper = Callable[[Finding], shape.FileFinding]


def schema_of(title: str, kind: type[msgspec.Struct]) -> str:
    """The JSON Schema (draft 2020-12) of what is written from that type, as it is committed in `schemas/`."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(schema | msgspec.json.schema(kind), indent=2) + "\n"


def finding_shaper() -> FindingShaper:
    """What shapes the findings of one report; the same evidence, as most findings of one rule have it, only once."""
    return partial(_finding, cache(_reasons))


def repository(facts: RepositoryFacts) -> shape.Repository:
    """What was judged, without what differs between two clones of it."""
    return shape.Repository(
        object_format="sha256" if facts.object_format == "sha256" else "sha1",
        bare=facts.work_dir is None,
        shallow=facts.shallow,
        partial=facts.partial,
        head=facts.head,
    )


def _finding(reasons: Reasons, finding: Finding) -> shape.FileFinding:
    path = json_path(finding.path)
    return shape.FileFinding(
        rule=finding.rule,
        category=finding.category,
        bucket=finding.bucket,
        confidence=finding.confidence.word,
        severity=finding.severity.word,
        disposition=finding.disposition,
        release=finding.release,
        path=path.text,
        mode=finding.mode,
        blob=finding.blob,
        size=finding.size,
        evidence=reasons(finding.evidence),
        also=finding.also,
        fingerprint=finding.fingerprint,
        path_b64=given(path.b64),
    )


def group(each: Group) -> shape.FolderGroup:
    """A group; its evidence whole."""
    path = json_path(each.path)
    return shape.FolderGroup(
        path=path.text,
        rule=each.rule,
        category=each.category,
        confidence=each.confidence.word,
        severity=each.severity.word,
        disposition=each.disposition,
        count=each.count,
        size=each.size,
        unsized=each.unsized,
        evidence=_reasons(each.evidence),
        path_b64=given(path.b64),
    )


def _reasons(evidence: tuple[Evidence, ...]) -> tuple[shape.Reason, ...]:
    return tuple(map(_reason, evidence))


def _reason(evidence: Evidence) -> shape.Reason:
    path, b64 = _where(evidence.path)
    return shape.Reason(
        kind=evidence.kind,
        text=json_text(evidence.text),
        points=evidence.points,
        path=path,
        path_b64=b64,
        line=given(evidence.line),
    )


def cleared(each: Cleared) -> shape.ClearedFile:
    """A file that is meant to be there, and what declares so."""
    path = json_path(each.path)
    return shape.ClearedFile(path=path.text, path_b64=given(path.b64), rule=each.rule, by=_reason(each.by))


def waived(each: Waived, shaped: FindingShaper) -> shape.WaivedFinding:
    """A finding that a waiver lets pass, and that waiver; `shaped` makes the one from the other."""
    return shape.WaivedFinding(finding=shaped(each.finding), waiver=_waiver(each.waiver))


def unused(idle: IdleWaiver) -> shape.UnusedWaiver:
    """A waiver that lets nothing pass."""
    return shape.UnusedWaiver(waiver=_waiver(idle.waiver), why=idle.why)


def _waiver(waiver: Waiver) -> shape.Waiver:
    origin = waiver.origin
    return shape.Waiver(
        rule=waiver.rule,
        path=json_text(waiver.path),
        reason=json_text(waiver.reason),
        blob=given(waiver.blob),
        expires=UNSET if waiver.expires is None else waiver.expires.isoformat(),
        owner=given(json_text(waiver.owner) or None),
        file=json_text(origin.file),
        line=given(origin.line),
        revision=given(json_text(origin.revision) or None),
    )


def entry(each: Accepted) -> shape.BaselineEntry:
    """An entry of the baseline."""
    path = json_path(each.path)
    return shape.BaselineEntry(
        rule=each.rule,
        path=path.text,
        path_b64=given(path.b64),
        blob=each.blob,
        category=each.category,
        size=each.size,
    )


def unreadable(each: Unreadable) -> shape.UnreadableFile:
    """A file that could not be looked into."""
    path = json_path(each.path)
    return shape.UnreadableFile(path=path.text, path_b64=given(path.b64), reason=json_text(each.reason))


def gap(each: Gap) -> shape.Gap:
    """What makes the answer less than whole."""
    path, b64 = _where(each.path)
    return shape.Gap(reason=json_text(each.reason), help=json_text(each.help), path=path, path_b64=b64)


def _where(path: RepoPath | None) -> tuple[str | UnsetType, str | UnsetType]:
    if path is None:
        return UNSET, UNSET
    text, b64 = json_path(path)
    return text, given(b64)


def given(value: T | None) -> T | UnsetType:
    """The value for a key that is left out where there is none."""
    return UNSET if value is None else value
