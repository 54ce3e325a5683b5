"""How large a history is, and what is worst in it."""

import pytest

from hygiene.history.scales import SCALES
from hygiene.history.scan import Scanner
from hygiene.history.statistics import Measured, statistics
from hygiene.model.history import Month, Rewritten, Roots
from hygiene.model.inventory import Gap
from hygiene.model.paths import RepoPath
from hygiene.model.statistics import Concern, Footprint, HistoryStatistics, Statistic
from tests.fakes.history import FakeHistory
from tests.fakes.history_index import FakeHistoryIndex
from tests.fakes.repository import FakeRepository
from tests.unit.audit.scenes import Silence

FOOTPRINT = Footprint(packs=3, packed=4000, loose=7, loose_size=96)


class Disk:
    def footprint(self) -> Footprint:
        return FOOTPRINT


def measure(
    repository: FakeRepository, top: int = 10, gaps: tuple[Gap, ...] = (), history: FakeHistory | None = None
) -> HistoryStatistics:
    history, index = history or FakeHistory(repository), FakeHistoryIndex()
    roots = history.named_roots(sorted(repository._refs))
    Scanner(repository, history, index, Silence()).scan(roots)
    return statistics(Measured(repository, history, index, Disk(), roots.commits), top, gaps)


def by_name(found: HistoryStatistics) -> dict[str, Statistic]:
    assert len({line.name for line in found.lines}) == len(found.lines)
    return {line.name: line for line in found.lines}


@pytest.fixture
def repository() -> FakeRepository:
    built = FakeRepository()
    built.file("large.bin", b"x" * 5000)
    built.file("a.py", b"one")
    built.commit("first")
    built.remove("large.bin")
    built.file("a.py", b"two")
    for number in range(4):
        built.file(f"src/deep/er/{number}.py", b"same")
    built.symlink("link", b"a.py")
    built.gitlink("module")
    built.commit("second")
    return built


def test_the_whole_history_is_counted(repository: FakeRepository) -> None:
    lines = by_name(measure(repository))
    values = {name: lines[name].value for name in ("commits", "paths", "versions", "blobs", "blob-size")}
    assert values == {"commits": 2, "paths": 8, "versions": 9, "blobs": 5, "blob-size": 5000 + 3 + 3 + 4 + 4}
    assert (lines["largest-blob"].value, lines["largest-blob"].worst) == (5000, "large.bin")
    assert (lines["most-rewritten"].value, lines["most-rewritten"].worst) == (2, "a.py")
    assert (lines["path-length"].value, lines["path-length"].worst) == (16, "src/deep/er/0.py")
    assert (lines["path-depth"].value, lines["path-depth"].worst) == (3, "src/deep/er/0.py")


def test_references_are_counted_by_their_kind(repository: FakeRepository) -> None:
    repository._refs.clear()
    heads = ["refs/heads/main", "refs/remotes/origin/main", "refs/tags/v1", "refs/notes/commits"]
    pulls = ["refs/pull/1/head", "refs/pull-requests/2/from", "refs/merge-requests/3/head"]
    repository._branch = heads[0]
    repository.commit("third")
    for name in [*heads[1:], *pulls, "refs/original/refs/heads/main", "refs/keep/around"]:
        repository.tag(name)
    lines = by_name(measure(repository))
    names = ("branches", "remote-branches", "tags", "notes", "pull-requests")
    assert [lines[name].value for name in names] == [1, 1, 1, 1, 3]


def test_head_is_counted_by_itself(repository: FakeRepository) -> None:
    lines = by_name(measure(repository))
    assert (lines["files"].value, lines["file-size"].value) == (5, 3 + 4 * 4)
    assert (lines["symlinks"].value, lines["submodules"].value) == (1, 1)
    assert (lines["folder-width"].value, lines["folder-width"].worst) == (4, "")  # a.py, link, module and src


def test_folders_are_entries_of_the_fullest_folder_too() -> None:
    built = FakeRepository.holding({"a/1/x": b"", "a/2/x": b"", "a/3": b"", "b/x": b"", "b/y": b""})
    line = by_name(measure(built))["folder-width"]
    assert (line.value, line.worst) == (3, "a/")


def test_the_disk_is_told_as_it_is(repository: FakeRepository) -> None:
    lines = by_name(measure(repository))
    assert (lines["disk-size"].value, lines["packs"].value, lines["loose-objects"].value) == (4096, 3, 7)


def test_the_worst_are_listed_as_far_as_asked(repository: FakeRepository) -> None:
    found = measure(repository, top=1)
    (largest,) = found.largest
    assert (largest.path, largest.size, largest.stored) == ("large.bin", 5000, 2500)
    assert found.rewritten == [Rewritten(RepoPath("a.py"), 2)]
    nothing = measure(repository, top=0)
    assert (list(nothing.largest), list(nothing.rewritten)) == ([], [])
    assert by_name(nothing)["largest-blob"].value == 5000


def test_months_are_told(repository: FakeRepository) -> None:
    assert measure(repository).months == [Month("1970-01", 5, 5014)]


def test_without_a_commit_at_head_there_are_no_lines_about_it() -> None:
    built = FakeRepository()
    built.file("a.py", b"one")
    built.commit()
    built._branch = "unborn"
    found = measure(built)
    assert found.head is None
    assert "files" not in by_name(found)
    assert by_name(found)["commits"].value == 1


def test_what_could_not_be_read_is_told(repository: FakeRepository) -> None:
    gap = Gap("a commit is missing", "Fetch it.")
    assert measure(repository, gaps=(gap,)).incomplete == [gap]


def test_every_gap_is_told_once(repository: FakeRepository) -> None:
    class Torn(FakeHistory):
        def every_root(self) -> Roots:
            return super().every_root()._replace(gaps=[gap, other])

    gap, other = Gap("the reference a is broken", "Mend it."), Gap("the reference b is broken", "Mend it.")
    assert measure(repository, gaps=(gap,), history=Torn(repository)).incomplete == [gap, other]


def test_a_blob_without_a_size_makes_the_answer_less_than_whole(repository: FakeRepository) -> None:
    repository.lose("HEAD~1:large.bin")
    (gap,) = measure(repository).incomplete
    assert "a blob of the history" in gap.reason


def test_a_file_without_a_size_at_head_is_told_too(repository: FakeRepository) -> None:
    repository.lose("HEAD:src/deep/er/0.py")
    at_head, ever = measure(repository).incomplete
    assert "4 files at HEAD" in at_head.reason
    assert "a blob of the history" in ever.reason


@pytest.mark.parametrize("name", SCALES)
def test_a_scale_gives_a_mark_more_at_each_of_its_steps(name: str) -> None:
    scale = SCALES[name]
    assert scale.concern(0) is Concern.NONE
    for marks, step in enumerate(scale.steps, start=1):
        assert scale.concern(step - 1) == marks - 1
        assert scale.concern(step) == marks
    assert scale.reason


def test_a_value_over_a_limit_gets_its_marks_and_the_reason() -> None:
    line = by_name(measure(FakeRepository.holding({"large.bin": b"x" * (1 << 20), "d/" * 50 + "x": b""})))
    assert line["largest-blob"].concern is Concern.NOTE
    assert line["path-depth"].concern is Concern.WARNING
    assert "GitHub" in line["path-depth"].reason
    assert line["commits"].reason == ""


def test_every_scale_is_of_a_line(repository: FakeRepository) -> None:
    assert SCALES.keys() <= by_name(measure(repository)).keys()
