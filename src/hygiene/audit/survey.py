"""What an audit looks at: the inventory by folder, its sizes, and the ignore and attribute files that it holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import Protocol

from hygiene.model.inventory import THE_INDEX, Entry, Gap, Inventory, Mode, Sizes
from hygiene.model.paths import BlobId, RepoPath, ancestors, folder_of, name_of
from hygiene.patterns.attributes import Attributes
from hygiene.patterns.ignore import IgnoreFile, IgnoreRules, Verdict, parse_ignore_file
from hygiene.ports import Repository, Silences

Folders = Mapping[RepoPath, Mapping[str, Entry]]
"""Each folder that holds a tracked path directly, to its entries by name, in the inventory's order."""

LARGEST_RULE_FILE = 16 * 1024 * 1024
"""Bytes of an ignore or attribute file beyond which it is reported instead of read."""

_FETCH = "Fetch what is missing with `git fetch --refetch --no-filter`."
_SHORTEN = "Write it shorter, or split it into several."


class Time(Enum):
    """Whether the files that a report is about are there, or once were."""

    PRESENT = auto()
    PAST = auto()


class Excuses(Enum):
    """Whether it counts for a file that something uses it, or that the repository declares it to be meant."""

    COUNT = auto()
    DO_NOT_COUNT = auto()


