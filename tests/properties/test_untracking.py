"""A clean-up of any repository: what leaves and what stays, on disk, in the index and for git; and undone."""

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.repositories import RepositoryBuilder
from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.audit.engine import AuditRequest
from hygiene.cli.terminal import SilentProgress
from hygiene.model.paths import RepoPath
from hygiene.model.untracking import ReceiptState
from hygiene.untrack.plan import Prepared
from hygiene.untrack.scene import Asked
from hygiene.wiring.untrack import Untracker, Way
from tests.e2e.bytecode import PYC

STEMS = [
    b"x[1]",
    b"x1",
    b"-dash",
    b":(glob)x",
    b"*",
    b"a b ",
    b"!x",
    b"#x",
    b"q\\x",
    b"\xff\xfe",
    b"caf\xc3\xa9",
    b"l\nf",
]
"""Names that Git, a shell or an ignore file would take for something else."""

IGNORE_FILES = [
    b"",
    b"*.log\r\n*.tmp\r\n",
    b"# ours\n__pycache__/",
    b"Input/\n",
    b"/*\n!/src/\n",
    b"*.pyc\n!keep.pyc\n",
]

stems = st.sampled_from(STEMS)
leftovers = st.one_of(
    st.builds(lambda a, b: b"%b/__pycache__/%b.cpython-312.pyc" % (a, b), stems, stems),
    st.builds(lambda a: b"%b/.DS_Store" % a, stems),
    st.builds(lambda a: b"%b.sqlite-journal" % a, stems),
    st.just(b"Input/clip.mp4"),
)
sources = st.one_of(
    st.builds(lambda a, b: b"%b/%b.py" % (a, b), stems, stems), st.builds(lambda a: b"src/%b.c" % a, stems)
)


class Case(NamedTuple):
    leftovers: list[bytes]
    sources: list[bytes]
    ignore: bytes
    staged: bool
    deletes: bool


cases = st.builds(
    Case,
    st.lists(leftovers, min_size=1, max_size=6, unique=True),
    st.lists(sources, max_size=4, unique=True),
    st.sampled_from(IGNORE_FILES),
    st.booleans(),
    st.booleans(),
)


@contextmanager
def repository(case: Case) -> Iterator[RepositoryBuilder]:
    with tempfile.TemporaryDirectory() as folder:
        built = RepositoryBuilder(Path(folder) / "r")
        built.file("README.md", b"read me\n")
        for number, path in enumerate(case.sources):
            built.file(path, b"source %d\n" % number)
        for number, path in enumerate(case.leftovers):
            built.file(path, PYC + bytes([number]) if path.endswith(b".pyc") else b"\0\0\0\x18ftypmp42%d" % number)
        if case.ignore:
            built.file(".gitignore", case.ignore)
        built.commit()
        if case.staged:
            built.file("staged.py", b"staged\n")
        built.check_out()
        os.environ["XDG_STATE_HOME"] = str(Path(folder) / "state")
        yield built


def untracker(built: RepositoryBuilder) -> Untracker:
    return Untracker(wiring.repository(built.path, Reader.AUTO), SilentProgress())


def plan(built: RepositoryBuilder, case: Case) -> Prepared:
    opened = wiring.repository(built.path, Reader.AUTO)
    decided = wiring.policy(opened, wiring.PolicySources())
    auditor = wiring.auditor(opened, decided, SilentProgress())
    asked = Asked((), [RepoPath("Output")], case.deletes)
    return untracker(built).prepare(auditor, AuditRequest(), asked)


def index(built: RepositoryBuilder) -> bytes:
    return built.git("ls-files", "-s", "-z")


def tracked(built: RepositoryBuilder) -> set[bytes]:
    return set(filter(None, built.git("ls-files", "-z").split(b"\0")))


def on_disk(built: RepositoryBuilder) -> Mapping[bytes, bytes]:
    files = (path for path in built.path.rglob("*") if path.is_file())
    names = ((path, path.relative_to(built.path)) for path in files)
    return {os.fsencode(name): path.read_bytes() for path, name in names if name.parts[0] != ".git"}


def ignored(built: RepositoryBuilder, paths: Iterable[bytes]) -> set[bytes]:
    """Those of the paths that git ignores; `./` before each keeps it from being taken for a pathspec with magic."""
    done = subprocess.run(
        ["git", "-c", "core.excludesFile=/dev/null", "check-ignore", "--no-index", "-z", "--stdin"],
        input=b"".join(b"./%b\0" % path for path in paths),
        cwd=built.path,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return {path.removeprefix(b"./") for path in done.stdout.split(b"\0") if path}


@settings(max_examples=12, deadline=None)
@given(case=cases)
def test_what_leaves_is_kept_out_what_stays_stays_and_undoing_is_the_way_back(case: Case) -> None:
    with repository(case) as built:
        before, entries, files = tracked(built), index(built), on_disk(built)
        ignored_before = ignored(built, before)
        prepared = plan(built, case)
        leaving = {os.fsencode(finding.path) for finding in prepared.plan.leaving}
        ours = {b".gitignore", *map(os.fsencode, prepared.plan.placeholders)}
        trashed = set(map(os.fsencode, prepared.plan.deleting))
        assert (index(built), on_disk(built)) == (entries, files)

        done = untracker(built).apply(prepared, Way(None, None))
        assert done.state is ReceiptState.DONE
        assert tracked(built) == before - leaving | ours
        assert {path: files[path] for path in files.keys() - ours - trashed} == {
            path: content for path, content in on_disk(built).items() if path not in ours
        }
        unreachable = {os.fsencode(each.path) for each in prepared.plan.ignoring.not_ignored}
        assert ignored(built, leaving) >= leaving - unreachable
        assert ignored(built, before - leaving) <= ignored_before
        assert ignored(built, ours - before) == set()
        assert plan(built, case).plan.is_empty

        undone = untracker(built).undo(None)
        assert undone.state is ReceiptState.UNDONE
        assert (index(built), on_disk(built)) == (entries, files)
        assert done.id == undone.id
