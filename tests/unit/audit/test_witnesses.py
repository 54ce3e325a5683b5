"""What the rest of a repository says about a candidate."""

import pytest

from fixtures import content
from hygiene.model.finding import Evidence
from hygiene.model.rule import Confidence, Match
from tests.unit.audit.scenes import audit, by_path, kinds, rule

BUILD = rule("build", Match(globs=("/build/",)))
ANY = rule("any", Match(globs=("/out/",)))


def evidence(files: dict[str, bytes], path: str, kind: str, *, match: Match | None = None) -> Evidence | None:
    finding = by_path(audit(files, rule("r", match or Match(globs=("/out/",)))))[path]
    return next((each for each in finding.evidence if each.kind == kind), None)


def test_an_ignore_rule_of_the_repository_is_named_with_its_line() -> None:
    found = evidence({".gitignore": b"# out\nout/\n", "out/a": b"x"}, "out/a", "ignored")
    assert found == Evidence("ignored", ".gitignore:2 ignores it (out/)", 1, found.path if found else None, 2)


def test_the_cache_directory_tag_is_a_strong_witness() -> None:
    tag = b"Signature: 8a477f597d28d172789f06886806bc55\n"
    files = {"out/CACHEDIR.TAG": tag, "out/deep/a.bin": b"x"}
    found = evidence(files, "out/deep/a.bin", "tool-marker")
    assert found is not None
    assert (found.points, found.path) == (2, "out/CACHEDIR.TAG")


def test_a_file_that_only_bears_the_name_of_a_tag_is_none() -> None:
    assert evidence({"out/CACHEDIR.TAG": b"hello", "out/a": b"x"}, "out/a", "tool-marker") is None


def test_a_tools_own_ignore_file_is_one_sign_and_not_two() -> None:
    finding = by_path(audit({"out/.gitignore": b"# made by a tool\n*\n", "out/a": b"x"}, ANY))["out/a"]
    assert kinds(finding) == ["place", "tool-marker"]


def test_an_ignore_file_that_keeps_a_folder_empty_is_no_tools_sign() -> None:
    finding = by_path(audit({"out/.gitignore": b"*\n!.gitignore\n", "out/a": b"x"}, ANY))["out/a"]
    assert kinds(finding) == ["place", "ignored"]


@pytest.mark.parametrize(
    "path",
    [
        "out/_tmp_ops/x.json",
        "out/auth.db",
        "out/backup-20260101-0254.zip",
        "out/20251010_182515/report.json",
        "out/core.1234",
    ],
)
def test_names_that_only_a_running_program_gives(path: str) -> None:
    assert evidence({path: b"x"}, path, "runtime-shape") is not None


@pytest.mark.parametrize(
    "path", ["out/tmp_x/a", "out/author.db", "out/backup.py", "out/2025-roadmap/x", "out/core.py", "out/v20251010/x"]
)
def test_names_that_people_give(path: str) -> None:
    assert evidence({path: b"x"}, path, "runtime-shape") is None


@pytest.mark.parametrize(
    ("product", "source"),
    [
        ("out/__pycache__/mod.cpython-312.pyc", "out/mod.py"),
        ("out/__pycache__/test_a.cpython-312-pytest-8.3.3.pyc", "out/test_a.py"),
        ("out/mod.pyc", "out/mod.py"),
        ("out/A.class", "out/A.java"),
        ("out/a.o", "out/a.c"),
        ("out/paper.synctex.gz", "out/paper.tex"),
    ],
)
def test_the_source_beside_a_product_is_a_witness(product: str, source: str) -> None:
    found = evidence({product: b"\x00\x01", source: b"source"}, product, "compiled-from")
    assert found is not None
    assert found.path == source
    assert evidence({product: b"\x00\x01"}, product, "compiled-from") is None


def test_a_copied_source_tree_is_known_by_its_blobs_even_where_files_have_changed() -> None:
    names = [f"pkg/m{number}.py" for number in range(8)]
    source = {f"src/{name}": name.encode() for name in names}
    build = {f"build/lib/{name}": name.encode() for name in names[:6]} | {
        "build/lib/pkg/m6.py": b"stale",
        "build/lib/pkg/m7.py": b"stale too",
    }
    found = by_path(audit(source | build, BUILD))
    assert set(found) == set(build)
    assert {finding.confidence for finding in found.values()} == {Confidence.CERTAIN}
    says = next(each.text for each in found["build/lib/pkg/m7.py"].evidence if each.kind == "copied-tree")
    assert says == "6 of 8 files in build are the same blobs as in src"


def test_a_tree_that_shares_a_few_files_is_no_copy() -> None:
    source = {f"src/m{number}.py": f"{number}".encode() for number in range(9)}
    build = {f"build/m{number}.py": f"{number if number < 3 else 'x' * number}".encode() for number in range(9)}
    assert by_path(audit(source | build, BUILD))["build/m0.py"].confidence is Confidence.REVIEW


def test_empty_files_are_no_sign_of_a_copy() -> None:
    names = [f"p{number}/__init__.py" for number in range(5)]
    files = {f"src/{name}": b"" for name in names} | {f"build/{name}": b"" for name in names}
    assert by_path(audit(files, BUILD))["build/p0/__init__.py"].confidence is Confidence.REVIEW


def test_magic_together_with_a_runtime_shape_is_certain() -> None:
    wav = rule("audio", Match(suffixes=(".wav",), content=("audio/x-wav",)))
    found = by_path(audit({"_tmp_director/audio.wav": content.wav(), "demo/audio.wav": content.wav()}, wav))
    assert found["_tmp_director/audio.wav"].confidence is Confidence.CERTAIN
    assert found["demo/audio.wav"].confidence is Confidence.LIKELY
