"""The computed checks, each with what it must and must not object to."""

import time

import pytest

from hygiene.audit.checks.registry import CHECKS, PERMIT_CHECKS
from hygiene.audit.engine import AuditRequest
from hygiene.model.finding import Finding
from hygiene.model.rule import Category, Confidence, Match
from hygiene.policy.configuration.settings import SizeCaps
from hygiene.policy.rules.catalogue import load_catalogue
from tests.fakes.repository import FakeRepository
from tests.unit.audit.scenes import audit, paths, rule


def checked(name: str, files: FakeRepository | dict[str, bytes], request: AuditRequest | None = None) -> list[Finding]:
    return list(audit(files, load_catalogue().get(name), request=request).findings)


def test_every_check_of_the_catalogue_exists_and_every_check_has_its_rule() -> None:
    assert {each.check for each in load_catalogue().rules if each.check} == CHECKS.keys() | PERMIT_CHECKS.keys()
    assert not CHECKS.keys() & PERMIT_CHECKS.keys()


# tracked-but-ignored


def test_a_tracked_file_that_the_ignore_rules_exclude() -> None:
    found = checked(
        "tracked-but-ignored", {".gitignore": b"*.log\n!keep.log\n", "a.log": b"", "keep.log": b"", "b": b""}
    )
    assert paths(found) == ["a.log"]
    assert found[0].confidence is Confidence.REVIEW
    assert found[0].evidence[0].text == ".gitignore:1 ignores it (*.log)"


def test_an_ignored_file_that_another_rule_explains_is_not_named_twice() -> None:
    logs = rule("log", Match(suffixes=(".log",)))
    report = audit({".gitignore": b"*.log\n", "a.log": b"x\n"}, logs, load_catalogue().get("tracked-but-ignored"))
    assert [finding.rule for finding in report.findings] == ["log"]


# dead-negation


def test_a_negation_below_an_excluded_folder_can_never_work() -> None:
    found = checked("dead-negation", {".gitignore": b"Input/\n!Input/.gitkeep\n"})
    assert paths(found) == [".gitignore"]
    assert found[0].evidence[0].line == 2


def test_a_negation_that_works_is_left_alone() -> None:
    assert not checked("dead-negation", {".gitignore": b"Input/*\n!Input/.gitkeep\n"})


# copied-source-tree


def test_files_of_a_copied_tree_that_no_other_rule_explains() -> None:
    names = [f"pkg/m{number}.py" for number in range(5)]
    files = {f"src/{name}": name.encode() for name in names} | {f"old/{name}": name.encode() for name in names}
    assert paths(checked("copied-source-tree", files)) == [f"old/{name}" for name in names]


def test_equal_trees_under_names_that_people_give_are_meant() -> None:
    names = [f"m{number}.py" for number in range(5)]
    files = {f"linux/{name}": name.encode() for name in names} | {f"macos/{name}": name.encode() for name in names}
    assert not checked("copied-source-tree", files)


# duplicate-large-blobs


def test_a_large_file_kept_twice() -> None:
    large = bytes(1024 * 1024 + 1)
    found = checked("duplicate-large-blobs", {"a.bin": large, "b/a.bin": large, "c": b"x", "d": b"x"})
    assert paths(found) == ["b/a.bin"]
    assert found[0].evidence[0].path == "a.bin"


# collisions


def test_names_that_differ_in_case_alone() -> None:
    found = checked("case-collision", {"README.md": b"1", "readme.md": b"2", "other": b"3"})
    assert paths(found) == ["readme.md"]


def test_names_that_differ_in_normalisation_alone() -> None:
    found = checked("unicode-collision", {"caf\u00e9": b"1", "cafe\u0301": b"2"})
    assert len(found) == 1
    assert not checked("case-collision", {"caf\u00e9": b"1", "cafe\u0301": b"2"})


# links


def test_another_repositorys_commit_without_a_module_entry() -> None:
    repository = FakeRepository()
    repository.file(
        ".gitmodules", b'[submodule "a"]\n\tpath = libs/a\n[submodule "s"]\n\tpath = "libs/with space"\n\turl = x\n'
    )
    for path in ("libs/a", "libs/with space", "libs/b"):
        repository.gitlink(path)
    assert paths(checked("gitlink-without-gitmodules", repository)) == ["libs/b"]


