"""The real git-filter-repo, on a mirror clone with our file: what was planned is gone, all else is as it was."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder, run_git
from hygiene.adapters.discovery import open_repository
from hygiene.history.purge_plan import Chosen, purge_plan
from hygiene.history.purge_reach import Rewriting, reach_of
from hygiene.history.purge_selection import selected
from hygiene.model.history import CommitId, Lineage, Root
from hygiene.model.paths import RepoPath
from hygiene.model.purge import PurgePlan, PurgeTool
from hygiene.model.rule import Confidence
from hygiene.report.purge_files import purge_files
from tests.e2e.command import environment
from tests.fakes.purges import ground_of, of_audit
from tests.fakes.reports import plain_finding, plain_report, plain_rule

RULE = plain_rule("database-file", confidence=Confidence.CERTAIN)

CLUTTER = [
    "plain.db",
    "deep/down/plain.db",
    " leading and trailing ",
    "tab\there.db",
    'quoted "name".db',
    '"',
    "back\\slash.db",
    "#comment",
    "# comment/with folder",
    "glob:*",
    "regex:.*",
    "literal:x",
    "a==>b",
    "==>",
    "line\nbreak.db",
    "\nbegins with one",
    "ends with one\n",
    "carriage return\r",
    "\r",
    "caf\xe9.db",
    "not-utf8-\udcff.db",
    "\x01\x1b[31m.db",
    "-leading-hyphen",
    "a.b+c(d)[e]{f}^$|?*",
]
INNOCENT = [
    "src/a.py",
    "comment",
    "b",
    "x",
    "plain.db.txt",
    "plainxdb",
    "deep/down/plain.dbx",
    "line",
    "break.db",
    "axb",
]
WAS_FOLDER = "once"
"""A file that is clutter, and a folder of source at another time."""

Trees = Mapping[str, Mapping[RepoPath, str]]


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    """Clutter that came on a branch, was merged, changed and partly removed; source beside it all the time."""
    built = RepositoryBuilder(tmp_path / "repository")
    built.files({name: f"{name!r}\n".encode() for name in INNOCENT})
    built.file("empty", b"")
    first = built.commit("source alone")
    built.git("update-ref", "refs/heads/clean", first)
    built.tag("v1")
    built.file(WAS_FOLDER, b"clutter")
    for number, name in enumerate(CLUTTER):
        built.file(name, b"" if number == 0 else f"clutter {number}".encode())
    side = built.commit("clutter")
    built.git("update-ref", "refs/heads/side", side)
    built.git("update-ref", "refs/pull/7/head", side)
    built.tag("v2")
    built.remove(WAS_FOLDER)
    built.file(f"{WAS_FOLDER}/source.py", b"print()\n")
    for number, name in enumerate(CLUTTER[::2]):
        built.file(name, f"rewritten {number}".encode())
    built.commit("rewritten", first)
    for name in CLUTTER[1::2]:
        built.remove(name)
    built.commit("partly cleaned up")
    built.git("update-ref", "refs/heads/signed", signed(built, first))
    built.switch("alone", first)
    built.file("src/a.py", b"changed\n")
    built.commit("source alone too")
    return built


def signed(built: RepositoryBuilder, commit: str) -> str:
    """The same commit with a signature, as another one."""
    head, _, message = built.git("cat-file", "commit", commit).partition(b"\n\n")
    signature = b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\n"
    return built.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=head + signature + message).decode().strip()


def test_what_is_planned_goes_and_all_else_stays(builder: RepositoryBuilder, tmp_path: Path) -> None:
    before = trees(builder.path, "refs")
    plan = planned(builder)
    clone = tmp_path / "purged.git"
    run_git(tmp_path, "clone", "-q", "--mirror", builder.path.as_uri(), str(clone))
    ids = references(clone)
    file = tmp_path / "paths.txt"
    file.write_bytes(purge_files(plan)["paths.txt"])
    filter_repo(clone, "--invert-paths", "--paths-from-file", str(file))

    purged = {RepoPath(name) for name in (*CLUTTER, WAS_FOLDER)}
    expected = {
        name: {path: entry for path, entry in tree.items() if path not in purged} for name, tree in before.items()
    }
    assert trees(clone, "refs") == expected
    assert purged.isdisjoint(path for tree in trees(clone, "commits").values() for path in tree)
    changed = {name for name, commit in references(clone).items() if ids[name] != commit}
    assert changed == {root.name for root in (*plan.reach.roots, *plan.reach.pulls)}
    assert {"refs/heads/signed", "refs/heads/main"} <= changed
    assert not {"refs/heads/clean", "refs/heads/alone", "refs/tags/v1"} & changed
    assert {root.name for root in plan.reach.pulls} == {"refs/pull/7/head"}


def test_what_the_plan_saves_is_gone_and_what_it_spares_is_there(builder: RepositoryBuilder, tmp_path: Path) -> None:
    plan = planned(builder)
    clone = tmp_path / "purged.git"
    run_git(tmp_path, "clone", "-q", "--mirror", builder.path.as_uri(), str(clone))
    file = tmp_path / "paths.txt"
    file.write_bytes(purge_files(plan)["paths.txt"])
    filter_repo(clone, "--invert-paths", "--paths-from-file", str(file))
    left = set(run_git(clone, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").decode().split())
    assert left.isdisjoint(plan.blobs)
    assert {each.blob for each in plan.spared} <= left
    assert {each.path for each in plan.spared} == {CLUTTER[0]}


def planned(builder: RepositoryBuilder) -> PurgePlan:
    """The plan to purge all clutter, from an exhaustive look at every commit."""
    held: dict[str, list[str]] = {}
    givers = set()
    for commit, tree in trees(builder.path, "commits").items():
        for path, entry in tree.items():
            held.setdefault(path, []).append(entry.split()[2])
            if path in (*CLUTTER, WAS_FOLDER):
                givers.add(CommitId(commit))
    paths = [*CLUTTER, WAS_FOLDER]
    report = of_audit(plain_report([plain_finding(RULE, path) for path in paths]), {path: held[path] for path in paths})
    ground = ground_of(held, paths, folders=frozenset({WAS_FOLDER}), givers=frozenset(givers))
    roots = [Root(name, commit) for name, commit in references(builder.path, "^{commit}").items()]
    reach = reach_of(Rewriting(PurgeTool.FILTER_REPO, ground.givers), lineages_of(builder), roots)
    return purge_plan(report, Chosen([], selected(report, []), PurgeTool.FILTER_REPO), ground, reach)


def lineages_of(builder: RepositoryBuilder) -> Iterator[Lineage]:
    commits = builder.git("rev-list", "--all", "--topo-order", "--reverse").decode().split()
    return open_repository(builder.path).history.lineages(list(map(CommitId, commits)))


def trees(repository: Path, of: str) -> Trees:
    """By reference, or by commit: everything that its tree holds."""
    names = references(repository) if of == "refs" else run_git(repository, "rev-list", "--all").decode().split()
    return {name: dict(_entries(run_git(repository, "ls-tree", "-r", "-z", "--full-tree", name))) for name in names}


def _entries(listing: bytes) -> Iterator[tuple[RepoPath, str]]:
    for record in listing.split(b"\0")[:-1]:
        entry, _, path = record.partition(b"\t")
        yield RepoPath(path.decode("utf-8", "surrogateescape")), entry.decode()


def references(repository: Path, peel: str = "") -> dict[str, str]:
    names = run_git(repository, "for-each-ref", "--format=%(refname)").decode().split()
    return {name: run_git(repository, "rev-parse", name + peel).decode().strip() for name in names}


def filter_repo(clone: Path, *arguments: str) -> None:
    configuration = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    command = [sys.executable, "-m", "git_filter_repo", *arguments]
    done = subprocess.run(command, cwd=clone, env=environment(**configuration), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
