"""Lines of ignore files that provably do nothing: whoever reads them believes that they do."""

from collections.abc import Iterator, Mapping, Sequence

from hygiene.model.paths import RepoPath
from hygiene.model.untracking import IdleLine
from hygiene.patterns.glob import Pattern
from hygiene.patterns.ignore import IgnoreFile, dead_negations, parse_ignore_file
from hygiene.patterns.ignore_file import lines_of
from hygiene.untrack.ignore_shadows import Shadows, said_again

_NO_PATTERN = "no path can match it"


def idle_lines(files: Mapping[RepoPath, bytes]) -> Sequence[IdleLine]:
    """The lines that provably do nothing, whatever other files there are; by path of the ignore file, then by line.

    These are lines that are no pattern, negations that bring nothing back, lines that another one repeats, and lines
    for one name or path that a wildcard or an ignored folder covers, in the same file or one above. Where proofs
    would take long, as in a file of many thousand lines, only the first three kinds are looked for.
    """
    parsed = {path: parse_ignore_file(path, content) for path, content in sorted(files.items())}
    found = {(each.path, each.line): each for each in _proved(parsed)}
    for path, file in parsed.items():
        for number, text in _no_patterns(file, files[path]):
            found[path, number] = IdleLine(path, number, text, _NO_PATTERN)
    return [found[place] for place in sorted(found)]


def _proved(files: Mapping[RepoPath, IgnoreFile]) -> Iterator[IdleLine]:
    """What follows from other lines; of two reasons for one line the more telling one comes last."""
    shadows = Shadows(files.values())
    for path, file in files.items():
        if shadows.is_sure(file):
            yield from (_idle(path, pattern, why) for pattern, why in shadows.of(file))
            yield from (_idle(path, pattern, why) for pattern, why in said_again(file))
    if any(pattern.negated for file in files.values() for pattern in file.patterns):
        for dead in dead_negations(files.values()):
            yield _idle(dead.source, dead.pattern, dead.reason)


def _idle(path: RepoPath, pattern: Pattern, why: str) -> IdleLine:
    return IdleLine(path, pattern.line, pattern.text, why)


def _no_patterns(file: IgnoreFile, content: bytes) -> Iterator[tuple[int, str]]:
    read = {pattern.line for pattern in file.patterns} | {line for line, _ in file.skipped}
    for number, text in lines_of(content):
        if number not in read and text.strip() and not text.startswith("#"):
            yield number, text
