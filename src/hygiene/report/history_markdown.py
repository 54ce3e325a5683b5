"""The report of a history in Markdown: what it costs in every way, and the past of every path, for an issue."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from hygiene.model.days import day
from hygiene.model.history import Commit
from hygiene.model.past import Account, Growth, HistoryReport, Past
from hygiene.report.costs import Presence, cost_of, presence_of
from hygiene.report.history_wording import cost_words, found_words, judged_words, next_steps, presence_words
from hygiene.report.markdown_closing import closing_sections
from hygiene.report.markdown_parts import folded, numbered, paragraphs, table
from hygiene.report.markdown_quoting import code_path, code_span, prose
from hygiene.report.past_places import PastPlaces, past_places
from hygiene.report.sizes import human, human_known
from hygiene.report.style import TextStyle
from hygiene.report.wording import counted, listed, outcome_sentence, permitted_sentence

_COSTS = ["Files", "Versions", "Unpacked", "On disk", "Reclaimable"]


def render_history_markdown(report: HistoryReport, style: TextStyle) -> str:
    """The whole report; no list in it is cut, and a name in it stays a name."""
    return paragraphs(*_sections(report, style)) + "\n"


def overview(report: HistoryReport, style: TextStyle) -> Iterator[str]:
    """What was found and what it costs, in sections of a length that does not grow with the findings."""
    presence = presence_of(report)
    yield "# History audit"
    yield _origin(report)
    yield _summary(report, presence, style)
    if report.audit.findings:
        yield paragraphs("## What to do next", numbered(map(prose, next_steps(report, presence))))
        yield _costs(report)
        yield _growth(report.accounts.growth)


def path_sections(report: HistoryReport) -> Iterator[str]:
    """The paths of each rule, the worst first."""
    return map(_rule, past_places(report) if report.audit.findings else ())


def _sections(report: HistoryReport, style: TextStyle) -> Iterator[str]:
    presence = presence_of(report)
    yield from overview(report, style)
    if report.audit.findings:
        yield paragraphs("## Paths", *path_sections(report))
        yield _commits([*presence.at_head, *presence.gone])
    yield from closing_sections(report.audit)


def _origin(report: HistoryReport) -> str:
    audit = report.audit
    head = f" at {code_span(audit.facts.head)}" if audit.facts.head else ""
    settings = f", with the settings of {listed(map(code_path, audit.policy))}" if audit.policy else ""
    written = prose(f"Written by hygiene {audit.tool_version}")
    return f"{written} from an audit of the history of {code_span(report.scope)}{head}{settings}. Nothing was changed."


def _summary(report: HistoryReport, presence: Presence, style: TextStyle) -> str:
    found = found_words(report)
    permitted = permitted_sentence(report.audit)
    return paragraphs(
        "## Summary",
        f"**Outcome:** {outcome_sentence(report.audit, style.gate)}.",
        f"Judged: {judged_words(report)}. Found: {found or 'nothing'}.",
        f"{presence_words(report, presence)} {cost_words(report)}" if found else "",
        f"{permitted}; the lists are below." if permitted else "",
    )


def _costs(report: HistoryReport) -> str:
    accounts = report.accounts
    freed = "no other file of the range holds" if report.is_range else "a purge of these findings alone would free"
    return paragraphs(
        "## What it costs",
        f"Each blob counts once. Reclaimable is what {freed}.",
        _accounts("Category", accounts.by_category, code_span, accounts.total),
        _accounts("Rule", accounts.by_rule, code_span),
        _accounts("Folder", accounts.by_folder, lambda key: code_path(key) if key else "at the root"),
        _accounts("Extension", accounts.by_extension, lambda key: code_path(key) if key else "none"),
        _accounts("Author", accounts.by_author, _author),
    )


def _accounts(
    header: str, accounts: Sequence[Account], written: Callable[[str], str], total: Account | None = None
) -> str:
    rows = [[written(each.key), *_amounts(each)] for each in accounts]
    if total is not None:
        rows.append(["all together", *_amounts(total)])
    block = folded(table([header, *_COSTS], rows), len(rows), counted(len(rows), "line"))
    return paragraphs(f"### By {header.lower()}", block)


def _amounts(account: Account) -> list[str]:
    sizes = (human_known(each, account.blobs, account.unsized) for each in (account.size, account.stored))
    return [f"{account.paths:,}", f"{account.blobs:,}", *sizes, human(account.reclaimable)]


def _growth(growth: Sequence[Growth]) -> str:
    rows = ([each.month, code_span(each.category), human(each.size), human(each.stored)] for each in growth)
    block = folded(table(["Month", "Category", "Unpacked", "On disk"], rows), len(growth), counted(len(growth), "line"))
    return paragraphs("## When it came", block) if growth else ""


def _rule(places: PastPlaces) -> str:
    """Every path of the rule, those of the costliest place first."""
    pasts = [past for place in places.places for past in sorted(place.pasts, key=_costliest_first)]
    headers = ["Path", "Versions", "Unpacked", "On disk", "Introduced", "By", "Removed"]
    block = table(headers, map(_past, pasts))
    return paragraphs(
        f"### {code_span(places.alike.rule)}: {counted(len(pasts), 'file')}, {places.alike.confidence}",
        folded(block, len(pasts), counted(len(pasts), "path")),
    )


def _costliest_first(past: Past) -> tuple[int, str]:
    return -past.stored, past.path


def _past(past: Past) -> list[str]:
    cost = cost_of([past])
    missing = sum(version.size is None for version in past.versions)
    unpacked = human_known(past.size, len(past.versions), missing)
    on_disk = human_known(cost.stored, cost.versions, cost.unsized)
    measures = [f"{len(past.versions):,}", unpacked, on_disk]
    first = past.introduced
    return [code_path(past.path), *measures, _dated(first), _author(first.author), _removed(past)]


def _removed(past: Past) -> str:
    if past.at_head:
        return "at HEAD"
    return _dated(past.removed) if past.removed else "by no commit: on another root, or left out by a merge"


def _dated(commit: Commit) -> str:
    return f"{code_span(commit.id)} {day(commit.time)}"


def _author(author: str) -> str:
    return code_span(author) or "nobody"


def _commits(pasts: Iterable[Past]) -> str:
    """What the commits that brought in and removed the paths say of themselves, the oldest first."""
    named = {each.id: each for past in pasts for each in (past.introduced, past.removed) if each is not None}
    ordered = sorted(named.values(), key=lambda commit: (commit.time, commit.id))
    rows = ([code_span(each.id), day(each.time), _author(each.author), code_span(each.summary)] for each in ordered)
    block = table(["Commit", "Day", "Author", "What it says"], rows)
    return paragraphs("## Commits named above", folded(block, len(ordered), counted(len(ordered), "commit")))