def test_symlinks_that_lead_out() -> None:
    repository = FakeRepository()
    for path, target in {
        "abs": b"/etc/passwd",
        "up": b"../x",
        "a/up": b"../../x",
        "a/in": b"../b",
        "win": b"C:\\x",
        "here": b"b",
    }.items():
        repository.symlink(path, target)
    repository.commit()
    assert paths(checked("symlink-leaves-repository", repository)) == ["a/up", "abs", "up", "win"]


# buried-repository


def test_a_bare_repository_among_the_files() -> None:
    files = {"x/repo/HEAD": b"ref: x", "x/repo/objects/aa/bb": b"", "x/repo/refs/heads/main": b"", "HEAD": b"1"}
    assert paths(checked("buried-repository", files)) == ["x/repo/HEAD"]


def test_many_files_called_head_take_no_time() -> None:
    repository = FakeRepository()
    for number in range(20_000):
        repository.file(f"d{number}/HEAD")
    start = time.perf_counter()
    assert not checked("buried-repository", repository)
    assert time.perf_counter() - start < 5


# lfs-raw-blob


def test_content_that_git_lfs_was_to_hold() -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 5\n"
    files = {
        ".gitattributes": b"*.db filter=lfs -text\n",
        "a.db": pointer,
        "b.db": b"raw",
        "c.db": b"r" * 2000,
        "d.db": b"",
    }
    found = checked("lfs-raw-blob", files)
    assert paths(found) == ["b.db", "c.db"]
    assert found[0].evidence[0].text == ".gitattributes:1 gives it to Git LFS"


# oversized-file


def test_the_size_cap_is_on_what_git_stores_and_holds_among_fixtures_too() -> None:
    request = AuditRequest(size_caps=SizeCaps(10))
    found = checked("oversized-file", {"a": b"x" * 10, "tests/data/b": b"x" * 11}, request)
    assert paths(found) == ["tests/data/b"]
    assert (found[0].category, found[0].confidence) == (Category.OVERSIZE, Confidence.CERTAIN)


CAPS = SizeCaps(100, (("docs/", 1000), ("*.csv", 10), ("/docs/**/big.csv", 500)))


@pytest.mark.parametrize(
    ("path", "size", "told"),
    [
        ("a", 100, None),
        ("a", 101, "101 bytes, over the cap of 100"),
        ("docs/a", 1000, None),
        ("docs/deep/a", 1001, "1,001 bytes, over the cap of 1000 for docs/"),
        ("a.csv", 11, "11 bytes, over the cap of 10 for *.csv"),
        ("docs/a.csv", 11, "11 bytes, over the cap of 10 for *.csv"),
        ("docs/x/big.csv", 500, None),
        ("docs/x/big.csv", 501, "501 bytes, over the cap of 500 for /docs/**/big.csv"),
        ("x/docs/big.csv", 11, "11 bytes, over the cap of 10 for *.csv"),
    ],
)
def test_the_last_pattern_that_covers_a_file_decides_its_cap(path: str, size: int, told: str | None) -> None:
    found = checked("oversized-file", {path: b"x" * size}, AuditRequest(size_caps=CAPS))
    assert [finding.evidence[0].text for finding in found] == ([] if told is None else [told])


def test_with_new_since_only_what_was_added_or_grew_is_capped() -> None:
    repository = FakeRepository.holding({"old": b"x" * 20, "grown": b"x" * 20, "shrunk": b"x" * 30, "moved": b"y" * 20})
    repository.tag("base")
    repository.file("grown", b"x" * 21)
    repository.file("shrunk", b"x" * 25)
    repository.file("added", b"x" * 20)
    repository.file("small", b"x")
    repository.commit()
    found = checked("oversized-file", repository, AuditRequest(size_caps=SizeCaps(10), new_since="base"))
    assert paths(found) == ["added", "grown"]


class Unrelated(FakeRepository):
    """A repository whose history is cut above every common ancestor."""

    def merge_base(self, revision: str, other: str) -> str | None:  # noqa: ARG002  # nothing is found for any
        return None


def test_without_a_merge_base_every_file_is_capped_and_the_answer_is_incomplete() -> None:
    repository = Unrelated.holding({"old": b"x" * 20})
    report = audit(repository, load_catalogue().get("oversized-file"), request=AuditRequest(None, SizeCaps(10), "HEAD"))
    assert paths(report.findings) == ["old"]
    assert "no common ancestor" in report.incomplete[0].reason
