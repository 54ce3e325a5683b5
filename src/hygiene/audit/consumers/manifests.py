"""What packaging and build manifests say they take in: each manifest read into patterns with their line."""

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from hygiene.errors import BadPattern
from hygiene.model.paths import RepoPath, folder_of, name_of
from hygiene.patterns.glob import Pattern, parse_pattern
from hygiene.policy.toml.document import MAX_DOTS_A_LINE


class Intake(NamedTuple):
    """Files that a manifest takes in: a pattern from the repository's root, and the manifest's line that says so."""

    pattern: Pattern
    source: RepoPath
    line: int


MOST_INTAKES = 1000
"""Entries of one manifest; the longest that people write have some dozens."""

Said = Iterable[tuple[str, str]]
"""Pairs of a path or glob as the manifest means it, and the words of the manifest by which its line is found."""

_ACTION_ENTRY = re.compile(r"^[ \t]*(?:main|pre|post):[ \t]*['\"]?([^\s'\"#]+)", re.MULTILINE)
_DOCKER_COPY = re.compile(r"^[ \t]*(?:COPY|ADD)[ \t]+(.+)$", re.MULTILINE | re.IGNORECASE)
_GO_EMBED = re.compile(r"^//go:embed[ \t]+(.+)$", re.MULTILINE)
_PACKAGE_KEYS = ("main", "module", "browser", "types", "typings", "unpkg", "jsdelivr", "bin", "exports", "files")


def intakes(path: RepoPath, text: str) -> Iterator[Intake]:
    """What the manifest at `path` takes in, of its first `MOST_INTAKES` entries.

    A manifest that cannot be parsed takes in nothing: its findings then stand as if there were no consumer.
    """
    reader = _reader_of(path)
    if reader is not None:
        for glob, words in islice(reader(text), MOST_INTAKES):
            pattern = _anchored(folder_of(path), glob)
            if pattern is not None:
                yield Intake(pattern, path, _line_of(text, words))


def is_manifest(path: RepoPath) -> bool:
    """Whether `intakes` knows how to read a file of this name."""
    return _reader_of(path) is not None


def _package_json(text: str) -> Said:
    try:
        package = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(package, dict):
        for key in _PACKAGE_KEYS:
            for said in _strings(package.get(key), depth=8):
                yield said, said


def _pyproject(text: str) -> Said:
    if any(line.count(".") > MAX_DOTS_A_LINE for line in text.splitlines()):
        return  # a dotted key of so many parts takes the parser minutes
    try:
        tool = tomllib.loads(text).get("tool", {})
    except (ValueError, RecursionError):
        return
    setuptools = tool.get("setuptools", {}) if isinstance(tool, dict) else {}
    yield from _package_data(setuptools.get("package-data", {}) if isinstance(setuptools, dict) else {})
    for words in ("include", "artifacts", "force-include"):
        for said in _strings(_values_of(tool, words, depth=6), depth=4):
            yield said, said


def _package_data(data: object) -> Said:
    """Globs below a package, wherever its folder is: `{"pkg.sub": ["*.exe"]}`."""
    if isinstance(data, Mapping):
        for package, globs in data.items():
            place = "" if package in ("", "*") else f"{str(package).replace('.', '/')}/"
            for glob in _strings(globs, depth=2):
                yield f"**/{place}{glob}", glob


def _manifest_in(text: str) -> Said:
    for line in text.splitlines():
        command, *words = line.split() or [""]
        if command == "graft":
            yield from ((folder, line) for folder in words)
        elif command == "include":
            yield from ((glob, line) for glob in words)
        elif command == "recursive-include" and words:
            yield from ((f"{words[0]}/**/{glob}", line) for glob in words[1:])


def _action(text: str) -> Said:
    return ((match[1], match[0].strip()) for match in _ACTION_ENTRY.finditer(text))


def _dockerfile(text: str) -> Said:
    for match in _DOCKER_COPY.finditer(text):
        words = [word for word in match[1].split() if not word.startswith("--")]
        if "--from=" not in match[1]:
            yield from ((word, match[0]) for word in words[:-1])


def _go_embed(text: str) -> Said:
    for match in _GO_EMBED.finditer(text):
        yield from ((word.strip('"`').removeprefix("all:"), match[0]) for word in match[1].split())


_READERS: Mapping[str, Callable[[str], Said]] = {
    "package.json": _package_json,
    "pyproject.toml": _pyproject,
    "MANIFEST.in": _manifest_in,
    "action.yml": _action,
    "action.yaml": _action,
}


def _reader_of(path: RepoPath) -> Callable[[str], Said] | None:
    name = name_of(path)
    if name.endswith(".go"):
        return _go_embed
    if name.startswith(("Dockerfile", "Containerfile")) or name.endswith(".dockerfile"):
        return _dockerfile
    return _READERS.get(name)


def _anchored(folder: RepoPath, glob: str) -> Pattern | None:
    """The glob from the root; None for one that takes in everything, which tells nothing of one file."""
    below = glob.removeprefix("./").strip("/")
    if not below.strip("*./") or ".." in below.split("/"):
        return None
    escaped = re.sub(r"([\\*?\[])", r"\\\1", folder)
    try:
        return parse_pattern(f"/{escaped}/{below}" if folder else f"/{below}")
    except BadPattern:
        return None


def _strings(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping) and depth:
        for each in (*value.values(), *(key for key in value if "/" in str(key) and not str(key).startswith("."))):
            yield from _strings(each, depth - 1)
    elif isinstance(value, list) and depth:
        for each in value:
            yield from _strings(each, depth - 1)


def _values_of(value: object, word: str, depth: int) -> list[object]:
    if not isinstance(value, Mapping) or not depth:
        return []
    below = [found for each in value.values() for found in _values_of(each, word, depth - 1)]
    return [value[word], *below] if word in value else below


def _line_of(text: str, words: str) -> int:
    at = text.find(words)
    return text.count("\n", 0, at) + 1 if at >= 0 else 1
