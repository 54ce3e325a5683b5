"""What tests of the packer have packed: all of a commit."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from hygiene.adapters.discovery import Reader, open_repository
from hygiene.adapters.package_draft import ProcessPacker
from hygiene.model.package_proof import Written
from hygiene.model.packaging import ArchiveForm, ArchiveFormat, Chosen, Line, Storing
from hygiene.model.permit import Origin
from hygiene.ports import Repository
from hygiene.ports.archive import Packer

ZIP = ArchiveForm(ArchiveFormat.ZIP, Storing.DEFLATED, "demo-1", 1_700_000_000)


def all_of(repository: Repository) -> Sequence[Chosen]:
    """Every file and link of HEAD; those whose blob is missing, too."""
    entries = [entry for entry in repository.list_revision("HEAD").entries if entry.mode != "160000"]
    sizes = repository.sizes([entry.blob for entry in entries])
    line = Line("/*", Origin("hygiene.toml", 1))
    return [Chosen(each.path, each.path, each.mode, each.blob, sizes.get(each.blob), line) for each in entries]


class Begun:
    """An archive under way, which a test ends when it likes."""

    def __init__(self, packer: Packer, form: ArchiveForm, chosen: Sequence[Chosen]) -> None:
        self._packer = packer
        self._draft = packer.begin(form, chosen)

    def finish(self) -> Written:
        return self._draft.finish()

    def publish(self, destination: Path, beside: Mapping[str, bytes | None]) -> None:
        self._draft.publish(destination, beside)

    def discard(self) -> None:
        self._packer.__exit__(None, None, None)


def begin(place: Path, folder: Path, form: ArchiveForm = ZIP, reader: Reader = Reader.GIT) -> Begun:
    """An archive of all of HEAD, begun."""
    repository = open_repository(place, reader)
    return Begun(ProcessPacker(repository.facts, folder), form, all_of(repository))
