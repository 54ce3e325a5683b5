"""Workflow commands of GitHub Actions: lines that a runner turns into annotations."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.inventory import Gap
from hygiene.model.report import AuditReport
from hygiene.report.quoting import plain
from hygiene.report.results import Level, Sentences, by_level, line_of
from hygiene.report.style import TextStyle
from hygiene.report.wording import gap_words, located, outcome_sentence, permitted_sentence

_SHOWN: Final = 10  # annotations of one level that GitHub shows of one step
_COMMANDS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}

_IN_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


class Annotation(NamedTuple):
    """What one command says; `path` is None where it points to no file."""

    title: str
    text: str
    path: str | None = None
    line: int = 1


def render_github(report: AuditReport, style: TextStyle) -> str:
    """Errors, then warnings, then notices, ten of each at most, the tenth for the rest; then the outcome as text.

    An audit that could not read everything has an error for each gap, whatever else it found.
    """
    told = [*_commands(report, style), *_last_words(report, style)]
    return "\n".join(told) + "\n"


def _commands(report: AuditReport, style: TextStyle) -> Iterator[str]:
    sentences = Sentences(report.rules)
    for level, findings in by_level(report, style.gate).items():
        gaps = report.incomplete if level is Level.ERROR else ()
        for annotation in _shown(sentences, gaps, findings):
            yield _command(_COMMANDS[level], annotation)


def _shown(sentences: Sentences, gaps: Sequence[Gap], findings: Sequence[Finding]) -> Iterator[Annotation]:
    """As many as GitHub shows; the last one counts those that it would not show."""
    number = len(gaps) + len(findings)
    room = number if number <= _SHOWN else _SHOWN - 1
    yield from (_gap(gap) for gap in gaps[:room])
    yield from (_finding(finding, sentences) for finding in findings[: max(room - len(gaps), 0)])
    if number > room:
        more = f"and {number - room:,} more; the job summary and `hygiene audit --format json` list them"
        yield Annotation("hygiene", more)


def _finding(finding: Finding, sentences: Sentences) -> Annotation:
    text = located(finding.path, sentences.of(finding))
    return Annotation(f"hygiene: {plain(finding.rule)}", text, finding.path, line_of(finding))


def _gap(gap: Gap) -> Annotation:
    return Annotation("hygiene: incomplete audit", located(gap.path, gap_words(gap)), gap.path)


def _last_words(report: AuditReport, style: TextStyle) -> Iterator[str]:
    yield f"hygiene: {outcome_sentence(report, style.gate)}"
    yield from (f"hygiene: {words}" for words in (permitted_sentence(report), *map(plain, report.notes)) if words)


def _command(name: str, annotation: Annotation) -> str:
    place = [("file", annotation.path), ("line", str(annotation.line))] if _can_be_named(annotation.path) else []
    properties = [*place, ("title", annotation.title)]
    written = ",".join(f"{key}={(value or '').translate(_IN_PROPERTY)}" for key, value in properties)
    return f"::{name} {written}::{annotation.text.translate(_IN_DATA)}"


def _can_be_named(path: str | None) -> bool:
    """Whether a command can hold the path itself: a control character has no escape there, nor a first `=`."""
    if not path or path.startswith("="):
        return False
    return path.replace("\r", "").replace("\n", "").isprintable()
