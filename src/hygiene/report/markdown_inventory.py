"""The part of the clean-up plan that lists what was found: a section for each category, and the matrix of actions."""

from collections.abc import Iterable, Iterator, Sequence
from string import ascii_uppercase

from hygiene.model.finding import Finding
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category, Disposition, Release, Rule, RuleId
from hygiene.model.titles import CATEGORY_TITLES
from hygiene.report.firmness import is_held
from hygiene.report.markdown_parts import bullets, paragraphs, path_block, table
from hygiene.report.markdown_quoting import code_path, code_span, prose
from hygiene.report.places import Places
from hygiene.report.report_view import ReportView
from hygiene.report.sizes import human_known
from hygiene.report.tally import tally
from hygiene.report.trees import Trees
from hygiene.report.wording import TO_DO, counted, listed

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


def inventory(view: ReportView) -> str:
    """A section for each category, worst first: why its files should not be there, what to do, and every exact path.

    Of a folder that leaves as a whole, and is large, the name and the number of files are enough.
    """
    by_category: dict[Category, list[Places]] = {}
    for places in view.places:
        by_category.setdefault(places.category, []).append(places)
    found = zip(ascii_uppercase, by_category.values(), strict=False)
    sections = [_section(f"{letter}. ", gathered, view) for letter, gathered in found]
    return paragraphs("## Inventory: tracked files that are not source", *sections)


def action_matrix(view: ReportView) -> str:
    """One line for each rule: what to do with what it found, in Git and in releases."""
    rules = view.report.rules
    rows = (_action(places, rules[places.rule]) for places in view.places)
    headers = ["Rule", "Confidence", "Files", "Size", "What it is", "In Git", "In releases"]
    return paragraphs("## Action matrix", table(headers, rows))


def decisions(view: ReportView) -> str:
    """The places that somebody who knows the project has to judge; empty if there are none."""
    open_questions = [places for places in view.places if places.disposition is Disposition.DECIDE]
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
    for group, where in zip(places.groups, places.wheres, strict=True):
        reasons = "; ".join(code_span(each.text) for each in group.evidence)
        yield [code_path(where), f"{group.count:,}", code_span(group.rule), reasons]


def _section(letter: str, gathered: Sequence[Places], view: ReportView) -> str:
    rules = [view.report.rules[rule_id] for rule_id in dict.fromkeys(places.rule for places in gathered)]
    return paragraphs(
        f"### {letter}{CATEGORY_TITLES[gathered[0].category]}: {_amount(gathered)}",
        "**Why unsafe or noisy**",
        bullets(f"{code_span(rule.id)} ({prose(rule.summary)}): {prose(rule.why)}" for rule in rules),
        "**Recommended disposition**",
        bullets(_dispositions(gathered)),
        "**Tracked paths**",
        *(_listing(places, view.trees) for places in gathered),
    )


def _dispositions(gathered: Sequence[Places]) -> Iterator[str]:
    for disposition in Disposition:
        alike = [places for places in gathered if places.disposition is disposition]
        if alike:
            yield f"{_ACTIONS[disposition]}: {_amount(alike)} ({_rule_names(places.rule for places in alike)})."
    by_stance: dict[str, list[RuleId]] = {}
    for places in gathered:
        by_stance.setdefault(_in_releases(places.findings), []).append(places.rule)
    for stance, names in by_stance.items():
        yield f"In releases, {stance}: {_rule_names(names)}."


def _listing(places: Places, trees: Trees) -> str:
    lead = f"{code_span(places.rule)}, {places.confidence}, {_amount([places])}, because:"
    reasons = bullets(code_span(reason) for reason in places.reasons(_REASONS))
    paths = trees.split(finding.path for finding in places.findings)
    return paragraphs(lead, reasons, bullets(_tree(*each) for each in paths.trees.items()), path_block(paths.exact))


def _tree(folder: RepoPath, files: int) -> str:
    return f"{code_path(folder)}: {counted(files, 'file')}; exact paths: `hygiene audit --format json`"


def _action(places: Places, rule: Rule) -> list[str]:
    size = human_known(places.size, places.files, places.unsized)
    measures = [code_span(rule.id), str(places.confidence), f"{places.files:,}", size]
    return [*measures, prose(rule.summary), TO_DO[places.disposition], _in_releases(places.findings)]


def _in_releases(findings: Sequence[Finding]) -> str:
    """What the release lists do with these findings of one rule: they leave out, without asking, what is firm."""
    stances = dict.fromkeys(map(_stance, findings))
    return listed(sorted(stances)) if stances else ""


def _stance(finding: Finding) -> str:
    return "leave out until decided" if is_held(finding) else _IN_RELEASES[finding.release]


def _rule_names(rules: Iterable[RuleId]) -> str:
    return listed(code_span(rule) for rule in dict.fromkeys(rules))


def _amount(gathered: Sequence[Places]) -> str:
    total = tally(finding for places in gathered for finding in places.findings)
    return f"{counted(total.files, 'file')}, {human_known(total.size, total.files, total.unsized)}"
