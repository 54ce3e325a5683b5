"""What a repository declares on purpose, and what such a declaration cannot excuse."""

import pytest

from hygiene.model.rule import Confidence, Match, Severity
from tests.unit.audit.scenes import audit, paths, rule

VENDOR = rule("vendor", Match(folders=("vendor", "node_modules", "_vendor", ".yarn")))
LITTER = rule("litter", Match(names=(".DS_Store",)), Confidence.CERTAIN)
KEY = rule("key", Match(names=("id_rsa",)), severity=Severity.HIGH)


@pytest.mark.parametrize(
    ("declaration", "path", "by"),
    [
        (
            {".gitignore": b"/vendor/*\n!/vendor/keep.js\n"},
            "vendor/keep.js",
            ".gitignore:2 keeps it on purpose (!/vendor/keep.js)",
        ),
        (
            {".gitignore": b"vendor/*\n!vendor/own/\n"},
            "vendor/own/a.js",
            ".gitignore:2 keeps it on purpose (!vendor/own/)",
        ),
        (
            {".gitattributes": b"vendor/** linguist-vendored\n"},
            "vendor/a.js",
            ".gitattributes:1 declares it linguist-vendored",
        ),
        (
            {".gitattributes": b"\nvendor/** linguist-generated=true\n"},
            "vendor/a.js",
            ".gitattributes:2 declares it linguist-generated",
        ),
        ({"vendor/modules.txt": b"# x\n"}, "vendor/golang.org/x/a.go", "its folder is vendored with a manifest"),
        ({"src/_vendor/vendor.txt": b"x==1\n"}, "src/_vendor/x/a.py", "its folder is vendored with a manifest"),
        ({".yarnrc.yml": b"yarnPath: x\n"}, ".yarn/cache/a.zip", "its folder is vendored with a manifest"),
        ({"vendor/a.js.license": b"SPDX"}, "vendor/a.js", "a licence file of its own lies beside it"),
    ],
)
def test_a_declaration_clears_and_is_named(declaration: dict[str, bytes], path: str, by: str) -> None:
    report = audit({path: b"var a;\n"} | declaration, VENDOR)
    assert path not in paths(report.findings)
    assert [(cleared.rule, cleared.by.text) for cleared in report.cleared if cleared.path == path] == [("vendor", by)]


@pytest.mark.parametrize(
    "nothing",
    [
        {".gitignore": b"!unrelated\n"},
        {".gitattributes": b"vendor/** -linguist-vendored\n"},
        {".gitattributes": b"vendor/** linguist-generated=false\n"},
        {"other/modules.txt": b"# x\n"},
    ],
)
def test_what_declares_nothing_clears_nothing(nothing: dict[str, bytes]) -> None:
    assert paths(audit({"vendor/a.js": b"var a;\n"} | nothing, VENDOR).findings) == ["vendor/a.js"]


def test_a_declaration_about_a_folder_excuses_neither_litter_nor_keys() -> None:
    files = {".gitattributes": b"vendor/** linguist-vendored\n", "vendor/.DS_Store": b"\0", "vendor/id_rsa": b"x"}
    report = audit(files, VENDOR, LITTER, KEY)
    assert {(finding.path, finding.rule) for finding in report.findings} == {
        ("vendor/.DS_Store", "litter"),
        ("vendor/id_rsa", "key"),
    }


def test_a_negation_names_its_file_and_excuses_even_litter() -> None:
    assert not audit({".gitignore": b".DS_Store\n!/.DS_Store\n", ".DS_Store": b"\0"}, LITTER).findings


@pytest.mark.parametrize("negations", ["!*/\n!?*", "!*.*\n!*/", "!*[a-z_]*", "![!x]*"])
def test_a_negation_with_wildcards_clears_no_litter_and_no_key(negations: str) -> None:
    files = {".gitignore": b"*\n" + negations.encode() + b"\n", ".DS_Store": b"x", "id_rsa": b"y"}
    litter = rule("litter", Match(names=(".DS_Store",)), Confidence.CERTAIN)
    key = rule("key", Match(names=("id_rsa",)), Confidence.LIKELY, Severity.CRITICAL)
    assert {finding.path for finding in audit(files, litter, key).findings} >= {".DS_Store", "id_rsa"}
