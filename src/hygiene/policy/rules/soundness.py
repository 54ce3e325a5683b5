"""What must hold between the keys of one rule: contradictions that no single key shows."""

import re
from collections.abc import Iterator, Sequence

from hygiene.errors import BadPattern
from hygiene.model.rule import Need
from hygiene.patterns.glob import parse_pattern
from hygiene.policy.problem import Problem
from hygiene.policy.rules.shape import MatchTable, RuleTable
from hygiene.policy.toml.lines import KeyPath

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")
_FEWEST_EXAMPLES = 2


def contradictions(rule: RuleTable) -> Iterator[Problem]:
    """Every key whose value is well formed and still cannot be meant, beside what else the rule says."""
    if not _ID.fullmatch(rule.id):
        yield Problem(("id",), f"{rule.id!r} is not an id", "lower-case words with hyphens between them")
    if not rule.why.strip():
        yield Problem(("why",), "says nothing", "sentences that tell what is unsafe or noisy about the file")
    yield from _form(rule)
    yield from _bad_patterns(("gitignore",), rule.gitignore)
    if rule.match is not None:
        yield from _match(rule.match, rule)


def _form(rule: RuleTable) -> Iterator[Problem]:
    if (rule.match is None) == (rule.check is None):
        wrong = "missing, and there is no check" if rule.match is None else "stands beside a check"
        yield Problem(("match",), wrong, "either [match] or check")
    if rule.check is not None and rule.check != rule.id:
        yield Problem(("check",), f"{rule.check!r} is another name than the rule's", f"{rule.id!r}")


def _match(match: MatchTable, rule: RuleTable) -> Iterator[Problem]:
    named = bool(match.names or match.suffixes or match.folders or match.globs)
    if not named and not match.content:
        yield Problem(("match",), "matches nothing", "names, suffixes, folders, globs or content")
    if match.needs is Need.CONTENT and not match.content:
        yield Problem(("match", "content"), "missing, and needs asks for it", "the media types that a file must have")
    if rule.confidence == "certain" and not named:
        yield Problem(
            ("confidence",), "'certain' without a name to be certain of", "likely or review, or a name in [match]"
        )
    yield from _parts(match)
    if named:
        yield from _too_few_examples(rule)


def _parts(match: MatchTable) -> Iterator[Problem]:
    for suffix in match.suffixes:
        if not suffix.startswith(".") or "/" in suffix:
            yield Problem(("match", "suffixes"), f"{suffix!r} is not an ending", "a dot and what follows it")
    for key, names in ((("match", "names"), match.names), (("match", "folders"), match.folders)):
        for name in names:
            if "/" in name:
                yield Problem(key, f"{name!r} holds a slash", "one exact part of a path; a pattern belongs in globs")
            elif any(sign in name for sign in "*?["):
                yield Problem(key, f"{name!r} is a pattern", "an exact name; a pattern belongs in globs")
    for media_type in match.content:
        if not _MEDIA_TYPE.fullmatch(media_type):
            yield Problem(("match", "content"), f"{media_type!r} is not a media type", "a type as in application/zip")
    yield from _bad_patterns(("match", "globs"), match.globs)
    yield from _bad_patterns(("match", "exempt"), match.exempt)
    for key, globs in ((("match", "globs"), match.globs), (("match", "exempt"), match.exempt)):
        yield from (
            Problem(key, f"{glob!r} is negated", "what to exclude belongs in exempt")
            for glob in globs
            if glob.startswith("!")
        )


def _bad_patterns(key: KeyPath, patterns: Sequence[str]) -> Iterator[Problem]:
    return filter(None, (bad_pattern(key, pattern) for pattern in patterns))


def bad_pattern(key: KeyPath, pattern: str) -> Problem | None:
    """What keeps a text from being a pattern in gitignore syntax that can match something."""
    try:
        parsed = parse_pattern(pattern)
    except BadPattern as error:
        return Problem(key, error.message, error.hint)
    return None if parsed else Problem(key, f"{pattern!r} matches nothing", "a pattern in gitignore syntax")


def _too_few_examples(rule: RuleTable) -> Iterator[Problem]:
    for key, examples in ((("examples", "match"), rule.examples.match), (("examples", "ignore"), rule.examples.ignore)):
        if len(examples) < _FEWEST_EXAMPLES:
            yield Problem(key, f"{len(examples)} of them", f"at least {_FEWEST_EXAMPLES} paths")
