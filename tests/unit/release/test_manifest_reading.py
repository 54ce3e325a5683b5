"""Manifests are read back as they were written, and nothing else is taken for one."""

import json
from collections.abc import Callable

import pytest

from hygiene.errors import BrokenManifest
from hygiene.model.package_proof import content_digest
from hygiene.model.paths import RepoPath
from hygiene.release.manifest_reading import MAX_BYTES, read_manifest
from hygiene.report.package_manifest import manifest_json
from tests.fakes.packages import chosen, full_package_plan, package_plan, written

Json = dict[str, "JsonValue"]
JsonValue = str | int | float | bool | list["JsonValue"] | Json | None

PLAN = full_package_plan()
TEXT = manifest_json(PLAN, written(PLAN))


def reason(data: bytes) -> str:
    with pytest.raises(BrokenManifest) as broken:
        read_manifest(data, "x.manifest.json")
    assert "x.manifest.json" in broken.value.message
    assert len(broken.value.message) < 300
    return broken.value.message


def bent(bend: Callable[[Json], object]) -> bytes:
    """The manifest after something was changed in it."""
    document: Json = json.loads(TEXT)
    bend(document)
    return json.dumps(document).encode()


def part(document: Json, *keys: str | int) -> Json:
    found: JsonValue = document
    for key in keys:
        found = found[key]  # type: ignore[index]  # the tests know what is where
    assert isinstance(found, dict)
    return found


def entries(document: Json) -> list[JsonValue]:
    found = document["entries"]
    assert isinstance(found, list)
    return found


def test_a_manifest_is_read_as_it_was_written() -> None:
    read = read_manifest(TEXT.encode("ascii"), "x")
    archive = written(PLAN)
    assert read.archive == "demo-1.2.0.zip"
    assert (read.size, read.sha256, read.prefix) == (archive.size, archive.sha256, "demo-1.2.0")
    assert (read.commit, read.tree, read.object_format) == (PLAN.source.commit, PLAN.source.tree, "sha1")
    assert read.root == RepoPath("")
    assert list(read.entries) == list(archive.entries)
    assert read.content_digest == content_digest(archive.entries)


def test_the_layout_does_not_matter() -> None:
    assert read_manifest(bent(lambda _: None), "x") == read_manifest(TEXT.encode("ascii"), "x")


def test_a_root_is_read_too() -> None:
    each = chosen("app/x.py")
    plan = package_plan([each._replace(path=RepoPath("x.py"))], root=RepoPath("app"))
    assert read_manifest(manifest_json(plan, written(plan)).encode(), "x").root == "app"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[]", "no manifest"),
        (b"{}", "its schema is ''"),
        (b'{"schema": 1}', "no manifest"),
        (b'{"schema": "hygiene.audit/1"}', "its schema is 'hygiene.audit/1'"),
        (b'{"schema": "hygiene.package/2"}', "a newer hygiene wrote it"),
        (b'{"schema": "hygiene.package/0"}', "never in use"),
        (b'{"schema": "hygiene.package/1"}', "missing required field"),
        (b'{"schema": "hygiene.package/1", "x": NaN}', "not JSON"),
        (b'{"schema": "hygiene.package/1", "x": ' + b"9" * 5000 + b"}", "a number that is too large"),
        (b'{"schema": "\xff"}', "not UTF-8"),
        (b'{"x": "\xff", "schema": "hygiene.package/1"}', "not UTF-8"),
        (b'{"schema": "\\ud800"}', "not JSON"),
        (b"[" * 200_000, "no manifest"),
        (b'{"schema": "hygiene.package/1", "x": ' + b"[" * 200_000, "nested too deeply"),
        (b'{"schema": "hygiene.package/1", "x": ' + b'{"x":' * 200_000, "nested too deeply"),
        (b"PK\x03\x04", "not JSON"),
        (b'{"schema": "' + b"x" * 10_000 + b'"}', "no manifest"),
    ],
)
def test_what_is_no_manifest_is_not_read(data: bytes, why: str) -> None:
    assert why in reason(data)


