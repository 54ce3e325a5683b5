"""Lines of an ignore file that were meant to keep something and cannot."""

from collections.abc import Iterator
from itertools import groupby

from hygiene.audit.checks.base import Problem, Scene
from hygiene.model.finding import Evidence
from hygiene.patterns.ignore import DeadNegation, dead_negations


def dead_negation(scene: Scene) -> Iterator[Problem]:
    """Every ignore file with `!` lines that provably re-include nothing, each line as evidence."""
    by_file = groupby(dead_negations(scene.survey.ignore_files), key=lambda dead: dead.source)
    for source, lines in by_file:
        entry = scene.survey.entry(source)
        if entry is not None:
            yield Problem(entry, tuple(map(_evidence, lines)))


def _evidence(dead: DeadNegation) -> Evidence:
    line = dead.pattern.line
    says = f"line {line} ({dead.pattern.text}) does nothing: {dead.reason}"
    return Evidence("shut-out" if dead.is_shut_out else "idle", says, path=dead.source, line=line)
