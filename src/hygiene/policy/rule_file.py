"""One rule file: read within limits, parsed, and checked, with every problem that it has."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from hygiene.model.rule import Confidence, Examples, Match, Rule, RuleId, Severity
from hygiene.policy.schema import MatchTable, Problem, RuleTable, read_table
from hygiene.policy.soundness import contradictions

MAX_BYTES = 256 * 1024
"""No rule that people wrote is larger; the parser holds a whole file in memory."""

MAX_DOTS_A_LINE = 100
"""A dotted key costs the parser the square of its parts: 20,000 of them take it six seconds."""


def read_rule(path: Path, origin: str) -> Rule | tuple[Problem, ...]:
    """The rule that the file states, or every problem that keeps it from stating one. Raises nothing."""
    table = _parsed(path)
    if isinstance(table, tuple):
        return table
    return (*_misnamed(table, path), *contradictions(table)) or rule_of(table, origin)


def rule_of(table: RuleTable, origin: str) -> Rule:
    """The rule that a checked table states. Line breaks in `why` mean nothing: whoever prints it breaks the lines."""
    return Rule(
        id=RuleId(table.id),
        summary=table.summary,
        why=" ".join(table.why.split()),
        producer=table.producer,
        category=table.category,
        bucket=table.bucket,
        confidence=Confidence[table.confidence.upper()],
        severity=Severity[table.severity.upper()],
        disposition=table.disposition,
        release=table.release,
        examples=Examples(table.examples.match, table.examples.ignore),
        match=None if table.match is None else _match(table.match),
        check=table.check,
        gitignore=table.gitignore,
        references=table.references,
        origin=origin,
    )


def _match(table: MatchTable) -> Match:
    return Match(
        names=table.names,
        suffixes=table.suffixes,
        folders=table.folders,
        globs=table.globs,
        exempt=table.exempt,
        content=table.content,
        needs=table.needs,
    )


def _parsed(path: Path) -> RuleTable | tuple[Problem, ...]:
    try:
        return read_table(tomllib.loads(_text(path)))
    except _OverTheLimit as error:
        return (error.problem,)
    except OSError as error:
        return (Problem("", f"cannot be read: {error.strerror}", "a readable file"),)
    except RecursionError:
        return (Problem("", "is nested too deeply", "tables one level deep, and arrays of texts"),)
    except UnicodeDecodeError as error:
        return (Problem("", f"is not UTF-8 at byte {error.start}", "UTF-8"),)
    except ValueError as error:
        # tomllib's own error is one; so is Python's refusal of an integer of thousands of digits.
        return (Problem("", f"is not TOML: {error}", "TOML 1.0"),)


class _OverTheLimit(Exception):
    """The file is nothing that anybody could have meant as a rule; `problem` says why."""

    def __init__(self, wrong: str, meant: str) -> None:
        super().__init__(wrong)
        self.problem = Problem("", wrong, meant)


def _text(path: Path) -> str:
    """The file's text without a byte order mark; CRLF stays, which TOML allows."""
    if not path.is_file():
        # A pipe would keep us waiting, a device may never end.
        raise _OverTheLimit("is not a file", "a rule file, or a folder that holds *.toml")
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _OverTheLimit("is too large", f"at most {MAX_BYTES // 1024} KiB")
    text = data.decode("utf-8-sig")
    if any(line.count(".") > MAX_DOTS_A_LINE for line in text.splitlines()):
        raise _OverTheLimit(
            f"has a line with more than {MAX_DOTS_A_LINE} dots", "short keys, and long arrays over several lines"
        )
    return text


def _misnamed(table: RuleTable, path: Path) -> Iterator[Problem]:
    if path.name != f"{table.id}.toml":
        yield Problem("id", f"{table.id!r} is not the file's name", f"{path.stem!r}, or a file called {table.id}.toml")
