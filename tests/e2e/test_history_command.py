"""`hygiene audit --history` and `--range`, from the command line to the exit status."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.report.history_json import history_schema
from tests.e2e.command import Ended, environment, hygiene
from tests.e2e.project import CLUTTER


@pytest.fixture
def cleaned(tmp_path: Path) -> RepositoryBuilder:
    """A repository that once tracked clutter and cleaned it up, as v1.0 still shows."""
    built = RepositoryBuilder(tmp_path / "project")
    built.file("src/a.py", b"print()\n")
    built.commit("first")
    built.file(CLUTTER, b"\xcb\r\r\n" + bytes(12) + b"compiled" * 100)
    built.commit("clutter comes")
    built.tag("v1.0")
    built.remove(CLUTTER)
    built.commit("clutter goes")
    return built


def told(ended: Ended) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(ended.out)
    jsonschema.validate(document, json.loads(history_schema()))
    return document


def history(built: RepositoryBuilder, *options: str) -> Ended:
    return hygiene("audit", built.path, "--history", *options)


def test_the_index_is_clean_and_the_history_is_not(cleaned: RepositoryBuilder) -> None:
    assert hygiene("audit", cleaned.path).status == 0
    ended = history(cleaned)
    assert ended.status == 1
    assert "python-bytecode" in ended.out
    assert cleaned.id_of("HEAD~1")[:8] in ended.out
    assert cleaned.id_of("HEAD")[:8] in ended.out


def test_the_report_names_both_commits_and_the_bytes(cleaned: RepositoryBuilder) -> None:
    document = told(history(cleaned, "--format", "json"))
    [past] = document["pasts"]
    assert past["path"] == CLUTTER
    assert past["introduced"]["id"] == cleaned.id_of("HEAD~1")
    assert past["removed"]["id"] == cleaned.id_of("HEAD")
    assert past["at_head"] is False
    stored = int(cleaned.git("cat-file", "--batch-check=%(objectsize:disk)", stdin=f"v1.0:{CLUTTER}".encode()))
    assert [version["stored"] for version in past["versions"]] == [stored]


def test_both_readers_and_every_state_of_the_index_tell_the_same(cleaned: RepositoryBuilder) -> None:
    options = ("--format", "json")
    cold = history(cleaned, *options).out
    assert (cleaned.git_dir / "hygiene" / "index.sqlite").is_file()
    assert history(cleaned, *options).out == cold
    assert history(cleaned, *options, "--no-index").out == cold
    assert history(cleaned, *options, "--reader", "libgit2").out == cold


def test_without_an_index_nothing_is_written(cleaned: RepositoryBuilder) -> None:
    assert history(cleaned, "--no-index").status == 1
    assert not (cleaned.git_dir / "hygiene").exists()


def test_one_commit_more_is_seen(cleaned: RepositoryBuilder) -> None:
    history(cleaned)
    cleaned.file(".DS_Store", b"store")
    cleaned.commit("more clutter")
    again = history(cleaned, "--format", "json").out
    assert {past["path"] for past in json.loads(again)["pasts"]} == {CLUTTER, ".DS_Store"}
    assert again == history(cleaned, "--format", "json", "--no-index").out


def test_a_planted_index_hides_nothing(cleaned: RepositoryBuilder, tmp_path: Path) -> None:
    """It was made by the same program, for another user, of a history that holds nothing."""
    innocent = RepositoryBuilder(tmp_path / "innocent")
    innocent.file("src/a.py", b"print()\n")
    innocent.commit("first")
    hygiene("audit", innocent.path, "--history", env=environment(XDG_STATE_HOME=str(tmp_path / "another user")))
    (cleaned.git_dir / "hygiene").mkdir()
    planted = (innocent.git_dir / "hygiene" / "index.sqlite").read_bytes()
    (cleaned.git_dir / "hygiene" / "index.sqlite").write_bytes(planted)
    with sqlite3.connect(cleaned.git_dir / "hygiene" / "index.sqlite") as database:
        database.execute("UPDATE tip SET id = ?", [bytes.fromhex(cleaned.id_of("HEAD"))])
    ended = history(cleaned, "--format", "json")
    assert ended.status == 1
    assert any("made by somebody else" in note for note in told(ended)["notes"])


def test_a_repository_that_cannot_be_written_works_all_the_same(cleaned: RepositoryBuilder) -> None:
    (cleaned.git_dir / "hygiene").write_bytes(b"somebody else's")
    ended = history(cleaned, "--format", "json")
    assert ended.status == 1
    assert (cleaned.git_dir / "hygiene").read_bytes() == b"somebody else's"


def test_a_range_judges_what_its_last_commit_has_removed_again(cleaned: RepositoryBuilder) -> None:
    ended = hygiene("audit", cleaned.path, "--range", "HEAD~2..HEAD", "--format", "json")
    assert ended.status == 1
    document = told(ended)
    assert document["scope"] == "HEAD~2..HEAD"
    assert [past["path"] for past in document["pasts"]] == [CLUTTER]
    assert not (cleaned.git_dir / "hygiene").exists()


def test_a_range_leaves_alone_what_its_base_has_brought_in(cleaned: RepositoryBuilder) -> None:
    assert hygiene("audit", cleaned.path, "--range", "v1.0..HEAD").status == 0
    assert hygiene("audit", cleaned.path, "--range", "HEAD..HEAD").status == 0


def test_a_range_says_changed_of_what_its_base_has(cleaned: RepositoryBuilder) -> None:
    cleaned.file(CLUTTER, b"\xcb\r\r\n" + bytes(12) + b"compiled again" * 100)
    cleaned.commit("clutter comes again")
    cleaned.file(CLUTTER, b"\xcb\r\r\n" + bytes(12) + b"compiled once more" * 100)
    cleaned.commit("and changes")
    [finding] = told(hygiene("audit", cleaned.path, "--range", "HEAD~1..HEAD", "--format", "json"))["findings"]
    [said] = [reason["text"] for reason in finding["evidence"] if reason["kind"] == "introduced"]
    assert said.endswith(" changed it")


def test_an_empty_range_says_so(cleaned: RepositoryBuilder) -> None:
    for asked in ("HEAD..HEAD", "HEAD..HEAD~2"):
        ended = hygiene("audit", cleaned.path, "--range", asked, "--format", "json")
        assert ended.status == 0
        assert any("no commit is in this range" in note for note in told(ended)["notes"])


def test_other_roots_are_another_history(cleaned: RepositoryBuilder) -> None:
    assert history(cleaned, "--roots", "HEAD~2").status == 0
    assert history(cleaned, "--roots", "tags").status == 1
    assert history(cleaned, "--roots", "branches,HEAD~2").status == 1
    assert history(cleaned, "--roots", "HEAD~2").status == 0


def test_findings_of_the_history_reach_every_format(cleaned: RepositoryBuilder, tmp_path: Path) -> None:
    names = ("markdown", "sarif", "gitlab", "junit", "github", "github-summary")
    reports = [f"--report={name}={tmp_path / name}" for name in names]
    assert history(cleaned, *reports).status == 1
    for name in names:
        text = (tmp_path / name).read_text()
        assert cleaned.id_of("HEAD~1")[:12] in text or name == "github-summary", name


def test_a_waiver_lets_the_history_pass(cleaned: RepositoryBuilder) -> None:
    cleaned.check_out()
    waiver = f'[[waivers]]\nrule = "python-bytecode"\npath = "{CLUTTER}"\nreason = "it is gone"\n'
    (cleaned.path / "hygiene.toml").write_text(waiver)
    ended = history(cleaned, "--format", "json")
    assert ended.status == 0
    assert len(told(ended)["waived"]) == 1


def test_a_shallow_clone_is_incomplete(cleaned: RepositoryBuilder, tmp_path: Path) -> None:
    clone = cleaned.shallow_clone(tmp_path / "clone")
    ended = hygiene("audit", clone, "--history", "--format", "json")
    assert ended.status == 4
    assert any("--unshallow" in gap["help"] for gap in told(ended)["incomplete"])


def test_a_missing_object_is_told_and_the_rest_is_judged(cleaned: RepositoryBuilder) -> None:
    cleaned.lose(f"v1.0:{CLUTTER}")
    ended = history(cleaned, "--format", "json")
    document = told(ended)
    assert ended.status in (1, 4)
    assert document["incomplete"]
    assert [past["path"] for past in document["pasts"]] == [CLUTTER]
    cleaned.lose("HEAD~2^{tree}")
    ended = history(cleaned, "--format", "json")
    assert any("tree" in gap["reason"] for gap in told(ended)["incomplete"])


def test_a_missing_commit_is_told_and_the_rest_is_judged(cleaned: RepositoryBuilder) -> None:
    cleaned.lose("HEAD~2")
    ended = history(cleaned, "--format", "json")
    document = told(ended)
    assert document["incomplete"]
    assert [past["path"] for past in document["pasts"]] == [CLUTTER]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--history", "--staged"], "--history and --staged"),
        (["--history", "--rev", "HEAD"], "--history and --rev"),
        (["--range", "HEAD..HEAD", "--history"], "--history and --range"),
        (["--history", "--write-baseline"], "--write-baseline and --history"),
        (["--roots", "tags"], "--roots says something of --history"),
        (["--range", "HEAD"], "no BASE..TIP"),
        (["--range", "HEAD...HEAD"], "no BASE..TIP"),
        (["--history", "--roots", "tags,,head"], "names no root"),
        (["--history", "--roots", "no-such-thing"], "unknown revision 'no-such-thing'"),
        (["--range", "no-such-thing..HEAD"], "unknown revision 'no-such-thing'"),
    ],
)
def test_what_cannot_be_meant_is_told(cleaned: RepositoryBuilder, options: list[str], complaint: str) -> None:
    ended = hygiene("audit", cleaned.path, *options)
    assert ended.status == 2
    assert complaint in ended.err


def test_nothing_committed_is_nothing_to_audit(tmp_path: Path) -> None:
    built = RepositoryBuilder(tmp_path / "empty")
    ended = hygiene("audit", built.path, "--history")
    assert ended.status == 3
    assert "no commit can be reached from branches, tags, head" in ended.err


def test_an_index_can_be_cleared(cleaned: RepositoryBuilder) -> None:
    history(cleaned)
    file = cleaned.git_dir / "hygiene" / "index.sqlite"
    ended = hygiene("index", "clear", cleaned.path)
    assert (ended.status, ended.out) == (0, f"removed {file}\n")
    assert not file.parent.exists()
    ended = hygiene("index", "clear", cleaned.path)
    assert (ended.status, ended.out) == (0, f"there is no {file}\n")


def test_what_stands_in_place_of_an_index_is_not_cleared(cleaned: RepositoryBuilder) -> None:
    (cleaned.git_dir / "hygiene").mkdir()
    (cleaned.git_dir / "hygiene" / "index.sqlite").mkdir()
    ended = hygiene("index", "clear", cleaned.path)
    assert ended.status == 5
    assert "index.sqlite is a folder" in ended.err


def test_a_bare_repository_keeps_its_index_too(cleaned: RepositoryBuilder, tmp_path: Path) -> None:
    clone = cleaned.bare_clone(tmp_path / "clone.git")
    assert hygiene("audit", clone, "--history").status == 1
    assert (clone / "hygiene" / "index.sqlite").is_file()


def test_a_linked_work_tree_shares_the_index(cleaned: RepositoryBuilder, tmp_path: Path) -> None:
    linked = cleaned.linked_work_tree(tmp_path / "linked")
    assert hygiene("audit", linked, "--history").status == 1
    assert [file.name for file in (cleaned.git_dir / "hygiene").iterdir()] == ["index.sqlite"]


def test_other_branches_of_a_clones_origin_are_not_left_out_in_silence(
    cleaned: RepositoryBuilder, tmp_path: Path
) -> None:
    cleaned.switch("side")
    cleaned.file(".DS_Store", b"store")
    cleaned.commit("on the side")
    cleaned.switch("main", "main")
    clone = tmp_path / "clone"
    cleaned.git("clone", "-q", "--no-checkout", "-b", "main", str(cleaned.path), str(clone))
    notes = told(hygiene("audit", clone, "--history", "--format", "json"))["notes"]
    assert any(note.endswith(": refs/remotes/origin/side") for note in notes)
    document = told(hygiene("audit", clone, "--history", "--roots", "head,remotes", "--format", "json"))
    assert ".DS_Store" in {past["path"] for past in document["pasts"]}


def test_a_clone_that_is_cut_shorter_is_read_anew(cleaned: RepositoryBuilder, tmp_path: Path) -> None:
    cleaned.file(".DS_Store", b"store")
    cleaned.commit("at HEAD")
    cleaned.file("src/b.py", b"print()\n")
    cleaned.commit("on top")
    clone = tmp_path / "clone"
    cleaned.git("clone", "-q", "--no-checkout", f"file://{cleaned.path}", str(clone))
    assert hygiene("audit", clone, "--history").status == 1
    cleaned.git("-C", str(clone), "fetch", "-q", "--depth=1", "origin", "main")
    ended = hygiene("audit", clone, "--history", "--format", "json")
    assert ".DS_Store" in {past["path"] for past in told(ended)["pasts"]}
    assert ended.out == hygiene("audit", clone, "--history", "--format", "json", "--no-index").out
