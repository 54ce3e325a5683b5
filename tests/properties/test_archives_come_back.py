"""Whatever the names and the contents are, zipfile and tarfile read what was written."""

import io
import tarfile
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.adapters.archives import Part, tar_of, zip_of

# No surrogates, which a zip's flag for UTF-8 would not be true of; no NUL, at which zipfile cuts a name off.
_PARTS_OF_NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=40)
_NAMES = st.lists(_PARTS_OF_NAMES, min_size=1, max_size=6).map("/".join)
_CONTENTS = st.one_of(
    st.binary(max_size=300),
    st.builds(lambda piece, times: piece * times, st.binary(min_size=1, max_size=20), st.integers(0, 150_000)),
)
_ARCHIVES = st.lists(
    st.builds(Part, _NAMES, _CONTENTS, st.sampled_from(["100644", "100755"]), st.booleans()),
    max_size=6,
    unique_by=lambda part: part.name,
)


@settings(max_examples=60, deadline=None)
@given(_ARCHIVES, st.booleans())
def test_zipfile_reads_every_zip(parts: list[Part], stored: bool) -> None:  # noqa: FBT001 - Hypothesis gives it
    archive = zip_of(parts, stored=stored)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert [(info.orig_filename, opened.read(info)) for info in opened.infolist()] == [
            (part.name, part.content) for part in parts
        ]
        assert [info.external_attr >> 16 for info in opened.infolist()] == [int(part.mode, 8) for part in parts]
    assert zip_of(parts, stored=stored) == archive


@settings(max_examples=60, deadline=None)
@given(_ARCHIVES, st.sampled_from(["tar", "tar.gz"]))
def test_tarfile_reads_every_tar(parts: list[Part], kind: str) -> None:
    archive = tar_of(kind, parts)
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        found = [(member.name, member.mode, opened.extractfile(member)) for member in opened]
        assert [(name, mode, content.read() if content else None) for name, mode, content in found] == [
            (part.name, int(part.mode, 8) & 0o777, part.content) for part in parts
        ]
    assert tar_of(kind, parts) == archive
