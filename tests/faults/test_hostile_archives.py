"""Every archive that must not be trusted is refused when it is verified, for the reason that it was built for."""

from pathlib import Path

import pytest

from fixtures.hostile_archives import HOSTILE
from hygiene.adapters.archive_reading import open_archive
from hygiene.adapters.archive_repository import ArchiveRepository
from hygiene.model.packaging import PackageSettings
from hygiene.model.verification import ArchiveKind, CheckState
from hygiene.release.verify import Holding, check_container, check_entries


@pytest.mark.parametrize("what", HOSTILE)
def test_every_hostile_archive_is_refused_for_what_it_is(what: str, tmp_path: Path) -> None:
    hostile = HOSTILE[what]
    path = tmp_path / f"x.{hostile.ending}"
    hostile.build(path)
    reader = open_archive(path)
    archive = ArchiveRepository(reader)
    holding = Holding(ArchiveKind.ARCHIVE, archive.prefix, archive.packed, archive.refusals)
    container = check_container(reader.listing, holding)
    names = check_entries(reader.listing, PackageSettings(include=()))
    assert CheckState.FAILED in (container.check.state, names.check.state)
    assert hostile.says in [refusal.kind for refusal in (*container.refusals, *names.refusals)]
    assert list(tmp_path.iterdir()) == [path]
