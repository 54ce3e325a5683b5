"""What the raw text of a commit object says."""

import re
from typing import NamedTuple

from hygiene.model.history import Commit, CommitId, Lineage

LARGEST_COMMIT = 16 << 20
"""Bytes. A commit with more is taken for broken where we read it ourselves; the largest real ones have thousands."""

LATEST = 253_402_300_799
"""The last second of the year 9999; git itself takes later ones for 0 when it prints them as dates."""

_ID = rb"[0-9a-f]{40}(?:[0-9a-f]{24})?"
_LINKS = re.compile(rb"tree (%b)\n((?:parent %b\n)*)" % (_ID, _ID))
_COMMITTED = re.compile(rb"author [^\n]*\ncommitter [^\n]*> *(\d+)")
_AUTHOR = re.compile(rb"^author ([^\n]*)", re.MULTILINE)
_TIME = re.compile(rb" *\d+")
_PLAIN = re.compile(rb"%bauthor [^\n]*\ncommitter [^\n]*(?:\n\n|\n?\Z)" % _LINKS.pattern)
_LONGEST_LINE = 1000


class Links(NamedTuple):
    """What a commit holds and follows. `time` is in seconds since 1970, and 0 where it cannot be told."""

    tree: str
    parents: tuple[str, ...]
    time: int


def parse_links(raw: bytes) -> Links | None:
    """The ids and the committer's time; None for what is no commit."""
    found = _LINKS.match(raw)
    if not found:
        return None
    committed = _COMMITTED.match(raw, found.end())
    parents = tuple(line[7:].decode() for line in found[2].splitlines())
    return Links(found[1].decode(), parents, sane_time(committed[1]) if committed else 0)


def parse_commit(name: CommitId, raw: bytes) -> Commit | None:
    """What a commit says of itself, as far as it does: its lines are cut after 1000 bytes. None for what is none."""
    header, _, message = raw.partition(b"\n\n")
    links = parse_links(raw)
    if links is None:
        return None
    author = _AUTHOR.search(header)
    who = _person(author[1]) if author else b""
    summary = message.lstrip(b"\n").partition(b"\n")[0].partition(b"\0")[0]
    return Commit(name, _text(who), links.time, _text(summary))


def parse_lineage(name: CommitId, raw: bytes) -> Lineage | None:
    """What the commit follows; None for what is no commit."""
    links = parse_links(raw)
    return links and Lineage(name, tuple(map(CommitId, links.parents)), _PLAIN.match(raw) is not None)


def sane_time(digits: bytes | str) -> int:
    """Seconds since 1970; 0 for what no calendar has."""
    time = int(digits) if 0 < len(digits) <= len(str(LATEST)) else 0
    return time if time <= LATEST else 0


def _person(line: bytes) -> bytes:
    """Who, up to the last `>` that a time follows; the whole line where none does."""
    before, end, after = line.rpartition(b">")  # not by one expression: lines may be as long as commits
    return before + end if end and _TIME.match(after) else line


def _text(line: bytes) -> str:
    return line[:_LONGEST_LINE].rstrip().decode("utf-8", "surrogateescape")
