"""Whatever is selected from whatever history, a rewriting tool is told of that and of nothing else."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hygiene.history.purge_plan import Chosen, purge_plan
from hygiene.history.purge_selection import selected
from hygiene.model.json_path import bytes_of, path_from_json
from hygiene.model.paths import RepoPath
from hygiene.model.purge import PurgePlan, PurgeTool
from hygiene.model.rule import Confidence
from hygiene.report.filter_repo_paths import exact_path_line, path_line
from hygiene.report.purge_files import purge_files
from tests.fakes.purges import NO_REACH, blob_named, ground_of, of_audit
from tests.fakes.reports import plain_finding, plain_report, plain_rule

RULE = plain_rule("database-file", confidence=Confidence.CERTAIN)
BLOBS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=4, unique=True)
ODD = ["#x", "glob:*", "regex:.", "literal:y", "a==>b", "a\nb", "a\r", "\r", " a ", "\ta", '"q"', "a\\b", "\udcff"]
ODD += ["==>", "\x1b[0m", "`", "```", "|", "<b>", "](x)", "@u", "#1"]


def as_read(name: str) -> str:
    """The name as it is read back: bytes that came to lie side by side may be UTF-8 together."""
    return bytes_of(name).decode("utf-8", "surrogateescape")


names = (
    st.one_of(
        st.sampled_from(ODD),
        st.binary(min_size=1, max_size=12).map(lambda raw: raw.decode("utf-8", "surrogateescape")),
        st.lists(st.sampled_from([*ODD, "dir", "/"]), min_size=1, max_size=4).map("".join),
    )
    .map(lambda name: as_read(name.replace("\0", "").strip("/")))
    .filter(lambda name: bool(name) and "//" not in name)
)


@st.composite
def plans(draw: st.DrawFn, tool: PurgeTool) -> tuple[PurgePlan, dict[str, list[str]]]:
    """A plan, and all that is to survive it: by path, the blobs."""
    held = draw(st.dictionaries(names, BLOBS, min_size=1, max_size=8))
    paths = draw(st.lists(st.sampled_from(sorted(held)), min_size=1, unique=True))
    guilty = {path: draw(st.lists(st.sampled_from(held[path]), min_size=1, unique=True)) for path in paths}
    report = of_audit(plain_report([plain_finding(RULE, path) for path in paths]), guilty)
    chosen = selected(report, [])
    plan = purge_plan(report, Chosen([], chosen, tool), ground_of(held, paths), NO_REACH)
    innocent = {path: [blob for blob in blobs if blob not in guilty.get(path, ())] for path, blobs in held.items()}
    return plan, innocent


@given(plans(PurgeTool.BFG))
def test_no_innocent_content_is_ever_stripped(planned: tuple[PurgePlan, dict[str, list[str]]]) -> None:
    plan, innocent = planned
    stripped = set(purge_files(plan)["blobs.txt"].decode("ascii").split())
    kept = {blob_named(blob) for blobs in innocent.values() for blob in blobs}
    assert stripped.isdisjoint(kept)
    assert stripped | {each.blob for each in plan.spared} != set()


@given(plans(PurgeTool.FILTER_REPO))
def test_the_lines_mean_the_selected_paths_and_no_other(planned: tuple[PurgePlan, dict[str, list[str]]]) -> None:
    plan, innocent = planned
    meant = read_as_filter_repo_does(purge_files(plan)["paths.txt"])
    selected_paths = {bytes_of(each.path) for each in plan.paths}
    everything = {bytes_of(path) for path in innocent}
    # None of them is a folder at any time here, so that a literal means itself alone.
    lone = {raw for raw in everything if not any(other.startswith(raw + b"/") for other in everything)}
    assert {raw for raw in lone if any(each(raw) for each in meant)} == selected_paths & lone
    assert len(meant) == len(plan.paths)


@given(names)
def test_each_line_is_read_as_its_path(path: str) -> None:
    raw = bytes_of(path)
    for line in (path_line(RepoPath(path)), exact_path_line(RepoPath(path))):
        (matches,) = read_as_filter_repo_does(line)
        assert matches(raw)
        assert not any(matches(other) for other in (b"x" + raw, raw + b"x", raw[:-1], raw + b"\n", raw.upper() + b"~"))


@given(names)
def test_an_exact_line_means_nothing_below(path: str) -> None:
    (matches,) = read_as_filter_repo_does(exact_path_line(RepoPath(path)))
    assert not matches(bytes_of(path) + b"/file")


@given(plans(PurgeTool.FILTER_REPO))
def test_names_stay_names_in_the_other_files(planned: tuple[PurgePlan, dict[str, list[str]]]) -> None:
    files = purge_files(planned[0])
    text = files["PLAN.md"].decode("utf-8")
    assert text.replace("\n", "").isprintable()
    assert structure(text) == structure(text_with_plain_names(planned[0]))
    told = json.loads(files["plan.json"])
    assert [path_from_json(each["path"], each.get("path_b64")) for each in told["paths"]] == [
        each.path for each in planned[0].paths
    ]


def text_with_plain_names(plan: PurgePlan) -> str:
    """The same plan, had nobody thought of odd names."""
    spared = [each._replace(path=RepoPath("x"), other=each.other and RepoPath("x")) for each in plan.spared]
    plain = replace(plan, paths=[each._replace(path=RepoPath("x")) for each in plan.paths], spared=spared)
    return purge_files(plain)["PLAN.md"].decode("utf-8")


def structure(text: str) -> list[tuple[str, str]]:
    """What a reader of Markdown takes for more than text, with the texts of headings and the addresses of links."""
    found = []
    tokens = MarkdownIt().enable("table").parse(text)
    for token, after in pairwise(tokens):
        found.append((token.type, after.content if token.type == "heading_open" else ""))
        found += [(part.type, str(part.attrGet("href"))) for part in token.children or () if part.type == "link_open"]
    return found


class Matcher:
    """What one line of the file matches: written after git-filter-repo's documentation and observed behaviour."""

    def __init__(self, line: bytes) -> None:
        assert b"==>" not in line, "that would rename"
        kind, _, rest = line.partition(b":")
        self._regex = re.compile(rest) if kind == b"regex" else None
        assert kind != b"glob", "that would match more"
        self._literal = rest if kind == b"literal" else line

    def __call__(self, path: bytes) -> bool:
        if self._regex is not None:
            return self._regex.search(path) is not None
        return path == self._literal or path.startswith(self._literal.rstrip(b"/") + b"/")


def read_as_filter_repo_does(content: bytes) -> list[Matcher]:
    lines: Iterable[bytes] = (line.rstrip(b"\r\n") for line in content.split(b"\n"))
    return [Matcher(line) for line in lines if line and not line.startswith(b"#")]
