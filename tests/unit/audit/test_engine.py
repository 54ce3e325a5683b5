"""The audit as a whole: what is read, what is counted, what is never called clean."""

import pytest

from hygiene.audit.engine import AuditRequest
from hygiene.errors import NothingTracked, UnknownRevision
from hygiene.model.rule import Confidence, Match
from tests.fakes.repository import FakeRepository
from tests.unit.audit.scenes import audit, by_path, paths, rule

JUNK = rule("junk", Match(suffixes=(".junk",)), Confidence.CERTAIN)


def test_a_clean_repository_has_an_empty_report() -> None:
    report = audit({"a.py": b"123"}, JUNK)
    assert (report.tracked, report.tracked_size) == (1, 3)
    assert not report.findings
    assert not report.incomplete


def test_the_index_is_audited_by_default_and_a_revision_on_request() -> None:
    repository = FakeRepository.holding({"a.junk": b"1"})
    repository.remove("a.junk")
    repository.file("b.junk", b"2")
    assert paths(audit(repository, JUNK).findings) == ["b.junk"]
    report = audit(repository, JUNK, request=AuditRequest(revision="HEAD"))
    assert paths(report.findings) == ["a.junk"]
    assert "HEAD" in report.roots[0]


def test_an_unknown_revision_stops_the_audit() -> None:
    with pytest.raises(UnknownRevision, match="no-such"):
        audit({"a": b""}, JUNK, request=AuditRequest(revision="no-such"))


def test_no_commit_and_an_empty_index_is_nothing_to_audit() -> None:
    with pytest.raises(NothingTracked):
        audit(FakeRepository(), JUNK)


def test_an_unborn_branch_with_staged_files_is_audited() -> None:
    repository = FakeRepository()
    repository.file("a.junk", b"1")
    assert paths(audit(repository, JUNK).findings) == ["a.junk"]


def test_trap_02_a_missing_blob_is_judged_by_name_and_makes_the_answer_incomplete() -> None:
    repository = FakeRepository.holding({"a.junk": b"1", "b.py": b"2"})
    repository.lose("HEAD:a.junk")
    repository.lose("HEAD:b.py")
    report = audit(repository, JUNK)
    assert by_path(report)["a.junk"].size is None
    assert [each.path for each in report.unreadable] == ["a.junk", "b.py"]
    assert len(report.incomplete) == 1


def test_a_missing_tree_makes_the_answer_incomplete() -> None:
    repository = FakeRepository.holding({"a/b.junk": b"1", "c.junk": b"2"})
    repository.lose("HEAD:a")
    report = audit(repository, JUNK, request=AuditRequest(revision="HEAD"))
    assert paths(report.findings) == ["c.junk"]
    assert [gap.path for gap in report.incomplete] == ["a"]


def test_trap_05_a_path_in_conflict_is_judged_once_and_noted() -> None:
    repository = FakeRepository.holding({"x.py": b""})
    repository.conflict("a.junk", base=b"1", ours=b"2", theirs=b"3")
    report = audit(repository, JUNK)
    assert paths(report.findings) == ["a.junk"]
    assert any("unmerged" in note for note in report.notes)


def test_an_unreadable_ignore_file_makes_the_answer_incomplete() -> None:
    repository = FakeRepository.holding({".gitignore": b"*.log\n", "a.py": b""})
    repository.lose("HEAD:.gitignore")
    assert ".gitignore" in [gap.path for gap in audit(repository, JUNK).incomplete]


def test_the_same_input_gives_an_equal_report() -> None:
    files = {f"d{n}/{m}.junk": bytes([n, m]) for n in range(5) for m in range(5)}
    assert audit(files, JUNK) == audit(dict(reversed(files.items())), JUNK)


def test_findings_come_worst_first_then_by_path() -> None:
    suspect = rule("suspect", Match(suffixes=(".log",)))
    report = audit({"a.log": b"x", "z.junk": b"", "b.junk": b""}, JUNK, suspect)
    assert paths(report.findings) == ["b.junk", "z.junk", "a.log"]
