"""A rule's page: Markdown that reads well in a terminal too; `docs/rules/` is made of it."""

from collections.abc import Iterator, Sequence

from hygiene.model.rule import Match, Need, Rule
from hygiene.report.markdown_parts import bullets, paragraphs
from hygiene.report.markdown_quoting import code_span, fenced, prose
from hygiene.report.quoting import plain


def rule_page(rule: Rule) -> str:
    """The page of one rule, ended by a line break."""
    return paragraphs(*_sections(rule)) + "\n"


def rule_index(rules: Sequence[Rule]) -> str:
    """The list of all pages, by category, ended by a line break."""
    lines = ["# Rules", ""]
    for category in dict.fromkeys(rule.category for rule in sorted(rules, key=lambda rule: rule.category)):
        lines += [f"## {category}", ""]
        lines += [f"- [{rule.id}]({rule.id}.md): {plain(rule.summary)}" for rule in rules if rule.category == category]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _sections(rule: Rule) -> Iterator[str]:
    yield f"# {rule.id}"
    yield f"{prose(rule.summary)}."
    yield paragraphs("## Why", prose(rule.why))
    yield paragraphs("## Who makes it", prose(rule.producer))
    yield _verdict(rule)
    yield paragraphs("## What it meets", bullets(_meets(rule)))
    if rule.gitignore:
        yield paragraphs("## Keep it out", fenced(rule.gitignore, "gitignore"))
    if rule.examples.match:
        met, unmet = fenced(rule.examples.match), fenced(rule.examples.ignore)
        yield paragraphs("## Examples", "It meets:", met, "It does not meet:", unmet)
    if rule.references:
        yield paragraphs("## See also", bullets(f"<{plain(reference)}>" for reference in rule.references))


def _verdict(rule: Rule) -> str:
    rows = [
        ("category", rule.category),
        ("bucket", rule.bucket),
        ("confidence of the name alone", str(rule.confidence)),
        ("severity", str(rule.severity)),
        ("what should become of it", rule.disposition),
        ("in a release", rule.release),
    ]
    return paragraphs("## Verdict", bullets(f"{name}: {value}" for name, value in rows))


def _meets(rule: Rule) -> Iterator[str]:
    if rule.match is None:
        yield f"A computed check ({rule.check}): it looks at more than a file's name."
        return
    named = [
        ("names", rule.match.names),
        ("endings", rule.match.suffixes),
        ("anything in folders named", rule.match.folders),
        ("paths like", rule.match.globs),
        ("but never", rule.match.exempt),
    ]
    yield from (f"{words}: {', '.join(map(code_span, given))}" for words, given in named if given)
    if rule.match.content:
        yield f"{_content_words(rule.match)}: {', '.join(map(code_span, rule.match.content))}"


def _content_words(match: Match) -> str:
    if not match.has_names:
        return "files that no name explains, with content of type"
    return "only with content of type" if match.needs is Need.CONTENT else "more surely with content of type"
