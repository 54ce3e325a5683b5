"""Who uses the candidates: manifests and texts of the repository, read once, give each candidate its first consumer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hygiene.audit.consumers.manifests import Intake, intakes, is_manifest
from hygiene.audit.consumers.references import Wanted
from hygiene.audit.survey import Survey
from hygiene.model.finding import Evidence
from hygiene.model.inventory import Entry
from hygiene.model.paths import BlobId, RepoPath, ancestors, folder_of, name_of
from hygiene.patterns.table import PatternTable
from hygiene.policy.evidence import EvidencePolicy

LARGEST_TEXT = 1024 * 1024
"""Bytes of a text beyond which nobody wrote it by hand, so that what it names is no consumer's word."""

_DATA = frozenset(
    {
        ".csv",
        ".tsv",
        ".svg",
        ".po",
        ".pot",
        ".lock",
        ".jsonl",
        ".snap",
        ".txt",
        ".diff",
        ".patch",
        ".gif",
        ".ico",
        ".jpeg",
        ".jpg",
        ".png",
    }
)
_DATA |= {".webp", ".woff", ".woff2", ".ttf", ".otf", ".sum"}


@dataclass(frozen=True)
class ConsumerSearch:
    """One search for all candidates that a consumer could soften."""

    survey: Survey
    policy: EvidencePolicy

    def consumers_of(self, wanted: Wanted, silent: frozenset[RepoPath]) -> Mapping[RepoPath, Evidence]:
        """The first consumer of each wanted path that has one: manifests first, then texts in the inventory's order.

        What is `silent` consumes nothing: candidates, as leftovers often speak of each other, and a baseline.
        """
        if not wanted.paths:
            return {}
        taken: list[Intake] = []
        named: dict[RepoPath, Evidence] = {}
        quiet: list[BlobId] = []
        for path, blob, text in self._texts(self._speaking(wanted, silent)):
            if is_manifest(path):
                taken += intakes(path, text.decode("utf-8", "replace"))
            elif not wanted.are_named_in(text):
                quiet.append(blob)
                continue
            for reference in wanted.references_in(path, text):
                says = f"{path}:{reference.line} names it"
                named.setdefault(reference.target, Evidence("consumer", says, path=path, line=reference.line))
        if self.survey.silences is not None:
            self.survey.silences.add_silent(wanted.digest, quiet)
        return named | _taken_in(wanted.paths, taken)

    def _speaking(self, wanted: Wanted, silent: frozenset[RepoPath]) -> Sequence[Entry]:
        """What can consume: source, build files and documentation, but no ignore list and nothing silent."""
        able = [entry for entry in self.survey.inventory.entries if self._can_consume(entry)]
        entries = [entry for entry in able if entry.path not in silent]
        if self.survey.silences is None:
            return entries
        quiet = self.survey.silences.silent_about(wanted.digest, {entry.blob for entry in entries})
        return [entry for entry in entries if entry.blob not in quiet or is_manifest(entry.path)]

    def _texts(self, entries: Sequence[Entry]) -> Iterator[tuple[RepoPath, BlobId, bytes]]:
        paths: dict[BlobId, list[RepoPath]] = {}
        for entry in entries:
            paths.setdefault(entry.blob, []).append(entry.path)
        for blob, text in self.survey.repository.contents(paths):
            yield from ((path, blob, text) for path in paths[blob])

    def _can_consume(self, entry: Entry) -> bool:
        name = name_of(entry.path)
        ending = name[name.rfind(".") :].lower()
        is_source = ending in self.policy.settled_suffixes or name in self.policy.settled_names or "." not in name
        is_list = name.startswith(".git") or name in self.policy.own_names
        if not is_source or ending in _DATA or is_list or not entry.is_file:
            return False
        return 0 < self.survey.sizes.get(entry.blob, 0) <= LARGEST_TEXT


def _taken_in(paths: Sequence[RepoPath], taken: Sequence[Intake]) -> dict[RepoPath, Evidence]:
    table = PatternTable([intake.pattern for intake in taken])
    found: dict[RepoPath, Evidence] = {}
    for path in paths:
        first = next(_matching(table, path), None)
        if first is not None:
            intake = taken[first]
            says = f"{intake.source}:{intake.line} takes it in ({intake.pattern.text.lstrip('/')})"
            found[path] = Evidence("consumer", says, path=intake.source, line=intake.line)
    return found


def _matching(table: PatternTable, path: RepoPath) -> Iterator[int]:
    yield from table.of_file(folder_of(path), name_of(path))
    for folder in ancestors(path):
        yield from table.of_folder(folder)
