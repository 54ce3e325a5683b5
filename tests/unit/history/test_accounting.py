"""What the report on a history says of commits and bytes."""

from collections.abc import Sequence

from hygiene.adapters.history_index import open_index
from hygiene.audit.engine import AuditRequest
from hygiene.audit.ever import Ever
from hygiene.audit.history import HistoryAuditor
from hygiene.history.accounting import Accountant
from hygiene.history.scan import Scanner
from hygiene.model.history import RootKind
from hygiene.model.past import Account, HistoryReport, Past
from hygiene.model.paths import RepoPath
from tests.fakes.history import FakeHistory
from tests.fakes.repository import FakeRepository
from tests.unit.audit.scenes import Silence
from tests.unit.audit.test_history import SQLITE, court, over_time

DATABASE = "data/shop.sqlite"


def report(repository: FakeRepository) -> HistoryReport:
    history, index = FakeHistory(repository), open_index(None, "test", "")
    roots = history.roots([RootKind.BRANCHES])
    gaps = Scanner(repository, history, index, Silence()).scan(roots)
    present = repository.list_revision("HEAD")
    judged = HistoryAuditor(repository, court(), Silence()).audit(
        Ever(index, present, "branches", gaps), AuditRequest()
    )
    paths = {entry.path for entry in present.entries}
    return Accountant(history, index, paths).report(judged, "branches", roots.commits)


def past(told: HistoryReport, path: str) -> Past:
    return told.pasts[RepoPath(path)]


def commits(repository: FakeRepository) -> list[str]:
    return list(repository._commits)


def keyed(accounts: Sequence[Account]) -> dict[str, Account]:
    return {account.key: account for account in accounts}


def test_a_gone_file_has_its_introducing_and_its_removing_commit() -> None:
    repository = over_time({"a.py": b"1"}, {DATABASE: SQLITE}, {DATABASE: SQLITE + b"2"}, {"a.py": b"2"})
    told = past(report(repository), DATABASE)
    made = commits(repository)
    assert told.introduced.id == made[1]
    assert told.removed is not None
    assert told.removed.id == made[3]
    assert (told.at_head, told.rewrites) == (False, 1)
    assert [version.introduced for version in told.versions] == made[1:3]
    assert [(version.size, version.stored) for version in told.versions] == [(116, 58), (117, 59)]


def test_a_file_at_head_was_removed_by_nobody_even_if_somebody_once_did() -> None:
    repository = over_time({DATABASE: SQLITE}, {"a.py": b"1"}, {DATABASE: SQLITE + b"2"})
    told = past(report(repository), DATABASE)
    assert told.at_head
    assert told.removed is None
    assert told.rewrites == 1


def test_the_commit_that_did_it_is_among_the_evidence_for_every_format() -> None:
    repository = over_time({DATABASE: SQLITE}, {"a.py": b"1"})
    [finding] = report(repository).audit.findings
    said = {evidence.kind: evidence.text for evidence in finding.evidence}
    first, second = commits(repository)
    assert said["introduced"] == f"commit {first[:12]} of 1970-01-01 introduced it"
    assert said["removed"] == f"commit {second[:12]} of 1970-01-02 removed it, and history still holds it"


def test_a_blob_counts_once_however_many_paths_hold_it() -> None:
    repository = over_time({DATABASE: SQLITE, "old/shop.sqlite": SQLITE}, {"a.py": b"1"})
    accounts = report(repository).accounts
    assert accounts.total == Account("", 2, 1, 116, 58, 58, 0)
    assert keyed(accounts.by_folder)["data"] == Account("data", 1, 1, 116, 58, 0, 0)
    assert keyed(accounts.by_extension) == {".sqlite": Account(".sqlite", 2, 1, 116, 58, 58, 0)}


def test_what_another_file_holds_too_is_not_reclaimable() -> None:
    repository = over_time({".DS_Store": b"Bud1 store", "docs/sample.txt": b"Bud1 store"}, {"a.py": b"1"})
    told = report(repository)
    assert [version.shared for version in past(told, ".DS_Store").versions] == [True]
    assert (told.accounts.total.stored, told.accounts.total.reclaimable) == (5, 0)


def test_costs_are_told_by_author_and_by_month() -> None:
    states = [{DATABASE: SQLITE + bytes([number])} for number in range(40)]
    accounts = report(over_time(*states, {"a.py": b"1"})).accounts
    assert len(accounts.by_author) == 40
    assert keyed(accounts.by_author)["Author 3 <a@example.org>"].blobs == 1
    assert [(growth.month, growth.category, growth.size) for growth in accounts.growth] == [
        ("1970-01", "database", 31 * 117),
        ("1970-02", "database", 9 * 117),
    ]


def test_a_missing_blob_is_counted_as_of_unknown_size() -> None:
    repository = over_time({DATABASE: SQLITE}, {"a.py": b"1"})
    repository.lose("HEAD~1:data/shop.sqlite")
    told = report(repository)
    assert told.accounts.total == Account("", 1, 1, 0, 0, 0, 1)
    assert past(told, DATABASE).versions[0].stored is None
    assert told.audit.incomplete


def test_a_file_that_another_branch_has_again_says_so() -> None:
    repository = over_time({"a.py": b"1", DATABASE: SQLITE})
    repository.switch("side")
    repository.switch("main", "main")
    repository.remove(DATABASE)
    repository.commit("removed")
    repository.switch("side", "side")
    repository.file(DATABASE, SQLITE + b"again")
    repository.commit("again")
    repository.switch("main", "main")
    told = report(repository)
    assert past(told, DATABASE).returned
    assert "has it again" in told.audit.findings[0].evidence[-1].text


def test_a_file_that_a_merge_left_out_says_so() -> None:
    repository = over_time({"a.py": b"1"})
    base = commits(repository)[0]
    repository.switch("side", base)
    repository.file(DATABASE, SQLITE)
    side = repository.commit("side")
    repository.switch("main", base)
    repository.commit("ours", side)
    told = report(repository)
    assert past(told, DATABASE).removed is None
    assert "no commit removed it" in told.audit.findings[0].evidence[-1].text
