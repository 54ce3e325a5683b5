"""The baseline's file: lossless, the same for the same entries, mergeable, and refused once anybody touched it."""

import json
import time
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hygiene.policy
from fixtures.repositories import run_git
from hygiene.errors import BrokenBaseline
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Accepted
from hygiene.model.rule import Category, RuleId
from hygiene.policy.baseline.file import MAX_BYTES, read_baseline, write_baseline
from hygiene.policy.baseline.shape import baseline_schema

SCHEMA = Path(hygiene.policy.__file__).parent / "schemas" / "baseline-1.schema.json"

_paths = st.binary(min_size=1, max_size=12).map(lambda raw: raw.replace(b"\0", b"/").decode("utf-8", "surrogateescape"))
accepted = st.builds(
    Accepted,
    st.sampled_from(["junk", "database-file", "a1-b2"]).map(RuleId),
    (_paths | st.sampled_from(["a", "é", "\ufffd", "\udce9", "a\nb", "\x7f\x1b[31m", '"\\'])).map(RepoPath),
    st.sampled_from(["0" * 40, "f" * 40, "ab" * 32]).map(BlobId),
    st.sampled_from(Category),
    st.none() | st.integers(0, 2**63 - 1),
)
baselines = st.lists(accepted, max_size=6, unique_by=lambda entry: entry.key)


def entry(path: str = "a.db", rule: str = "database-file", size: int | None = 5) -> Accepted:
    return Accepted(RuleId(rule), RepoPath(path), BlobId("a" * 40), Category.DATABASE, size)


def problems(data: bytes) -> tuple[str, ...]:
    with pytest.raises(BrokenBaseline) as caught:
        read_baseline(data, "base.json")
    assert caught.value.message.startswith("cannot use the baseline base.json:\n")
    return caught.value.problems


def edited(**changes: object) -> bytes:
    """A baseline of one entry that somebody has changed."""
    file = json.loads(write_baseline([entry()]))
    file["entries"][0] |= changes
    return json.dumps(file).encode()


@given(baselines)
def test_what_is_written_is_read_again(entries: list[Accepted]) -> None:
    assert set(read_baseline(write_baseline(entries), "b")) == set(entries)


@given(baselines, st.data())
def test_the_same_entries_give_the_same_bytes(entries: list[Accepted], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(entries))
    assert write_baseline(shuffled) == write_baseline(entries) == write_baseline([*entries, *entries])


@settings(deadline=None)
@given(baselines)
def test_the_file_is_ascii_with_one_entry_a_line_and_fits_its_schema(entries: list[Accepted]) -> None:
    text = write_baseline(entries).decode("ascii")
    assert "\x7f" not in text
    assert text.count("\n") == len(entries) + 5
    jsonschema.validate(json.loads(text), json.loads(baseline_schema()))


def test_entries_are_in_the_order_of_their_paths() -> None:
    names = ["b", "a/b", "a", "a.b"]
    assert [each.path for each in read_baseline(write_baseline(map(entry, names)), "b")] == ["a", "a.b", "a/b", "b"]


def test_the_committed_schema_is_the_one_that_the_types_make() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == baseline_schema()


def test_line_endings_a_byte_order_mark_and_layout_do_not_matter() -> None:
    written = write_baseline([entry()])
    for data in (
        written.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + written,
        json.dumps(json.loads(written), indent=4).encode(),
        written.replace(b"\n", b""),
    ):
        assert read_baseline(data, "b") == (entry(),)


@given(baselines.filter(bool), st.data())
def test_no_value_can_be_changed_unnoticed(entries: list[Accepted], data: st.DataObject) -> None:
    file = json.loads(write_baseline(entries))
    place = data.draw(st.sampled_from(range(len(entries))))
    other = json.loads(write_baseline([data.draw(accepted)]))["entries"][0]
    key = data.draw(st.sampled_from([key for key in other if key not in ("check", "path_b64")]))
    before = dict(file["entries"][place])
    file["entries"][place][key] = other[key]
    if before == file["entries"][place]:
        return
    assert any(f"entries[{place}]" in problem for problem in problems(json.dumps(file).encode()))


@given(baselines, st.integers(min_value=0), st.integers(0, 255))
def test_no_byte_can_be_changed_so_that_other_entries_come_out(entries: list[Accepted], at: int, byte: int) -> None:
    written = bytearray(write_baseline(entries))
    written[at % len(written)] = byte
    try:
        read = read_baseline(bytes(written), "b")
    except BrokenBaseline:
        return
    assert set(read) == set(entries)


