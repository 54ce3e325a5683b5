"""What is staged: the same verdicts as the audit of the whole index, about fewer files and by less reading."""

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hygiene.audit.engine import AuditRequest
from hygiene.errors import NoIndex
from hygiene.model.inventory import Inventory, RepositoryFacts
from hygiene.model.report import AuditReport
from hygiene.policy.rules.catalogue import load_catalogue
from tests.fakes.repository import FakeRepository
from tests.unit.audit.scenes import audit

CATALOGUE = load_catalogue()
RULES = CATALOGUE.rules
MET = (
    "case-collision",
    "copied-source-tree",
    "database-file",
    "dead-negation",
    "distribution-folder",
    "lfs-raw-blob",
    "macos-folder-settings",
    "python-build-tree",
    "python-bytecode",
    "tracked-but-ignored",
)
"""Every rule that the files below can meet: with the whole catalogue an example takes ten times as long."""
AMID_OTHERS = {"case-collision", "copied-source-tree"}
"""Those that a changed file meets by what the other files are, which nobody looks at while nothing else speaks."""
STAGED = AuditRequest(staged=True)

NAMES = (
    ".DS_Store",
    "Readme.md",
    "build/lib/a.py",
    "data.db",
    "dist/bundle.js",
    "old/a.py",
    "readme.md",
    "src/__pycache__/a.pyc",
    "src/a.py",
    "tests/data/x.sqlite3",
)
CONTENTS = (b"", b"def a():\n    return 1\n", b"SQLite format 3\0" + bytes(84), b"\0\1\2\3" * 40)
RULE_FILES = (".gitattributes", ".gitignore", "src/.gitignore")
LINES = (b"/build/\n!/build/lib/a.py\n", b"*.db filter=lfs\n*.py filter=lfs\n", b"*.py\n*.md\n")
COPY = {f"{folder}/{name}.py": name.encode() for folder in ("old", "src") for name in "abcd"}

contents = dict.fromkeys(NAMES, st.sampled_from(CONTENTS)) | dict.fromkeys(RULE_FILES, st.sampled_from(LINES))
files = st.builds(
    lambda copy, some: copy | some, st.sampled_from([{}, COPY]), st.fixed_dictionaries({}, optional=contents)
)
changes = st.sampled_from(list(contents)).flatmap(lambda path: st.tuples(st.just(path), contents[path]))


class Watched(FakeRepository):
    """Knows whether anybody listed its whole index."""

    listings = 0

    def list_index(self) -> Inventory:
        self.listings += 1
        return super().list_index()


class Bare(FakeRepository):
    @property
    def facts(self) -> RepositoryFacts:
        facts = super().facts
        return RepositoryFacts(facts.git_dir, None, "sha1", facts.head, shallow=False, partial=False, reader="fake")


def audit_of_met(repository: FakeRepository, request: AuditRequest | None = None) -> AuditReport:
    return audit(repository, *map(CATALOGUE.get, MET), request=request)


def told(report: AuditReport) -> list[tuple[object, ...]]:
    return [(f.path, f.rule, f.confidence, f.severity, f.disposition, f.evidence, f.also) for f in report.findings]


