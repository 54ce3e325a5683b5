"""Clearances: what the repository declares about a file on purpose, so that it is no finding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hygiene.audit.naming import Candidate, Hit
from hygiene.audit.survey import Survey
from hygiene.model.finding import Cleared, Evidence
from hygiene.model.paths import RepoPath, ancestors, folder_of, join, name_of
from hygiene.model.rule import Confidence, Severity
from hygiene.patterns.ignore import Verdict
from hygiene.policy.evidence import EvidencePolicy

_INTENTS = ("linguist-vendored", "linguist-generated", "export-ignore")
_LICENCE_SIDECARS = (".license", ".LICENSE", ".licence")


@dataclass
class Clearances:
    """Finds the line that declares a file to be meant; what holds for a folder is found out once."""

    survey: Survey
    policy: EvidencePolicy
    _vendored: dict[RepoPath, RepoPath | None] = field(default_factory=dict)
    _known: dict[RepoPath, "_Declared"] = field(default_factory=dict)

    def split(self, candidate: Candidate, heard: Sequence[Evidence]) -> tuple[Candidate | None, list[Cleared]]:
        """The candidate with the hits that stand; or None, and what cleared it of each."""
        path = candidate.entry.path
        if path not in self._known:
            self._known[path] = self._declared(path, heard)
        named, declared = self._known[path]
        if declared is None:
            return candidate, []
        by = {hit.rule.id: named or (declared if _can_be_declared(hit) else None) for hit in candidate.hits}
        standing = tuple(hit for hit in candidate.hits if by[hit.rule.id] is None)
        if standing:
            return candidate._replace(hits=standing), []
        return None, [Cleared(path, rule, evidence) for rule, evidence in by.items() if evidence is not None]

    def _declared(self, path: RepoPath, heard: Sequence[Evidence]) -> "_Declared":
        verdict = self.survey.ignore_rules.revived(path)
        if verdict is None:
            # What lies in a tree that a tool has marked (pip's vendor.txt in a virtual environment) declares nothing.
            is_marked = self.policy.is_strong(heard)
            return _Declared(None, None if is_marked else next(self._declarations(path), None))
        negated = _negation(verdict)
        return _Declared(negated if _names_it(verdict, path) else None, negated)

    def _declarations(self, path: RepoPath) -> Iterator[Evidence]:
        yield from self._attributes(path)
        manifest = self._vendoring_manifest(folder_of(path))
        if manifest is not None:
            yield Evidence("vendored", "its folder is vendored with a manifest", path=manifest)
        beside = self.survey.folders.get(folder_of(path), {})
        for suffix in _LICENCE_SIDECARS:
            if name_of(path) + suffix in beside:
                yield Evidence("licence", "a licence file of its own lies beside it", path=RepoPath(path + suffix))

    def _attributes(self, path: RepoPath) -> Iterator[Evidence]:
        if self.survey.attributes.is_silent:
            return
        for name in _INTENTS:
            found = self.survey.attributes.of(path, name)
            if found is not None and found.value not in (False, None, "false"):
                yield Evidence(
                    "attribute", f"{found.source}:{found.line} declares it {name}", path=found.source, line=found.line
                )

    def _vendoring_manifest(self, folder: RepoPath) -> RepoPath | None:
        """The manifest of the nearest vendored folder at or above `folder`."""
        if folder not in self._vendored:
            manifests = map(self._manifest_of, (folder, *ancestors(folder)))
            self._vendored[folder] = next(filter(None, manifests), None)
        return self._vendored[folder]

    def _manifest_of(self, folder: RepoPath) -> RepoPath | None:
        parent, name = folder_of(folder), name_of(folder)
        manifests = (join(parent, each.manifest) for each in self.policy.vendorings if each.folder == name)
        return next((manifest for manifest in manifests if self.survey.entry(manifest) is not None), None)


class _Declared(NamedTuple):
    """What declares a file to be meant: by its name, and at all."""

    named: Evidence | None
    anyhow: Evidence | None


def _negation(verdict: Verdict) -> Evidence:
    source, pattern = verdict.source, verdict.pattern
    says = f"{source}:{pattern.line} keeps it on purpose ({pattern.text})"
    return Evidence("negation", says, path=source, line=pattern.line)


def _names_it(verdict: Verdict, path: RepoPath) -> bool:
    """Whether the negation speaks of this very file: `!/src/`, `!*` and `!*.*` let many in, and mean none."""
    return verdict.at == path and not any(sign in name_of(verdict.pattern.text) for sign in "*?[")


def _can_be_declared(hit: Hit) -> bool:
    """A declaration about a whole folder does not speak for what nobody means: litter by name, and dangerous files."""
    return hit.rule.confidence < Confidence.CERTAIN and hit.rule.severity < Severity.HIGH
