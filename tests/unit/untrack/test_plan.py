"""What a plan says, and the operation that it comes to, of a small work tree in memory."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from hygiene.model.criterion import Criterion
from hygiene.model.inventory import Sizes
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, Confidence, Disposition, Match
from hygiene.model.untracking import FileEdit, Flag, Held, IndexEdit, Move, OnDisk, Operation, Place, StayReason
from hygiene.untrack.operation import Tracked, commit_edits, operation_of
from hygiene.untrack.plan import Prepared, prepare
from hygiene.untrack.scene import Asked, Scene
from tests.fakes.checkout import FakeCheckout, FakeWorld, blob_of
from tests.fakes.history import FakeHistory
from tests.fakes.reports import plain_finding, plain_report, plain_rule
from tests.fakes.repository import FakeRepository

CACHE = plain_rule(
    "python-bytecode",
    category=Category.CACHE,
    confidence=Confidence.CERTAIN,
    gitignore=("*.pyc",),
    match=Match(suffixes=(".pyc",)),
)
SCRATCH = plain_rule("scratch", category=Category.SCRATCH, confidence=Confidence.CERTAIN, gitignore=("_tmp*/",))
KEYS = plain_rule("keys", category=Category.CREDENTIAL, confidence=Confidence.CERTAIN, disposition=Disposition.UNTRACK)
RULES = {rule.id: rule for rule in (CACHE, SCRATCH, KEYS)}
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 12345\n"


class HistoricFake(FakeRepository):
    @property
    def history(self) -> "Stored":
        return Stored(self)


class Stored(FakeHistory):
    def stored_sizes(self, blobs: object) -> Sizes:
        return dict.fromkeys(blobs, 10)  # type: ignore[call-overload, no-any-return]  # of blob ids


class Ground:
    """A work tree, its repository and the audit of it, which finds every `.pyc`, `_tmp` file and key."""

    def __init__(self, **files: bytes) -> None:
        self.world, self.repository = FakeWorld(), HistoricFake()
        self.checkout = FakeCheckout(self.world)
        for path, content in files.items():
            self.world.file(path, content)
            self.repository.file(path, content)
        self.world.commit()
        self.repository.commit()

    def report(self) -> AuditReport:
        entries = self.repository.list_index().entries
        found = [(rule, e) for e in entries for rule in RULES.values() if _meets(rule.id, e.path)]
        findings = [plain_finding(rule, e.path, mode=e.mode, blob=e.blob, size=self._size(e.blob)) for rule, e in found]
        return plain_report(findings, rules=RULES)

    def _size(self, blob: BlobId) -> int | None:
        return self.repository.sizes([blob]).get(blob)

    def prepare(self, *declared: str, criteria: Sequence[Criterion] = (), deletes: bool = False) -> Prepared:
        inventory = self.repository.list_index()
        scene = Scene(self.repository, self.checkout, self.checkout.standing(), inventory, self.report())
        return prepare(scene, Asked(criteria, [RepoPath(each) for each in declared], deletes))


def _meets(rule: str, path: str) -> bool:
    words = {
        "python-bytecode": path.endswith(".pyc"),
        "scratch": path.startswith("_tmp"),
        "keys": path.endswith(".key"),
    }
    return words[rule]


def add(contents: Sequence[bytes]) -> Sequence[BlobId]:
    return [blob_of(content) for content in contents]


def operation(prepared: Prepared, **on_disk: bytes) -> Operation:
    return operation_of(prepared, {RepoPath(path): content for path, content in on_disk.items()}, add)


def test_a_plan_says_what_leaves_and_what_keeps_it_out() -> None:
    plan = Ground(**{"a.pyc": b"1", "a.py": b"2"}).prepare().plan
    assert [each.path for each in plan.leaving] == ["a.pyc"]
    assert plan.on_disk == {"a.pyc": OnDisk.FILE}
    (change,) = plan.ignoring.changes
    assert (change.path, change.added) == (".gitignore", ((Category.CACHE, ("*.pyc",)),))
    assert plan.stored == {blob_of(b"1"): 10}
    assert not plan.obstacles
    assert not plan.is_empty


def test_nothing_found_is_an_empty_plan_and_an_operation_that_does_nothing() -> None:
    prepared = Ground(**{"a.py": b"2"}).prepare()
    assert prepared.plan.is_empty
    assert operation(prepared) == Operation()


def test_only_caches_and_build_output_on_disk_would_be_deleted() -> None:
    ground = Ground(**{"a.pyc": b"1", "_tmp/x": b"2", "id.key": b"3", "gone.pyc": b"4"})
    del ground.world.files[RepoPath("gone.pyc")]
    assert ground.prepare().plan.deleting == ()
    assert list(ground.prepare(deletes=True).plan.deleting) == ["a.pyc"]


@pytest.mark.parametrize("flag", list(Flag))
def test_what_somebody_told_git_about_is_left_alone(flag: Flag) -> None:
    ground = Ground(**{"a.pyc": b"1", "b.pyc": b"2"})
    ground.checkout.marked[RepoPath("a.pyc")] = flag
    plan = ground.prepare().plan
    assert [each.path for each in plan.leaving] == ["b.pyc"]
    assert [(each.finding.path, each.why) for each in plan.staying] == [("a.pyc", StayReason(flag.value))]


def test_lfs_pointers_and_submodules_are_left_alone() -> None:
    ground = Ground(**{"a.pyc": POINTER, "b.pyc": b"version https://git-lfs.github.com/spec/v2\n" + b"x" * 100})
    ground.repository.gitlink("sub.pyc")
    plan = ground.prepare().plan
    assert [each.path for each in plan.leaving] == ["b.pyc"]
    assert {each.finding.path: each.why for each in plan.staying} == {
        "a.pyc": StayReason.LFS_POINTER,
        "sub.pyc": StayReason.SUBMODULE,
    }


def obstacles(ground: Ground, *declared: str) -> list[str]:
    return [each.what for each in ground.prepare(*declared).plan.obstacles]


def test_what_git_is_in_the_middle_of_is_in_the_way() -> None:
    ground = Ground(**{"a.pyc": b"1"})
    ground.world.under_way, ground.world.lock = ("a merge",), "somebody"
    assert obstacles(ground) == ["a merge is under way", "index.lock is there, so another Git process may be at work"]


def test_conflicts_and_an_index_without_entries_are_in_the_way() -> None:
    ground = Ground(**{"a.pyc": b"1"})
    ground.repository.conflict("x.c", base=b"1", ours=b"2", theirs=b"3")
    assert obstacles(ground) == ["in conflict: x.c"]
    bare = Ground(**{"a.pyc": b"1"})
    head = bare.repository.list_revision("HEAD")
    scene = Scene(bare.repository, bare.checkout, bare.checkout.standing(), head, bare.report())
    (obstacle,) = prepare(scene, Asked((), (), deletes=False)).plan.obstacles
    assert "the index is empty" in obstacle.what


def test_content_that_only_the_index_leads_to_is_in_the_way() -> None:
    ground = Ground(**{"a.pyc": b"1"})
    ground.repository.file("a.pyc", b"staged, and neither committed nor on disk")
    assert obstacles(ground) == ["staged content that is neither in HEAD nor on disk would be lost: a.pyc"]
    ground.world.files[RepoPath("a.pyc")] = b"staged, and neither committed nor on disk"
    assert obstacles(ground) == []


@pytest.mark.parametrize(
    ("content", "says"), [(b"edited\n", "has changes that are not staged"), (None, "is not on disk")]
)
def test_an_ignore_file_with_changes_of_its_own_is_in_the_way(content: bytes | None, says: str) -> None:
    ground = Ground(**{"a.pyc": b"1", ".gitignore": b"*.log\n"})
    ground.world.files[RepoPath(".gitignore")] = b"*.log\r\n"
    assert obstacles(ground) == []
    del ground.world.files[RepoPath(".gitignore")]
    if content is not None:
        ground.world.files[RepoPath(".gitignore")] = content
    assert obstacles(ground) == [f".gitignore {says}"]


def test_an_ignore_file_that_somebody_told_git_about_is_in_the_way() -> None:
    ground = Ground(**{"a.pyc": b"1", ".gitignore": b"*.log\n"})
    ground.checkout.marked[RepoPath(".gitignore")] = Flag.SKIP_WORKTREE
    assert obstacles(ground) == [".gitignore has to change and is marked skip-worktree"]


def test_a_placeholder_needs_a_place() -> None:
    ground = Ground(**{"a.pyc": b"1", "Output": b"a file"})
    ground.world.file("Input/.gitkeep/x")
    (tracked, other) = obstacles(ground, "Output", "Input")
    assert other == "Output/.gitkeep has no place: Output is tracked and is no folder"
    assert tracked == "Input/.gitkeep has no place: it is a folder"


def test_an_operation_takes_out_keeps_places_and_changes_every_version_of_an_ignore_file() -> None:
    ground = Ground(**{"a.pyc": b"1", ".gitignore": b"*.log\n"})
    ground.world.files[RepoPath(".gitignore")] = b"*.log\r\n"
    done = operation(ground.prepare("Output", deletes=True))
    added = b"\n# runtime scratch\nOutput/*\n!Output/.gitkeep\n"
    texts = {edit.path: edit for edit in done.files}
    after = texts[RepoPath(".gitignore")].after
    assert after is not None
    assert b"*.pyc\r\n" in after
    staged = after.replace(b"\r\n", b"\n")
    assert done.index == (
        IndexEdit(RepoPath(".gitignore"), Held("100644", blob_of(b"*.log\n")), Held("100644", blob_of(staged))),
        IndexEdit(RepoPath("Output/.gitkeep"), None, Held("100644", blob_of(b""))),
        IndexEdit(RepoPath("a.pyc"), Held("100644", blob_of(b"1")), None),
    )
    assert texts[RepoPath("Output/.gitkeep")] == FileEdit(RepoPath("Output/.gitkeep"), None, b"")
    assert done.moves == (Move(RepoPath("a.pyc"), Place.WORK_TREE, Place.TRASH),)
    assert dict(done.contents) == {blob_of(text): text for text in (b"", b"*.log\n", staged)}
    assert added.splitlines()[2:] == [b"Output/*", b"!Output/.gitkeep"]


def test_a_placeholder_that_is_on_disk_is_tracked_as_it_is() -> None:
    ground = Ground(**{"a.pyc": b"1"})
    done = operation(ground.prepare("Output"), **{"Output/.gitkeep": b"keep me\n"})
    assert Held("100644", blob_of(b"keep me\n")) in [edit.after for edit in done.index]
    assert "Output/.gitkeep" not in [edit.path for edit in done.files]


def test_an_ignore_file_that_is_not_tracked_yet_becomes_so_with_all_it_holds() -> None:
    ground = Ground(**{"a.pyc": b"1"})
    ground.world.files[RepoPath(".gitignore")] = b"mine/\n"
    (edit, _) = operation(ground.prepare()).index
    assert edit.before is None
    assert dict(operation(ground.prepare()).contents)[edit.after.blob if edit.after else BlobId("")].startswith(
        b"mine/\n"
    )


def test_a_commit_changes_heads_ignore_file_and_not_what_else_is_staged() -> None:
    ground = Ground(**{"a.pyc": b"1", ".gitignore": b"committed/\n"})
    for grown in (ground.world.file, ground.repository.file):
        grown(".gitignore", b"committed/\nstaged/\n")
    prepared = ground.prepare()
    contents: list[bytes] = []

    def keep(given: Sequence[bytes]) -> Sequence[BlobId]:
        contents.extend(given)
        return add(given)

    at_head = Tracked(RepoPath(".gitignore"), Held("100644", blob_of(b"committed/\n")), b"committed/\n")
    edits = commit_edits(operation(prepared), prepared, {at_head.path: at_head}, keep)
    assert [edit.path for edit in edits] == [".gitignore", "a.pyc"]
    assert edits[0].before == at_head.held
    (text,) = contents
    assert b"staged/" not in text
    assert text.startswith(b"committed/\n")


def test_an_operation_backwards_is_the_way_back() -> None:
    done = operation(Ground(**{"a.pyc": b"1", ".gitignore": b"x\n"}).prepare("Output", deletes=True))
    back = done.inverse
    assert back.inverse == done
    assert [(edit.before, edit.after) for edit in back.index] == [(edit.after, edit.before) for edit in done.index]
    assert replace(back, index=done.index) != done


def test_what_an_untracked_ignore_file_lets_in_is_told() -> None:
    ground = Ground(**{"lib/a.pyc": b"1", "b.pyc": b"2"})
    ground.world.files[RepoPath("lib/.gitignore")] = b"!*\n"
    (told,) = ground.prepare().plan.ignoring.not_ignored
    assert told == ("lib/a.pyc", "lib/.gitignore, which is not tracked, lets it in")
    ground.world.files[RepoPath("lib/.gitignore")] = b"*\n"
    assert ground.prepare().plan.ignoring.not_ignored == []
