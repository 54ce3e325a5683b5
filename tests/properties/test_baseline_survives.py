"""The findings that a baseline accepts stay accepted through all that rewrites history without touching their files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.adapters.sqlite_tables import SqliteTableNames
from hygiene.audit.allowing import NO_PERMITS, Permits
from hygiene.audit.baseline import Baseline, to_accept
from hygiene.audit.court import Court
from hygiene.audit.engine import Auditor, AuditRequest
from hygiene.model.report import AuditReport
from hygiene.policy.baseline.file import read_baseline, write_baseline
from hygiene.policy.evidence import evidence_policy
from hygiene.policy.rules.catalogue import load_catalogue
from tests.fakes.media_types import FakeMediaTypes
from tests.unit.audit.permits import TODAY
from tests.unit.audit.scenes import Silence

JUNK = {"src/__pycache__/a.cpython-312.pyc": b"code", "x/.DS_Store": b"store", "l\udce9/Thumbs.db": b"thumbs"}


def audited(built: RepositoryBuilder, permits: Permits = NO_PERMITS) -> AuditReport:
    repository = open_repository(built.path, Reader.GIT)
    court = Court(load_catalogue(), evidence_policy(), FakeMediaTypes(), SqliteTableNames())
    return Auditor(repository, court, Silence()).audit(AuditRequest(permits=permits))


@pytest.fixture
def messy(tmp_path: Path) -> RepositoryBuilder:
    """Three commits on a branch, each with some of the junk."""
    built = RepositoryBuilder(tmp_path / "messy")
    built.file("src/a.py", b"first = 1\n")
    built.commit("root")
    built.switch("work")
    for path, content in JUNK.items():
        built.file(path, content)
        built.commit()
    return built


@contextmanager
def accepted(built: RepositoryBuilder) -> Iterator[None]:
    """What is there now is accepted, and must all be accepted still when the block is over."""
    before = to_accept(audited(built))
    assert {entry.path for entry in before} == JUNK.keys()
    assert len(before) == len(JUNK)
    yield
    entries = read_baseline(write_baseline(before), "base.json")
    report = audited(built, Permits(TODAY, baseline=Baseline("base.json", entries), ratchet=True))
    assert (list(report.findings), list(report.stale)) == ([], [])
    assert len(report.baselined) == len(JUNK)


def test_through_a_squash(messy: RepositoryBuilder) -> None:
    with accepted(messy):
        tree = messy.id_of("HEAD^{tree}")
        squashed = messy.git("commit-tree", "-p", "main", "-m", "all at once", tree).decode().strip()
        messy.switch("squashed", squashed)
    assert messy.git("rev-list", "--count", "main..HEAD").strip() == b"1"


def test_through_a_rebase(messy: RepositoryBuilder) -> None:
    with accepted(messy):
        messy.switch("upstream", "main")
        messy.file("src/b.py", b"second = 2\n")
        messy.commit("meanwhile")
        messy.git("reset", "--quiet", "--hard")
        messy.git("checkout", "--quiet", "work")
        messy.git("rebase", "--quiet", "upstream")
    assert messy.git("ls-tree", "--name-only", "HEAD:src/").split() == [b"__pycache__", b"a.py", b"b.py"]


def test_through_unrelated_edits(messy: RepositoryBuilder) -> None:
    with accepted(messy):
        messy.file("src/a.py", b"first = 2\n")
        messy.file("docs/new.md", b"# New\n")
        messy.commit()


def test_a_changed_or_moved_file_is_judged_anew(messy: RepositoryBuilder) -> None:
    before = to_accept(audited(messy))
    messy.file("x/.DS_Store", b"another")
    messy.remove("src/__pycache__/a.cpython-312.pyc")
    messy.file("lib/__pycache__/a.cpython-312.pyc", b"code")
    report = audited(messy, Permits(TODAY, baseline=Baseline("base.json", before)))
    new = ["lib/__pycache__/a.cpython-312.pyc", "x/.DS_Store"]
    assert sorted(finding.path for finding in report.findings) == new
    assert [entry.path for entry in report.stale] == ["src/__pycache__/a.cpython-312.pyc", "x/.DS_Store"]
