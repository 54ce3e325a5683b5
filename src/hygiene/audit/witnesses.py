"""Witnesses: what the rest of the repository says about a candidate, beside its own name and content."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hygiene.audit.copied import CopiedTrees
from hygiene.audit.survey import Survey, stem_of
from hygiene.model.finding import Evidence
from hygiene.model.paths import RepoPath, ancestors, folder_of, join, name_of
from hygiene.patterns.ignore import Verdict
from hygiene.policy.evidence import EvidencePolicy, Marker

Heard = Mapping[RepoPath, tuple[Evidence, ...]]
"""What the witnesses said about each candidate."""


@dataclass
class Witnesses:
    """Hears every witness about one file at a time; what holds for a folder is found out once."""

    survey: Survey
    policy: EvidencePolicy
    copied: CopiedTrees
    _marked: dict[RepoPath, Evidence | None] = field(default_factory=dict)
    _above: dict[RepoPath, Sequence[Evidence]] = field(default_factory=dict)

    def about(self, path: RepoPath) -> tuple[Evidence, ...]:
        """Everything that speaks against the file, at most one evidence of each kind."""
        heard = [*self._marker(path), *self._shape(path), *self._source_beside(path), *self.copied.evidence_about(path)]
        return (*heard, *self._ignored(path, heard))

    def _ignored(self, path: RepoPath, heard: Sequence[Evidence]) -> Iterator[Evidence]:
        verdict = self.survey.ignored.get(path)
        # A tool's own `.gitignore` of `*` is one sign, not two.
        if verdict is not None and not any(verdict.source == evidence.path for evidence in heard):
            yield evidence_of(verdict)

    def _shape(self, path: RepoPath) -> Iterator[Evidence]:
        says = next((shape.says for shape in self.policy.shapes if shape.pattern.search(path)), None)
        if says is not None:
            yield Evidence("runtime-shape", f"its path is {says}")

    def _source_beside(self, path: RepoPath) -> Iterator[Evidence]:
        name = name_of(path)
        sources = self.policy.sources_of.get(name[name.find(".", 1) :]) or self.policy.sources_of.get(
            name[name.rfind(".") :]
        )
        folder = folder_of(path)
        places = [folder_of(folder), folder] if name_of(folder) == "__pycache__" else [folder]
        # `mod.cpython-312.pyc` is made from `mod.py`: the interpreter's tag is not part of the stem.
        stems = dict.fromkeys([stem_of(path), name.partition(".")[0]])
        beside = (join(place, stem + source) for source in sources or () for place in places for stem in stems)
        found = next((source for source in beside if self.survey.entry(source) is not None), None)
        if found is not None:
            yield Evidence("compiled-from", "its source is tracked beside it", path=found)

    def _marker(self, path: RepoPath) -> Iterator[Evidence]:
        for evidence in self._markers_above(folder_of(path)):
            if evidence.path is not None and self.survey.met(path, evidence.path):
                yield evidence
                return

    def _markers_above(self, folder: RepoPath) -> Sequence[Evidence]:
        """The markers in a folder and those above it but the root, the nearest first."""
        if folder not in self._above:
            found = map(self._marker_of, (folder, *ancestors(folder)))
            self._above[folder] = tuple(evidence for evidence in found if evidence is not None)
        return self._above[folder]

    def _marker_of(self, folder: RepoPath) -> Evidence | None:
        if folder not in self._marked:
            self._marked[folder] = self._marker_in(folder) if folder else None
        return self._marked[folder]

    def _marker_in(self, folder: RepoPath) -> Evidence | None:
        there = self.survey.folders.get(folder, {})
        if self.policy.markers.keys().isdisjoint(there):
            return None
        marks = {entry.path: self.policy.markers[name] for name, entry in there.items() if name in self.policy.markers}
        texts = self.survey.texts([there[name_of(path)] for path in marks])
        return next(
            (_marked_by(path, mark) for path, mark in marks.items() if mark.content.search(texts.get(path, b""))), None
        )


def evidence_of(verdict: Verdict) -> Evidence:
    """What an ignore file's deciding line says, as evidence."""
    text = f"{verdict.source}:{verdict.pattern.line} ignores it ({verdict.pattern.text})"
    return Evidence("ignored", text, path=verdict.source, line=verdict.pattern.line)


def _marked_by(path: RepoPath, marker: Marker) -> Evidence:
    return Evidence("tool-marker", f"the folder holds {marker.says}", path=path)
