"""The audit of a history: every content that any path ever had, by the same rules."""

from collections.abc import Mapping

from hygiene.adapters.history_index import open_index
from hygiene.adapters.sqlite_tables import SqliteTableNames
from hygiene.audit.court import Court
from hygiene.audit.engine import Auditor, AuditRequest
from hygiene.audit.ever import Ever
from hygiene.audit.history import HistoryAuditor
from hygiene.history.scan import Scanner
from hygiene.model.finding import Finding
from hygiene.model.history import RootKind
from hygiene.model.past import JudgedHistory
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Confidence
from hygiene.policy.configuration.settings import SizeCaps
from hygiene.policy.evidence import evidence_policy
from hygiene.policy.rules.catalogue import load_catalogue
from tests.fakes.history import FakeHistory
from tests.fakes.media_types import FakeMediaTypes
from tests.fakes.repository import FakeRepository
from tests.unit.audit.scenes import Silence

SQLITE = b"SQLite format 3\0" + bytes(100)
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12345\n"


def court() -> Court:
    return Court(load_catalogue(), evidence_policy(), FakeMediaTypes(), SqliteTableNames())


def judged(repository: FakeRepository, request: AuditRequest | None = None) -> JudgedHistory:
    history, index = FakeHistory(repository), open_index(None, "test", "")
    gaps = Scanner(repository, history, index, Silence()).scan(history.roots([RootKind.BRANCHES]))
    ever = Ever(index, repository.list_revision("HEAD"), "branches", gaps)
    return HistoryAuditor(repository, court(), Silence()).audit(ever, request or AuditRequest())


def over_time(*states: Mapping[str, bytes]) -> FakeRepository:
    """A repository that held these files, one state a commit."""
    repository = FakeRepository()
    held: set[str] = set()
    for number, state in enumerate(states):
        for path in held - state.keys():
            repository.remove(path)
        for path, content in state.items():
            repository.file(path, content)
        held = set(state)
        repository.commit(str(number))
    return repository


def by_path(found: JudgedHistory) -> dict[str, Finding]:
    return {str(finding.path): finding for finding in found.report.findings}


def test_what_was_removed_long_ago_is_found() -> None:
    found = judged(over_time({"a.py": b"1", "__pycache__/a.cpython-312.pyc": b"2"}, {"a.py": b"1"}))
    [finding] = found.report.findings
    assert finding.path == "__pycache__/a.cpython-312.pyc"
    assert finding.confidence is Confidence.CERTAIN


def test_every_version_of_a_path_is_found() -> None:
    path = RepoPath("data/shop.sqlite")
    found = judged(over_time(*({str(path): SQLITE + bytes([number])} for number in range(3)), {"a.py": b"1"}))
    assert len({finding.blob for finding in found.versions[path]}) == 3
    assert [finding.path for finding in found.report.findings] == [path]


def test_a_pointer_today_does_not_acquit_the_database_of_yesterday() -> None:
    path = RepoPath("data/shop.sqlite")
    found = judged(over_time({path: SQLITE}, {path: POINTER}))
    assert [finding.size for finding in found.versions[path]] == [len(SQLITE)]


def test_a_name_that_says_nothing_is_looked_into_at_all_times() -> None:
    path = RepoPath("data/store")
    found = judged(over_time({path: SQLITE}, {path: b"only text now\n"}))
    assert [finding.blob for finding in found.versions[path]] == [found.report.findings[0].blob]
    assert found.report.findings[0].path == path


def test_the_index_is_asked_before_a_file_is_looked_into_again() -> None:
    repository = over_time({"data/store": SQLITE})
    history, index = FakeHistory(repository), open_index(None, "test", "")
    Scanner(repository, history, index, Silence()).scan(history.roots([RootKind.BRANCHES]))
    ever = Ever(index, repository.list_revision("HEAD"), "branches")
    auditor = HistoryAuditor(repository, court(), Silence())
    first = auditor.audit(ever, AuditRequest())
    repository._blobs.clear()
    assert by_path(auditor.audit(ever, AuditRequest())) == by_path(first)


def test_a_file_at_head_is_judged_as_the_audit_of_head_does() -> None:
    state = {
        "app.py": b'import sqlite3\nsqlite3.connect("data/shop.sqlite")\n',
        "data/shop.sqlite": SQLITE,
        "build/lib/app.py": b"x = 1\n",
        ".DS_Store": b"store",
        ".gitignore": b"*.log\n",
        "run.log": b"started\n",
    }
    repository = over_time({"a.py": b"1"}, state)
    present = Auditor(repository, court(), Silence()).audit(AuditRequest()).findings
    found = by_path(judged(repository))
    assert {path: (f.rule, f.confidence, f.evidence) for path, f in found.items()} == {
        str(f.path): (f.rule, f.confidence, f.evidence) for f in present if str(f.category) != "ignore-file"
    }


