"""A Git directory that is tracked as plain files."""

from collections.abc import Iterator

from hygiene.audit.checks.base import Problem, Scene
from hygiene.model.finding import Evidence
from hygiene.model.paths import ancestors, join


def buried_repository(scene: Scene) -> Iterator[Problem]:
    """The HEAD of each folder that Git would take for a bare repository; its configuration could run commands there."""
    heads = [(folder, entries["HEAD"]) for folder, entries in scene.survey.folders.items() if "HEAD" in entries]
    places = {place for folder in scene.survey.folders for place in (folder, *ancestors(folder))} if heads else set()
    for folder, head in heads:
        if join(folder, "objects") in places and join(folder, "refs") in places:
            says = f"{folder or 'the root'} holds HEAD, objects and refs, as a bare repository does"
            yield Problem(head, (Evidence("buried-repository", says),))
