"""The part of the clean-up plan that lists what was found: a section for each category, and the matrix of actions."""

from collections.abc import Iterable, Iterator, Sequence
from string import ascii_uppercase
from typing import NamedTuple

from hygiene.model.finding import AuditReport
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category, Confidence, Disposition, Release, Rule, RuleId
from hygiene.report.markdown_parts import bullets, paragraphs, path_block, table
from hygiene.report.markdown_quoting import code_path, code_span, prose
from hygiene.report.places import Places, gather
from hygiene.report.sizes import human_known
from hygiene.report.wording import CATEGORY_TITLES, TO_DO, counted, listed

_REASONS = 3  # for each rule; the JSON report has them all
_DECISIONS = 50  # lines of the table of decisions; the inventory lists every path

_ACTIONS = {
    Disposition.DELETE_AND_UNTRACK: "Delete from disk and untrack from Git",
    Disposition.UNTRACK: "Untrack from Git, keep on disk",
    Disposition.DECIDE: "Decide: it may be there on purpose",
    Disposition.KEEP: "Keep",
}
_IN_RELEASES = {
    Release.DENY: "leave out",
    Release.DECIDE: "decide",
    Release.ALLOW: "may stay",
}


class Listed(NamedTuple):
    """The places of one rule, confidence and disposition, with the exact paths of the files there."""

    places: Places
    paths: Sequence[RepoPath]


def inventory(report: AuditReport) -> str:
    """A section for each category: why its files should not be there, what to do, and every exact path."""
    everything = _listed(report)
    by_category = [[each for each in everything if each.places.category is category] for category in Category]
    found = [listings for listings in by_category if listings]
    sections = [_section(letter, listings, report) for letter, listings in zip(ascii_uppercase, found, strict=False)]
    return paragraphs("## Inventory: tracked files that are not source", *sections)


def action_matrix(report: AuditReport) -> str:
    """One line for each rule: what to do with what it found, in Git and in releases."""
    rows = (_action(places, report.rules[places.rule]) for places in gather(report.groups))
    headers = ["Rule", "Confidence", "Files", "Size", "What it is", "In Git", "In releases"]
    return paragraphs("## Action matrix", table(headers, rows))


def decisions(report: AuditReport) -> str:
    """The places that somebody who knows the project has to judge; empty if there are none."""
    open_questions = [places for places in gather(report.groups) if places.disposition is Disposition.DECIDE]
    rows = [row for places in open_questions for row in _questions(places)]
    if not rows:
        return ""
    more = len(rows) - _DECISIONS
    return paragraphs(
        "## Decisions to take",
        "These files may be there on purpose: fixtures, samples, assets that something uses. For each, choose one: keep"
        " it as a fixture under a name that says so, generate it on demand, store it outside Git, or delete and untrack"
        " it.",
        table(["Where", "Files", "Rule", "What speaks for and against it"], rows[:_DECISIONS]),
        f"+{counted(more, 'more place')}, listed with their paths in the inventory above." if more > 0 else "",
    )


def _questions(places: Places) -> Iterator[list[str]]:
    for group in places.groups:
        reasons = "; ".join(code_span(each.text) for each in group.evidence)
        yield [code_path(group.path), f"{group.count:,}", code_span(group.rule), reasons]


def _listed(report: AuditReport) -> list[Listed]:
    paths: dict[tuple[RuleId, Confidence, Disposition], list[RepoPath]] = {}
    for finding in report.findings:
        paths.setdefault((finding.rule, finding.confidence, finding.disposition), []).append(finding.path)
    return [Listed(each, paths[each.rule, each.confidence, each.disposition]) for each in gather(report.groups)]


def _section(letter: str, listings: Sequence[Listed], report: AuditReport) -> str:
    category = listings[0].places.category
    gathered = [each.places for each in listings]
    rules = [report.rules[rule_id] for rule_id in dict.fromkeys(places.rule for places in gathered)]
    return paragraphs(
        f"### {letter}. {CATEGORY_TITLES[category]}: {_amount(gathered)}",
        "**Why unsafe or noisy**",
        bullets(f"{code_span(rule.id)} ({prose(rule.summary)}): {prose(rule.why)}" for rule in rules),
        "**Recommended disposition**",
        bullets(_dispositions(gathered, rules)),
        "**Tracked paths**",
        *(_listing(each) for each in listings),
    )


def _dispositions(gathered: Sequence[Places], rules: Sequence[Rule]) -> Iterator[str]:
    for disposition in Disposition:
        alike = [places for places in gathered if places.disposition is disposition]
        if alike:
            yield f"{_ACTIONS[disposition]}: {_amount(alike)} ({_rule_names(places.rule for places in alike)})."
    for release, advice in _IN_RELEASES.items():
        names = [rule.id for rule in rules if rule.release is release]
        if names:
            yield f"In releases, {advice}: {_rule_names(names)}."


def _listing(each: Listed) -> str:
    places = each.places
    lead = f"{code_span(places.rule)}, {places.confidence}, {_amount([places])}, because:"
    reasons = bullets(code_span(reason) for reason in places.reasons(_REASONS))
    return paragraphs(lead, reasons, path_block(each.paths))


def _action(places: Places, rule: Rule) -> list[str]:
    size = human_known(places.size, places.files, places.unsized)
    measures = [code_span(rule.id), str(places.confidence), f"{places.files:,}", size]
    return [*measures, prose(rule.summary), TO_DO[places.disposition], _IN_RELEASES[rule.release]]


def _rule_names(rules: Iterable[RuleId]) -> str:
    return listed(code_span(rule) for rule in dict.fromkeys(rules))


def _amount(gathered: Sequence[Places]) -> str:
    files, unsized = sum(places.files for places in gathered), sum(places.unsized for places in gathered)
    return f"{counted(files, 'file')}, {human_known(sum(places.size for places in gathered), files, unsized)}"
