"""The report of a history in Markdown."""

import re
from dataclasses import replace

from hygiene.model.past import HistoryReport, Past
from hygiene.report.history_markdown import render_history_markdown
from hygiene.report.style import TextStyle
from tests.fakes.history_reports import AUTHOR, plain_commit, plain_history, plain_past, plain_version
from tests.golden.history_sample import clean_history, odd_history
from tests.golden.sample import finding, report_of


def history(*pasts: Past) -> HistoryReport:
    return plain_history(report_of({past.path: [finding("python-bytecode", past.path, 9)] for past in pasts}), pasts)


def written(report: HistoryReport) -> str:
    return render_history_markdown(report, TextStyle())


def section(title: str, text: str) -> str:
    return re.split(r"\n#+ ", text.split(f"# {title}\n")[1])[0]


def test_every_path_has_its_commits_in_full() -> None:
    past = plain_past("a.pyc", 1, at_head=False, removed=plain_commit(4), versions=(plain_version(1), plain_version(2)))
    first, last = (f"`{plain_commit(number).id}` 2021-03-0{number + 1}" for number in (1, 4))
    assert f"| `a.pyc` | 2 | 200 B | 80 B | {first} | `{AUTHOR}` | {last} |" in written(history(past))


def test_a_range_is_not_to_be_purged_but_mended_before_it_is_merged() -> None:
    report = history(plain_past("a.pyc", 1), plain_past("b.pyc", 2, at_head=False))
    assert "purge-plan" in written(report)
    text = written(replace(report, is_range=True))
    assert "git rebase --interactive" in text
    for words in ("purge", "full clone"):
        assert words not in text


def test_what_has_no_removing_commit_says_why() -> None:
    text = written(history(plain_past("a.pyc", 1), plain_past("b.pyc", 2, at_head=False)))
    assert re.search(r"\| `a\.pyc` .* \| at HEAD \|\n", text)
    assert re.search(r"\| `b\.pyc` .* \| by no commit: on another root, or left out by a merge \|\n", text)


def test_no_list_of_paths_is_cut() -> None:
    report = odd_history()
    rows = written(report).split("\n## Paths\n")[1].split("\n## ")[0].count(" | `A U Thor <author@example.org>` | ")
    found = dict.fromkeys(each.path for each in report.audit.findings)
    assert rows == sum(report.pasts[path].introduced.author == AUTHOR for path in found)


def test_every_commit_that_is_named_says_what_it_is() -> None:
    past = plain_past("a.pyc", 3, at_head=False, removed=plain_commit(1))
    rows = section("Commits named above", written(history(past))).strip().splitlines()[2:]
    assert rows == [
        f"| `{plain_commit(1).id}` | 2021-03-02 | `{AUTHOR}` | `Change 1` |",
        f"| `{plain_commit(3).id}` | 2021-03-04 | `{AUTHOR}` | `Change 3` |",
    ]


def test_costs_are_told_in_five_ways() -> None:
    text = written(history(plain_past("a", 1), plain_past("lib/b.PYC", 2)))
    assert "| `cache` | 2 | 2 | 200 B | 80 B | 80 B |" in section("By category", text)
    assert "| `python-bytecode` | 2 | 2 |" in section("By rule", text)
    assert "| at the root | 1 |" in section("By folder", text)
    assert "| `lib` | 1 |" in section("By folder", text)
    assert "| none | 1 |" in section("By extension", text)
    assert "| `.pyc` | 1 |" in section("By extension", text)
    assert f"| `{AUTHOR}` | 2 |" in section("By author", text)
    assert "| 2021-03 | `cache` | 200 B | 80 B |" in section("When it came", text)


def test_a_clean_history_gets_a_short_answer() -> None:
    text = written(clean_history())
    assert "Found: nothing." in text
    assert [line for line in text.splitlines() if line.startswith("#")] == ["# History audit", "## Summary"]
