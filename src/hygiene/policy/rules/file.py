"""One rule file: parsed within limits and checked, with every problem that it has."""

from collections.abc import Iterator

from hygiene.model.paths import name_of
from hygiene.model.permit import Origin
from hygiene.model.rule import Confidence, Examples, Match, Rule, RuleId, Severity
from hygiene.policy.problem import Problem, Read, complaint
from hygiene.policy.rules.shape import MatchTable, RuleTable
from hygiene.policy.rules.soundness import contradictions
from hygiene.policy.shape import read_shape
from hygiene.policy.toml.document import BrokenToml, parse_toml


def read_rule(data: bytes, origin: Origin) -> Read[Rule]:
    """The rule that the file states. Raises nothing."""
    try:
        document = parse_toml(data)
    except BrokenToml as broken:
        return Read(None, (complaint(origin._replace(line=broken.line), broken.problem),))
    table = read_shape(document.table, RuleTable)
    problems = table if isinstance(table, tuple) else (*_misnamed(table, origin), *contradictions(table))
    if problems or isinstance(table, tuple):
        return Read(
            None, tuple(complaint(origin._replace(line=document.line_of(each.path)), each) for each in problems)
        )
    return Read(rule_of(table, str(origin)))


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


def _misnamed(table: RuleTable, origin: Origin) -> Iterator[Problem]:
    name = name_of(origin.file)
    if name != f"{table.id}.toml":
        stem = name.removesuffix(".toml")
        yield Problem(("id",), f"{table.id!r} is not the file's name", f"{stem!r}, or a file called {table.id}.toml")
