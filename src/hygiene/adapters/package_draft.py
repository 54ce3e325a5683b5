"""Has archives written by a process of their own, and puts them in place whole."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from hygiene.adapters.archive_writing import Item
from hygiene.adapters.disk_store import lies_in_git_directory, make_durable, place_of
from hygiene.adapters.draft_file import DraftFile
from hygiene.adapters.package_order import Address, Broken, Lost, NoRoom, PackingOrder, Wanted
from hygiene.adapters.package_process import PackageProcess
from hygiene.adapters.process import find_git
from hygiene.errors import BrokenObject, UnwritableOutput
from hygiene.model.inventory import RepositoryFacts
from hygiene.model.package_proof import Packed, Written
from hygiene.model.packaging import ArchiveForm, Chosen, Storing
from hygiene.ports.archive import Draft


class ProcessPacker:
    """A `ports.archive.Packer` of one repository that has been opened, and its owner accepted, already.

    The process is started at once, as it takes as long to start as finding out what to write.
    """

    def __init__(self, facts: RepositoryFacts, folder: Path) -> None:
        """Where the process cannot be started, `finish` of the draft says so."""
        program = find_git() if facts.reader == "git" else None
        self._address = Address(str(facts.git_dir), str(program or ""), facts.object_format)
        self._folder = folder
        self._ending = ExitStack()
        self._failure: UnwritableOutput | None = None
        try:
            self._start()
        except OSError as failure:
            self._failure = UnwritableOutput(str(folder), failure.strerror or str(failure))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.close()

    def begin(self, form: ArchiveForm, chosen: Sequence[Chosen]) -> Draft:
        """Tells the process what to write."""
        missing = next((each for each in chosen if each.size is None), None)
        if missing is not None:
            return _NoDraft(BrokenObject(missing.source, f"its blob {missing.blob} is missing"))
        if self._failure is not None:
            return _NoDraft(self._failure)
        wanted = [Wanted(Item(f"{form.prefix}/{each.path}", each.mode, each.size or 0), each.blob) for each in chosen]
        self._process.tell(PackingOrder(self._address, form.format, form.storing is Storing.STORED, form.time, wanted))
        return _ProcessDraft(self._process, self._file, chosen, self._folder)

    def _start(self) -> None:
        if lies_in_git_directory(self._folder.resolve()):
            self._failure = UnwritableOutput(str(self._folder), "it lies in a Git directory")
            return
        self._file = DraftFile.inside(self._folder)
        self._ending.callback(self._file.discard)
        self._process = PackageProcess(self._file.handle)
        self._ending.callback(self._process.end)


class _ProcessDraft:
    """An archive that a process writes. `ports.archive.Draft` says what the methods promise."""

    def __init__(self, process: PackageProcess, file: DraftFile, chosen: Sequence[Chosen], folder: Path) -> None:
        self._process = process
        self._file = file
        self._chosen = chosen
        self._folder = folder

    def finish(self) -> Written:
        """Waits for the process and takes its word, which it gives after it has read the archive once more."""
        match self._process.answer():
            case Broken(position, reason):
                raise BrokenObject(self._chosen[position].source, reason)
            case NoRoom(reason):
                raise UnwritableOutput(str(self._folder), reason)
            case Lost(last_words):
                reason = f"the process that wrote it has ended before its time: {last_words}".removesuffix(": ")
                raise UnwritableOutput(str(self._folder), reason)
            case answer:
                entries = [
                    Packed(each.path, each.mode, each.size or 0, each.blob, sha256)
                    for each, sha256 in zip(self._chosen, answer.entries, strict=True)
                ]
                return Written(answer.size, answer.sha256, entries)

    def publish(self, destination: Path, beside: Mapping[str, bytes | None]) -> None:
        """Writes all proof files before the first gets its name, so that a full disk leaves nothing half done."""
        try:
            target = place_of(destination)
            proofs = {place_of(destination.with_name(destination.name + end)): proof for end, proof in beside.items()}
            with ExitStack() as drafts:
                held = {
                    place: drafts.enter_context(DraftFile.holding(place.parent, proof))
                    for place, proof in proofs.items()
                    if proof is not None
                }
                for place in proofs.keys() - held.keys():
                    place.unlink(missing_ok=True)
                for place, draft in held.items():
                    draft.put(place)
                self._file.put(target)
        except OSError as failure:
            raise UnwritableOutput(str(destination), failure.strerror or str(failure)) from failure
        make_durable(target.parent)


class _NoDraft:
    """An archive that could not be begun."""

    def __init__(self, failure: BrokenObject | UnwritableOutput) -> None:
        self._failure = failure

    def finish(self) -> Written:
        """Says why."""
        raise self._failure

    def publish(self, destination: Path, beside: Mapping[str, bytes | None]) -> None:  # noqa: ARG002 - there is nothing
        """Says why."""
        raise self._failure
