"""What tests of the packer have packed: all of a commit."""

from collections.abc import Sequence
from pathlib import Path

from hygiene.adapters.discovery import Reader, open_repository
from hygiene.adapters.package_draft import ProcessPacker
from hygiene.model.permit import Origin
from hygiene.model.release import ArchiveForm, ArchiveFormat, Chosen, Line, Storing
from hygiene.ports import Repository
from hygiene.ports.archive import Draft

ZIP = ArchiveForm(ArchiveFormat.ZIP, Storing.DEFLATED, "demo-1", 1_700_000_000)


def all_of(repository: Repository) -> Sequence[Chosen]:
    """Every file and link of HEAD; those whose blob is missing, too."""
    entries = [entry for entry in repository.list_revision("HEAD").entries if entry.mode != "160000"]
    sizes = repository.sizes([entry.blob for entry in entries])
    line = Line("/*", Origin("hygiene.toml", 1))
    return [Chosen(each.path, each.path, each.mode, each.blob, sizes.get(each.blob), line) for each in entries]


def begin(place: Path, folder: Path, form: ArchiveForm = ZIP, reader: Reader = Reader.GIT) -> Draft:
    """An archive of all of HEAD, begun."""
    repository = open_repository(place, reader)
    return ProcessPacker(repository.facts).begin(form, all_of(repository), folder)