class Versions(Protocol):
    """Knows what paths held at other times."""

    def of(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """For each of these entries, all that its path ever held as a file, from first to last."""
        ...

    def met(self, path: RepoPath, other: RepoPath) -> bool:
        """Whether both paths were there at some time."""
        ...


@dataclass(frozen=True)
class Survey:
    """One inventory with what all steps ask of it. Reads through the repository only what is asked for, once.

    Attributes:
        subject: the paths that the report is about, the others being what they are weighed with; None is all.
        time: of the paths that the report is about. What is past is used by nobody: the repository lives without it.
        sized: the sizes of all blobs, where they are known already.
        versions: what else is judged of each path; None where only the inventory is.
        silences: which texts are known to name nothing that is asked for; None where nobody remembers.
        excuses: of what is past nothing that uses it counts, whatever this says.
    """

    repository: Repository
    inventory: Inventory
    subject: frozenset[RepoPath] | None = None
    time: Time = Time.PRESENT
    sized: Sizes | None = None
    versions: Versions | None = None
    silences: Silences | None = None
    excuses: Excuses = Excuses.COUNT

    @cached_property
    def told(self) -> Sequence[Entry]:
        """The entries that the report is about, in the inventory's order."""
        subject = self.subject
        entries = self.inventory.entries
        return entries if subject is None else [entry for entry in entries if entry.path in subject]

    def every_version(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """These entries, each with all that its path ever held, where that is judged."""
        return entries if self.versions is None else self.versions.of(entries)

    def met(self, path: RepoPath, other: RepoPath) -> bool:
        """Whether two paths of the inventory were there at the same time: of the present all are."""
        return self.time is Time.PRESENT or self.versions is None or self.versions.met(path, other)

    def tells(self, path: RepoPath) -> bool:
        """Whether the report is about this path."""
        return self.subject is None or path in self.subject

    def depends_on(self, path: RepoPath) -> bool:
        """Whether the report is about this path, or about one below the folder that holds it."""
        above = folder_of(path)
        return self.subject is None or not above or path in self.subject or above in self._folders_told

    @cached_property
    def _folders_told(self) -> frozenset[RepoPath]:
        return frozenset(folder for entry in self.told for folder in ancestors(entry.path))

    @cached_property
    def folders(self) -> Folders:
        """The entries by folder and name."""
        folders: dict[RepoPath, dict[str, Entry]] = {}
        for entry in self.inventory.entries:
            folder, _, name = entry.path.rpartition("/")
            try:
                folders[folder][name] = entry  # type: ignore[index]  # a RepoPath cut at a slash is a RepoPath
            except KeyError:
                folders[RepoPath(folder)] = {name: entry}
        return folders

    @cached_property
    def blobs(self) -> Sequence[BlobId]:
        """Every object that this repository should hold, once: all but other repositories' commits.

        In the inventory's order, which is nearly that of Git's packs: reading along is faster than reading across.
        """
        return tuple(dict.fromkeys(entry.blob for entry in self.inventory.entries if entry.mode != Mode.GITLINK))

    @cached_property
    def modes(self) -> frozenset[str]:
        """The modes that occur."""
        return frozenset(entry.mode for entry in self.inventory.entries)

    def begin_sizing(self) -> None:
        """Has the sizes fetched from now on, where the reader can do that while this process judges names."""
        _ = self._sizing

    @cached_property
    def sizes(self) -> Sizes:
        """The size of every blob of the inventory that is there; waits for them where they are on their way."""
        return self._sizing() if self.sized is None else self.sized

    @cached_property
    def _sizing(self) -> Callable[[], Sizes]:
        return self.repository.start_sizing(self.blobs)

    @cached_property
    def ignored(self) -> Mapping[RepoPath, Verdict]:
        """The tracked paths that the repository's own ignore rules exclude, in the inventory's order by folder."""
        return dict(self.ignore_rules.ignored_files(self.folders))

    @cached_property
    def by_blob(self) -> Mapping[BlobId, Sequence[Entry]]:
        """The files of each blob, in the inventory's order."""
        by_blob: dict[BlobId, list[Entry]] = {}
        for entry in self.inventory.entries:
            if entry.is_file:
                by_blob.setdefault(entry.blob, []).append(entry)
        return by_blob

    @cached_property
    def ignore_files(self) -> Sequence[IgnoreFile]:
        """Every `.gitignore` that is tracked as a file and can be read."""
        return [parse_ignore_file(path, text) for path, text in self._ignore_texts.items()]

    @cached_property
    def ignore_rules(self) -> IgnoreRules:
        """What the repository's own ignore files say, and nothing of this machine's."""
        return IgnoreRules(self.ignore_files)

    @cached_property
    def attributes(self) -> Attributes:
        """What the repository's own attribute files say."""
        return Attributes(self._attribute_texts)

    @cached_property
    def mentions_lfs(self) -> bool:
        """Whether any attribute file gives any file to Git LFS."""
        return any(b"filter=lfs" in text for text in self._attribute_texts.values())

    @cached_property
    def unread_rules(self) -> Sequence[Gap]:
        """The ignore and attribute files, and the single lines of them, whose word is missing from the verdicts."""
        tracked = [*self._files_named(".gitignore"), *self._files_named(".gitattributes")]
        read = self._ignore_texts.keys() | self._attribute_texts.keys()
        whole = [Gap("its rules could not be read", _FETCH, entry.path) for entry in tracked if entry.path not in read]
        skipped = [(file.path, line, reason) for file in self.ignore_files for line, reason in file.skipped]
        skipped += self.attributes.skipped
        return whole + [
            Gap(f"line {line} has no effect here: {reason}", _SHORTEN, path) for path, line, reason in skipped
        ]

    @cached_property
    def _ignore_texts(self) -> Mapping[RepoPath, bytes]:
        return self.texts(self._files_named(".gitignore"))

    @cached_property
    def _attribute_texts(self) -> Mapping[RepoPath, bytes]:
        return self.texts(self._files_named(".gitattributes"))

    def larger_than(self, size: int) -> frozenset[BlobId]:
        """The blobs of more than `size` bytes."""
        if max(self.sizes.values(), default=0) <= size:  # the usual answer, in a fraction of the time
            return frozenset()
        return frozenset(blob for blob, bytes_ in self.sizes.items() if bytes_ > size)

    def entry(self, path: str) -> Entry | None:
        """The tracked entry at `path`."""
        folder, _, name = path.rpartition("/")
        return self.folders.get(RepoPath(folder), {}).get(name)

    def texts(self, entries: Sequence[Entry]) -> dict[RepoPath, bytes]:
        """The content of each entry that is there and no larger than `LARGEST_RULE_FILE`."""
        fit = [e for e in entries if self.sizes.get(e.blob, LARGEST_RULE_FILE + 1) <= LARGEST_RULE_FILE]
        contents = dict(self.repository.contents({e.blob for e in fit}))
        return {e.path: contents[e.blob] for e in fit if e.blob in contents}

    def _files_named(self, name: str) -> list[Entry]:
        return [entries[name] for entries in self.folders.values() if name in entries and entries[name].is_file]


def present_inventory(repository: Repository) -> Inventory:
    """The index; where it has no entries (bare, or cloned without checkout), HEAD; nothing before the first commit."""
    facts = repository.facts
    index = repository.list_index() if facts.work_dir else Inventory(THE_INDEX, None, ())
    return index if index.entries or facts.head is None else repository.list_revision("HEAD")


def stem_of(path: str) -> str:
    """The last part of `path` up to its last dot."""
    name = name_of(path)
    return name.rpartition(".")[0] or name
