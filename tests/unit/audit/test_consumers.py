"""Who uses a candidate: then it is for a person to decide, with the using line as evidence."""

import time
from datetime import date

import pytest

from fixtures import content
from hygiene.audit.allowing import Permits
from hygiene.audit.baseline import Baseline
from hygiene.audit.engine import AuditRequest
from hygiene.audit.survey import Excuses
from hygiene.model.rule import Confidence, Disposition, Match
from tests.unit.audit.scenes import audit, by_path, kinds, rule

OUTPUT = rule(
    "output",
    Match(globs=("/dist/", "/data/", "/lib/**/*.exe", "/a b/", "/docs/*.mp4", "/web/dist/", "/res/*.json")),
    Confidence.LIKELY,
)
DATABASE = rule("database", Match(suffixes=(".db",), content=("application/vnd.sqlite3",)))
LITTER = rule("litter", Match(names=(".DS_Store",)), Confidence.CERTAIN)


@pytest.mark.parametrize(
    ("consumer", "text", "path", "line"),
    [
        ("action.yml", b"name: x\nruns:\n  using: node20\n  main: dist/index.js\n", "dist/index.js", 4),
        ("package.json", b'{\n "main": "./dist/index.js"\n}', "dist/index.js", 2),
        ("package.json", b'{"files": ["dist"]}', "dist/deep/index.js", 1),
        ("package.json", b'{"exports": {".": {"import": "./dist/index.mjs"}}}', "dist/index.mjs", 1),
        ("web/package.json", b'{"bin": {"x": "dist/cli.js"}}', "web/dist/cli.js", 1),
        ("MANIFEST.in", b"include README\nrecursive-include data *.csv\n", "data/a/b.csv", 2),
        ("MANIFEST.in", b"graft data\n", "data/x", 1),
        ("pyproject.toml", b'[tool.setuptools.package-data]\nlib = ["*.exe"]\n', "lib/cli-32.exe", 2),
        ("Dockerfile", b"FROM x\nCOPY dist/app.js /srv/\n", "dist/app.js", 2),
        ("Makefile", b"all:\n\tcp dist/x.bin $(DESTDIR)\n", "dist/x.bin", 2),
        ("web/embed.go", b"package web\n\n//go:embed dist/*\nvar x embed.FS\n", "web/dist/a.js", 3),
        ("src/load.py", b'open("data/table.json")\n', "data/table.json", 1),
        ("res/load.py", b"x = 1\nload('table.json')\n", "res/table.json", 2),
        ("README.md", b"# Demo\n\n![demo](docs/demo.mp4)\n", "docs/demo.mp4", 3),
        ("docs/index.rst", b".. video:: demo.mp4\n", "docs/demo.mp4", 1),
        ("src/w.cs", b'@"data\\win\\t.bin"', "data/win/t.bin", 1),
        ("src/x.py", b"open('a b/my movie.mp4')", "a b/my movie.mp4", 1),
    ],
)
def test_a_consumer_softens_and_is_named(consumer: str, text: bytes, path: str, line: int) -> None:
    found = by_path(audit({path: b"\x00\x01\x02", consumer: text}, OUTPUT))[path]
    assert (found.confidence, found.disposition) == (Confidence.REVIEW, Disposition.DECIDE)
    said = next(each for each in found.evidence if each.kind == "consumer")
    assert (said.path, said.line) == (consumer, line)


def test_for_a_release_no_consumer_counts() -> None:
    files = {"dist/index.js": b"\x00\x01\x02", "package.json": b'{\n "main": "./dist/index.js"\n}'}
    found = by_path(audit(files, OUTPUT, request=AuditRequest(excuses=Excuses.DO_NOT_COUNT)))["dist/index.js"]
    assert found.confidence > Confidence.REVIEW
    assert "consumer" not in kinds(found)


@pytest.mark.parametrize(
    ("consumer", "text"),
    [
        ("package.json", b'{"main": "lib/index.js"}'),
        ("package.json", b"{ not json"),
        ("Dockerfile", b"COPY . /app\nCOPY --from=build /dist /x/\n"),
        ("docs/cleanup.md", b"Remove `dist/app.js`:\n\n```\ndist/app.js\n```\n"),
        ("notes.txt", b"dist/app.js"),
        (".dockerignore", b"dist/app.js\n"),
        ("src/x.py", b"# application.js, app.jsx, my_app.js, dist/app.js.map\n"),
        ("src/y.py", b"import app\n"),
    ],
)
def test_what_only_talks_of_a_file_does_not_consume_it(consumer: str, text: bytes) -> None:
    found = by_path(audit({"dist/app.js": b"\x00\x01\x02", consumer: text}, OUTPUT))["dist/app.js"]
    assert "consumer" not in kinds(found)


def test_a_certain_name_is_not_softened_by_the_scripts_that_speak_of_it() -> None:
    found = by_path(audit({"clean.sh": b"rm -f assets/.DS_Store\n", "assets/.DS_Store": b"\0"}, LITTER))[
        "assets/.DS_Store"
    ]
    assert found.confidence is Confidence.CERTAIN


def test_the_source_that_makes_a_state_file_by_a_partial_name_is_no_consumer() -> None:
    state = content.sqlite({"t": ["id"]})
    files = {"_tmp_ops/Output/auth.db": state, "src/s.py": b'DB = "Output/auth.db"\nAUTH = "auth.db"\n'}
    assert by_path(audit(files, DATABASE))["_tmp_ops/Output/auth.db"].confidence is Confidence.CERTAIN


def test_a_candidate_does_not_vouch_for_another() -> None:
    files = {"dist/package.json": b'{"main": "index.js"}', "dist/index.js": b"x"}
    assert {finding.confidence for finding in by_path(audit(files, OUTPUT)).values()} == {Confidence.LIKELY}


def test_the_search_stays_linear_on_text_made_to_be_slow() -> None:
    text = b".js" * 300_000
    start = time.perf_counter()
    audit({"dist/app.js": b"\x00\x01", "a.py": text, "b.py": b"dist/app.js" * 90_000}, OUTPUT)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("name", [".hygiene-baseline.json", "hygiene.toml", ".hygiene.toml"])
def test_our_own_files_consume_nothing(name: str) -> None:
    found = by_path(audit({"dist/app.js": b"\x00\x01", name: b'"dist/app.js"'}, OUTPUT))["dist/app.js"]
    assert "consumer" not in kinds(found)


def test_a_baseline_of_any_name_consumes_nothing() -> None:
    request = AuditRequest(permits=Permits(date(2026, 1, 1), baseline=Baseline("ci/accepted.json", ())))
    files = {"dist/app.js": b"\x00\x01", "ci/accepted.json": b'"dist/app.js"'}
    assert "consumer" in kinds(by_path(audit(files, OUTPUT))["dist/app.js"])
    assert "consumer" not in kinds(by_path(audit(files, OUTPUT, request=request))["dist/app.js"])