def test_an_entry_may_be_taken_out() -> None:
    lines = write_baseline([entry("a"), entry("b")]).splitlines(keepends=True)
    assert read_baseline(b"".join(line for line in lines if b'"a"' not in line), "b") == (entry("b"),)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"size": 6}, "its check does not fit"),
        ({"size": None}, "its check does not fit"),
        ({"path": "b.db"}, "entries[0] (b.db): it was changed after it was written"),
        ({"category": "media"}, "its check does not fit"),
        ({"check": "0" * 16}, "its check does not fit"),
        ({"category": "toys"}, "category: 'toys' is not a choice"),
        ({"size": -1}, "size: expected integer >= 0"),
        ({"size": 2**63}, "size: expected integer <="),
        ({"size": 10**4000}, "size: "),
        ({"size": "5"}, "size: expected integer or null, got string"),
        ({"size": True}, "size: expected"),
        ({"size": 5.5}, "size: expected"),
        ({"blob": "A" * 40}, "blob: cannot be"),
        ({"rule": "Junk\n"}, "rule: cannot be"),
        ({"path": ""}, "path: is empty"),
        ({"path": "a\0b"}, "no path can be that"),
        ({"path": "\ud800"}, "no path can be that"),
        ({"path": "latin1-\udce9"}, "no path can be that"),
        ({"path_b64": "YQ=="}, "a path and its base64 do not belong together"),
        ({"path_b64": "?"}, "the base64 of a path cannot be read"),
        ({"note": "hi"}, "note: unknown key"),
    ],
)
def test_an_entry_that_is_not_as_written_is_refused(changes: dict[str, object], says: str) -> None:
    (problem,) = problems(edited(**changes))
    assert says in problem
    assert problem.startswith("entries[0] (")


def test_a_missing_part_is_named() -> None:
    file = json.loads(write_baseline([entry()]))
    del file["entries"][0]["check"]
    assert "check" in problems(json.dumps(file).encode())[0]


def test_every_problem_is_told_at_once() -> None:
    file = json.loads(write_baseline([entry("a"), entry("b"), entry("c"), entry("d")]))
    file["entries"][0]["size"] = "many"
    file["entries"][1]["size"] = 9
    file["entries"][2] = 7
    file["entries"].append(file["entries"][3])
    told = problems(json.dumps(file).encode())
    assert [problem.partition(":")[0] for problem in told] == ["entries[0] (a)", "entries[1] (b)", "entries[2]", "d"]


def test_a_list_of_problems_that_nobody_would_read_is_cut() -> None:
    file = json.loads(write_baseline(entry(str(number)) for number in range(200)))
    for each in file["entries"]:
        each["size"] = 6
    told = problems(json.dumps(file).encode())
    assert (len(told), told[-1]) == (51, "and more like these")


FILE = '{"schema": "hygiene.baseline/1", "entries": []'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: is not JSON"),
        ("[]", "is no baseline"),
        ("7", "is no baseline"),
        ('{"entries": []}', "is no baseline"),
        ('{"schema": 1, "entries": []}', "is no baseline"),
        ('{"schema": "hygiene.audit/1", "entries": []}', "its schema is 'hygiene.audit/1'"),
        ('{"schema": "hygiene.baseline/2", "entries": {}}', "a newer hygiene wrote it; upgrade this one"),
        ('{"schema": "hygiene.baseline/0", "entries": []}', "it was never in use"),
        (FILE.replace("[]", "{}") + "}", "entries: expected array, got table"),
        ('{"schema": "hygiene.baseline/1"}', "entries: missing"),
        (FILE + ', "extra": 1}', "extra: unknown key"),
        (FILE + ', "entries": [1]}', "the key 'entries' is there twice in one table"),
        (FILE, "line 1: is not JSON"),
        (FILE.replace("[]", "[NaN]") + "}", "NaN is no number"),
        (FILE.replace("[]", "[-Infinity]") + "}", "-Infinity is no number"),
        (FILE.replace("[]", f"[{'9' * 5000}]") + "}", "holds a number that is too large"),
        (FILE.replace("[]", "[" * 100_000 + "]" * 100_000) + "}", "is nested too deeply"),
        ("<<<<<<< ours\n" + FILE + "}", "line 1: is not JSON"),
    ],
    ids=lambda text: text[:40],
)
def test_a_file_that_is_no_baseline_of_ours_is_refused(text: str, says: str) -> None:
    told = problems(text.encode())
    assert len(told) == 1
    assert says in told[0]


def test_bytes_that_are_not_utf8_are_refused() -> None:
    assert problems(b'{"schema": "\xff"}') == ("is not UTF-8 at byte 12",)


def test_a_file_over_the_limit_is_refused_unread() -> None:
    begun = time.perf_counter()
    assert problems(b" " * (MAX_BYTES + 1)) == ("is too large: at most 32 MiB are read",)
    assert time.perf_counter() - begun < 1


def test_git_merges_what_two_branches_changed_at_different_places(tmp_path: Path) -> None:
    names = [f"{number:02}.db" for number in range(12)]
    sides = {
        "base": names,
        "ours": [name for name in names if name != "02.db"],
        "theirs": sorted([*names, "08a.db"]),
    }
    for side, held in sides.items():
        (tmp_path / side).write_bytes(write_baseline(map(entry, held)))
    merged = run_git(tmp_path, "merge-file", "-p", "ours", "base", "theirs")
    expected = sorted({*names, "08a.db"} - {"02.db"})
    assert merged == write_baseline(map(entry, expected))