def test_nothing_uses_what_is_gone() -> None:
    use = {"app.py": b'connect("data/shop.sqlite")\n'}
    found = by_path(judged(over_time({**use, "data/shop.sqlite": SQLITE}, use)))
    assert all(evidence.kind != "consumer" for evidence in found["data/shop.sqlite"].evidence)


def test_a_marker_that_is_gone_too_still_tells_what_its_folder_was() -> None:
    tree = {"env/pyvenv.cfg": b"home = /usr/bin\n", "env/lib/tool.py": b"x = 1\n"}
    found = by_path(judged(over_time(tree, {"a.py": b"1"})))
    assert found["env/lib/tool.py"].confidence is Confidence.CERTAIN


def test_a_marker_of_another_time_proves_nothing() -> None:
    """As where a package manager's list came long after a folder of the same name had gone."""
    before, marker = {"env/tool.py": b"x = 1\n"}, {"env/pyvenv.cfg": b"home = /usr/bin\n"}
    for states in ((before, {"a.py": b"1"}, marker, {"a.py": b"1"}), (marker, {"a.py": b"1"}, before, {"a.py": b"1"})):
        found = by_path(judged(over_time(*states)))
        assert "env/tool.py" not in found or found["env/tool.py"].confidence < Confidence.CERTAIN


def test_what_is_ignored_today_need_not_have_been_ignored_then() -> None:
    ignoring = {".gitignore": b"out/\n", "a.py": b"1"}
    gone = by_path(judged(over_time({"out/notes.log": b"text\n"}, ignoring)))["out/notes.log"]
    there = by_path(judged(over_time({**ignoring, "out/notes.log": b"text\n"})))["out/notes.log"]
    assert [each.points for each in gone.evidence if each.kind == "ignored"] == [0]
    assert [each.points for each in there.evidence if each.kind == "ignored"] == [1]
    assert gone.confidence < there.confidence


def test_a_database_that_became_a_symlink_is_gone() -> None:
    repository = over_time({"data/shop.sqlite": SQLITE})
    repository.symlink("data/shop.sqlite", b"../elsewhere")
    repository.commit("a link")
    [finding] = judged(repository).report.findings
    assert (finding.path, finding.size) == ("data/shop.sqlite", len(SQLITE))


def test_a_large_version_is_found_where_the_last_one_is_small() -> None:
    path = RepoPath("notes.md")
    repository = over_time({path: b"x" * 100}, {path: b"x"})
    [finding] = judged(repository, AuditRequest(size_caps=SizeCaps(50))).report.findings
    assert (finding.rule, finding.size) == ("oversized-file", 100)


def test_in_a_range_the_cap_judges_what_grew() -> None:
    repository = over_time({"big.md": b"x" * 100, "grows.md": b"x"}, {"big.md": b"x" * 90, "grows.md": b"x" * 80})
    found = judged(repository, AuditRequest(size_caps=SizeCaps(50), new_since="HEAD~1"))
    assert [(finding.path, finding.size) for finding in found.report.findings] == [("grows.md", 80)]


def test_how_files_lie_beside_each_other_is_not_asked_of_a_history() -> None:
    found = judged(over_time({"readme.md": b"1", "README.md": b"2", ".gitignore": b"out/\n!out/keep\n"}))
    assert found.report.findings == []


def test_what_only_head_holds_is_not_told_of_other_roots() -> None:
    repository = over_time({"data.sqlite": SQLITE, "a.py": b"1"})
    repository.switch("other")
    repository.file("data.sqlite", SQLITE + b"of HEAD")
    repository.file(".DS_Store", b"of HEAD")
    repository.commit("other")
    history, index = FakeHistory(repository), open_index(None, "test", "")
    Scanner(repository, history, index, Silence()).scan(history.named_roots(["main"]))
    ever = Ever(index, repository.list_revision("other"), "main")
    found = HistoryAuditor(repository, court(), Silence()).audit(ever, AuditRequest())
    assert [(finding.path, finding.size) for finding in found.report.findings] == [("data.sqlite", len(SQLITE))]


def test_an_object_that_is_missing_makes_the_audit_incomplete() -> None:
    repository = FakeRepository()
    blob = repository.file("data.sqlite", SQLITE)
    repository.commit("1")
    repository.file("data.sqlite", SQLITE + b"2")
    repository.commit("2")
    repository.lose("HEAD~1:data.sqlite")
    found = judged(repository)
    assert [each.path for each in found.report.unreadable] == ["data.sqlite"]
    assert found.report.incomplete
    sizes = {str(finding.blob): finding.size for finding in found.versions[RepoPath("data.sqlite")]}
    assert sizes[blob] is None