@pytest.mark.parametrize(
    ("bend", "why"),
    [
        (lambda it: it.pop("tool"), "missing required field `tool`"),
        (lambda it: it.update(more=1), "unknown field `more`"),
        (lambda it: it.update(entries={}), "Expected `array`"),
        (lambda it: it.update(content_digest="x"), "matching regex"),
        (lambda it: it.update(content_digest="0" * 64), "content digest"),
        (lambda it: part(it, "archive").update(size=-1), "archive.size"),
        (lambda it: part(it, "archive").update(size=1.5), "Expected `int`"),
        (lambda it: part(it, "archive").update(size=10**30), "archive.size"),
        (lambda it: part(it, "archive").update(size=True), "Expected `int`"),
        (lambda it: part(it, "archive").update(name="../x.zip"), "archive.name"),
        (lambda it: part(it, "archive").update(name=".."), "no file can have"),
        (lambda it: part(it, "archive").update(prefix="a/b"), "archive.prefix"),
        (lambda it: part(it, "archive").update(prefix=""), "archive.prefix"),
        (lambda it: part(it, "archive").update(format="rar"), "archive.format"),
        (lambda it: part(it, "source").update(object_format="sha256"), "64 digits"),
        (lambda it: part(it, "source").update(commit="HEAD"), "source.commit"),
        (lambda it: part(it, "package").update(root="../x"), "no folder"),
        (lambda it: part(it, "package").update(root="/x"), "no folder"),
        (lambda it: part(it, "package").update(root="x/"), "no folder"),
        (lambda it: part(it, "entries", 0).update(path="../x"), "leads out"),
        (lambda it: part(it, "entries", 0).update(path="/x"), "leads out"),
        (lambda it: part(it, "entries", 0).update(path="A/../../x"), "leads out"),
        (lambda it: part(it, "entries", 0).update(path="A/./x"), "leads out"),
        (lambda it: part(it, "entries", 0).update(path="A//x"), "leads out"),
        (lambda it: part(it, "entries", 0).update(path="A/"), "leads out"),
        (lambda it: part(it, "entries", 0).update(path=""), "entries[0].path"),
        (lambda it: part(it, "entries", 0).update(path="a\0b"), "no path can be that"),
        (lambda it: part(it, "entries", 0).update(path="x", path_b64="eA=="), "do not belong together"),
        (lambda it: part(it, "entries", 0).update(path="x", path_b64="%%"), "base64"),
        (lambda it: part(it, "entries", 0).update(path="zzz"), "not where its name belongs"),
        (lambda it: part(it, "entries", 0).update(mode="040000"), "entries[0].mode"),
        (lambda it: part(it, "entries", 0).update(mode="100644\n"), "entries[0].mode"),
        (lambda it: part(it, "entries", 0).update(blob="a" * 64), "40 digits"),
        (lambda it: part(it, "entries", 0).update(sha256="0" * 64), "content digest"),
        (lambda it: part(it, "entries", 0).update(mode="100755"), "content digest"),
        (lambda it: entries(it).append(entries(it)[-1]), "is there twice"),
        (lambda it: entries(it).reverse(), "not where its name belongs"),
        (lambda it: entries(it).pop(), "content digest"),
        (lambda it: part(it, "left_out", 0).update(count="3"), "left_out[0].count"),
    ],
)
def test_a_manifest_that_does_not_hang_together_is_not_read(bend: Callable[[Json], object], why: str) -> None:
    assert why in reason(bent(bend))


def test_a_key_that_is_there_twice_is_not_read() -> None:
    twice = TEXT.replace('"name": "hygiene",', '"name": "hygiene", "name": "hygiene",', 1)
    assert "there twice" in reason(twice.encode())


def test_more_than_is_read_is_refused_before_it_is_parsed() -> None:
    assert "too large" in reason(bytes(MAX_BYTES + 1))


def test_more_tables_than_any_package_needs_are_refused_before_they_are_parsed() -> None:
    assert "too much" in reason(b'{"schema": "hygiene.package/1", "x": [' + b"{" * 3_000_001)
