"""SARIF 2.1.0, in the subset that code scanning services take: one run, its rules, a location for every result."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from hygiene.model.finding import Finding
from hygiene.model.report import AuditReport
from hygiene.report.ascii_json import encoded
from hygiene.report.results import Level, Sentences, identities, identity_of, line_of, loudest_first
from hygiene.report.sarif_invocation import invocation
from hygiene.report.sarif_parts import ROOT_ID, ROOTS, Json, location, message
from hygiene.report.sarif_rules import MORE, more_rule, rule_descriptor
from hygiene.report.style import TextStyle
from hygiene.report.tally import outcome_of
from hygiene.report.wording import counted

_Result = tuple[Finding, Level]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# Services tell two uploads for one commit apart by what stands before the last slash.
_CATEGORY: Final = "hygiene/"

MOST_RESULTS: Final = 5_000
"""GitHub shows no more of one run."""

MOST_BYTES: Final = 10_000_000
"""GitHub takes no more than 10 MB of an upload, which is compressed with gzip."""

_ROOM: Final = MOST_BYTES * 9 // 10  # another compressor may do worse than ours


def render_sarif(report: AuditReport, style: TextStyle) -> str:
    """The findings, the loudest first, as far as services take them; one last result tells what was cut."""
    found = loudest_first(report, style.gate)
    number = min(len(found), MOST_RESULTS)
    text = encoded(_log(report, style, found, number), indent=1)
    while number > 1 and (size := _compressed(text)) > _ROOM:
        number = max(1, number * _ROOM // size)
        text = encoded(_log(report, style, found, number), indent=1)
    return text


def _compressed(text: str) -> int:
    """The size that an upload has at most: names that are long and alike in nothing hardly get smaller."""
    return len(text) if len(text) <= _ROOM else len(zlib.compress(text.encode("ascii")))


def _log(report: AuditReport, style: TextStyle, found: Sequence[_Result], number: int) -> Json:
    fit = found if number == len(found) else found[: number - 1]
    rest = found[len(fit) :]
    rules = [rule_descriptor(rule) for rule in report.rules.values()] + ([more_rule()] if rest else [])
    index = {str(rule["id"]): place for place, rule in enumerate(rules)}
    listed = [*_results(report, fit, index), *_more(rest, index)]
    driver = {"name": "hygiene", "version": report.tool_version, "rules": rules}
    run: Json = {
        "tool": {"driver": driver},
        "automationDetails": {"id": _CATEGORY},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT_ID: ROOTS},
        "invocations": [invocation(report)],
        "results": listed,
        "properties": _counts(report, style),
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _results(report: AuditReport, fit: Sequence[_Result], index: Mapping[str, int]) -> Iterable[Json]:
    named, sentences = identities(finding for finding, _ in fit), Sentences(report.rules)
    for (finding, level), identity in zip(fit, named, strict=True):
        result = _result(finding, level, sentences.of(finding))
        yield _rule(finding.rule, index) | result | _fingerprints(identity, finding.fingerprint)


def _rule(rule_id: str, index: Mapping[str, int]) -> Json:
    return {"ruleId": rule_id, "ruleIndex": index[rule_id]}


def _result(finding: Finding, level: Level, text: str) -> Json:
    where = location(finding.path, line_of(finding))
    return {"level": level.value, "message": message(text), "locations": [where]}


def _fingerprints(identity: str, exact: str) -> Json:
    """The first one tells services whether they know the result; the other changes with the file's content."""
    return {"partialFingerprints": {"primaryLocationLineHash": f"{identity}:1", "hygiene/v1": exact}}


def _more(rest: Sequence[_Result], index: Mapping[str, int]) -> Iterable[Json]:
    """One result for all that were cut, at the first of them, as loud as the loudest."""
    if rest:
        finding, level = rest[0]
        failing = sum(level is Level.ERROR for _, level in rest)
        fails = f", {failing:,} of which fail the audit" if failing else ""
        told = f"{counted(len(rest), 'more finding')}{fails}; `hygiene audit --format json` lists them"
        result = _result(finding, level, told)
        yield _rule(MORE, index) | result | _fingerprints(identity_of(MORE), identity_of(MORE)[:16])


def _counts(report: AuditReport, style: TextStyle) -> Json:
    return {
        "outcome": outcome_of(report, style.gate).value,
        "trackedFiles": report.tracked,
        "findings": len(report.findings),
        "waived": len(report.waived),
        "baselined": len(report.baselined),
        "unusedWaivers": len(report.idle_waivers),
        "staleBaselineEntries": len(report.stale),
    }
