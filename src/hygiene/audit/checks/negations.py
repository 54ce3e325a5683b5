"""Lines of an ignore file that were meant to keep something and cannot."""

from collections.abc import Iterator

from hygiene.audit.checks.base import Problem, Scene
from hygiene.model.finding import Evidence
from hygiene.patterns.ignore import dead_negations


def dead_negation(scene: Scene) -> Iterator[Problem]:
    """Every `!` line that provably re-includes nothing, on the ignore file that holds it."""
    for dead in dead_negations(scene.survey.ignore_files):
        entry = scene.survey.entry(dead.source)
        if entry is not None:
            line = dead.pattern.line
            says = f"line {line} ({dead.pattern.text}) does nothing: {dead.reason}"
            yield Problem(entry, (Evidence("dead-negation", says, path=dead.source, line=line),))
