"""Files that Git tracks although the repository's own ignore rules exclude them."""

from collections.abc import Iterator

from hygiene.audit.checks.base import Problem, Scene
from hygiene.audit.witnesses import evidence_of


def tracked_but_ignored(scene: Scene) -> Iterator[Problem]:
    """Every such file that no other rule explains: often force-added on purpose, so a hint and no more."""
    for path, verdict in scene.survey.ignored.items():
        entry = scene.survey.entry(path)
        if entry is not None and entry.is_file and path not in scene.judged:
            # Of its own kind: what makes the check speak is not a witness for it as well.
            yield Problem(entry, (evidence_of(verdict)._replace(kind="tracked-but-ignored"),))