@given(files, files)
@example({}, COPY)
@settings(deadline=None)
def test_staged_files_get_the_verdicts_that_the_whole_audit_gives_them(
    before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    repository = FakeRepository.holding(before)
    for path, content in after.items():
        repository.file(path, content)
    # One new ordinary file has the staged entries judged amid the whole index.
    repository.file("new.py", b"print()\n")
    staged = repository.list_staged()
    paths = {entry.path for entry in staged.changed}
    whole, report = audit_of_met(repository), audit_of_met(repository, STAGED)
    about_two = {f.path for f in whole.findings if any(e.kind in ("collision", "duplicate") for e in f.evidence)}
    assert [each for each in told(report) if each[0] in paths] == [each for each in told(whole) if each[0] in paths]
    assert {each[0] for each in told(report)} <= paths | about_two
    assert report.tracked == len(paths)


@given(files, changes)
@example({"src/.gitignore": LINES[-1]}, ("src/a.py", b""))
@settings(max_examples=300, deadline=None)
def test_a_changed_file_gets_the_verdict_that_it_gets_amid_all_others(
    before: dict[str, bytes], change: tuple[str, bytes]
) -> None:
    path, content = change
    repository = FakeRepository.holding(before | {path: b"before"})
    repository.file(path, content)
    whole, report = told(audit_of_met(repository)), told(audit_of_met(repository, STAGED))
    missed = [each for each in whole if each not in report and each[0] == path]
    assert [each for each in report if each not in whole] == []
    assert {each[1] for each in missed} <= AMID_OTHERS


def test_the_chosen_rules_are_all_that_the_files_can_meet() -> None:
    met: set[str] = set()
    for content, lines in product(CONTENTS, LINES):
        files = dict.fromkeys(NAMES, content) | COPY | dict.fromkeys(RULE_FILES, lines)
        report = audit(FakeRepository.holding(files), *RULES)
        met.update(rule for each in report.findings for rule in (each.rule, *each.also))
    assert met == set(MET)


def test_ordinary_changes_are_judged_without_listing_the_index() -> None:
    repository = Watched()
    for path in ("a.py", "deep/b.py", ".gitignore", "deep/.gitattributes"):
        repository.file(path, b"# one\n")
    repository.commit()
    for path in ("a.py", "deep/b.py"):
        repository.file(path, b"# two\n")
    report = audit(repository, *RULES, request=STAGED)
    assert (report.tracked, len(report.findings), repository.listings) == (2, 0, 0)


def test_a_doubt_is_weighed_amid_the_whole_index() -> None:
    repository = FakeRepository.holding({"app.py": b'open("store/data.db")\n', "store/data.db": b"1"})
    repository.file("store/data.db", b"SQLite format 3\0" + bytes(84))
    (finding,) = audit(repository, *RULES, request=STAGED).findings
    assert "consumer" in {each.kind for each in finding.evidence}


def test_what_was_tracked_before_and_did_not_change_is_not_told() -> None:
    repository = FakeRepository.holding({"a/__pycache__/a.pyc": b"1"})
    repository.file("b/__pycache__/b.pyc", b"2")
    assert [f.path for f in audit(repository, *RULES, request=STAGED).findings] == ["b/__pycache__/b.pyc"]


def test_a_tracked_file_that_an_ignore_rule_excludes_is_told_when_it_changes() -> None:
    repository = FakeRepository.holding({".gitignore": b"/notes.txt\n", "notes.txt": b"1"})
    repository.file("notes.txt", b"2")
    assert [f.rule for f in audit(repository, *RULES, request=STAGED).findings] == ["tracked-but-ignored"]


def test_a_changed_ignore_file_is_judged_amid_the_files_it_speaks_of() -> None:
    repository = FakeRepository.holding({".gitignore": b"*.log\n", "keep/a.txt": b""})
    repository.file(".gitignore", b"/keep/\n!/keep/a.txt\n")
    assert "dead-negation" in {f.rule for f in audit(repository, *RULES, request=STAGED).findings}


@pytest.mark.parametrize(("old", "new"), [("Readme.md", "readme.md"), ("readme.md", "Readme.md")])
def test_a_new_name_that_collides_is_told_whichever_of_the_two_the_finding_is_at(old: str, new: str) -> None:
    repository = FakeRepository.holding({old: b"1"})
    repository.file(new, b"2")
    assert [f.rule for f in audit(repository, *RULES, request=STAGED).findings] == ["case-collision"]


def test_nothing_staged_is_clean() -> None:
    report = audit(FakeRepository.holding({"a/__pycache__/a.pyc": b"1"}), *RULES, request=STAGED)
    assert (report.tracked, len(report.findings), report.revision) == (0, 0, "what is staged")


def test_a_removal_is_nothing_to_judge() -> None:
    repository = FakeRepository.holding({"a.pyc": b"1", "b.py": b""})
    repository.remove("a.pyc")
    assert not audit(repository, *RULES, request=STAGED).findings


def test_a_missing_object_among_the_staged_makes_the_answer_incomplete_and_others_do_not() -> None:
    repository = FakeRepository.holding({"other.dat": b"1", "a.py": b"1"})
    repository.lose("HEAD:other.dat")
    repository.file("a.py", b"2")
    assert not audit(repository, *RULES, request=STAGED).incomplete
    repository.file("b.dat", b"3")
    repository.commit()
    repository.file("c.dat", b"4")
    repository.lose("HEAD:b.dat")
    assert not audit(repository, *RULES, request=STAGED).unreadable


def test_before_the_first_commit_all_of_the_index_is_judged() -> None:
    repository = FakeRepository()
    repository.file("a.pyc", b"1")
    assert audit(repository, *RULES, request=STAGED).tracked == 1


def test_nothing_can_be_staged_in_a_bare_repository() -> None:
    with pytest.raises(NoIndex):
        audit(Bare.holding({"a": b""}), *RULES, request=STAGED)
