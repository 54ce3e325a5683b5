"""The emitted scripts, run for real: what they list, what they change, what they leave, and what takes it back."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.model.untracking import UntrackPlan
from tests.contract.shells import Shell, every_shell
from tests.fakes.untrack_plans import ignore_change, script_plan

ODD = (
    "x[1].pyc",
    "new\nline",
    "ends in a break\n",
    "tab\t",
    'say "hi"',
    '"',
    "back\\slash",
    "\\END",
    "-dash",
    "--yes",
    "$(touch pwned)",
    "`touch pwned`",
    "$HOME",
    "it's",
    "'@",
    "'@ + (New-Item pwned)",
    "lat\udce9n",
    "naïve",
    "EOF",
    "@LEAVING@",
    "trailing ",
    " leading",
    "%s%n",
    "cr\r",
    "a=b",
    "#",
    "\x1b[31m",
    ":(glob)x",
    "~",
    "deep/*/?",
)
"""Names of which each has misled some program."""
NEIGHBOURS = ("x1.pyc", "new", "line", "deep/a/b", "keep.py", "EO", "naive")
PLACEHOLDERS = ("Input/.gitkeep", "d\udce9 'p' $(touch pwned)\n/%s/.gitkeep")


@pytest.fixture
def repository(tmp_path: Path) -> RepositoryBuilder:
    """Every odd name and its neighbours, committed and checked out; one more change is staged."""
    built = RepositoryBuilder(tmp_path / "project")
    contents = {name: f"content of {name!r}\n".encode() for name in (*ODD, *NEIGHBOURS)}
    built.files({**contents, ".gitignore": b"*.log\r\nInput/\r\n# end\r\n"})
    built.commit()
    built.file("keep.py", b"staged\n")
    built.check_out()
    return built


def plan() -> UntrackPlan:
    change = ignore_change(
        ".gitignore",
        "__pycache__/",
        "*.log",
        "lat\udce9n\\ ",
        "$(touch pwned)",
        replaced=[("Input/", ("Input/*", "!Input/.gitkeep")), ("not there", ("nor this",))],
    )
    return script_plan([*ODD, "never tracked"], PLACEHOLDERS, [change, ignore_change("sub/.gitignore", "%s", "a")])


def listing(repository: RepositoryBuilder) -> bytes:
    return repository.git("ls-files", "-s", "-z")


def tracked(repository: RepositoryBuilder) -> set[str]:
    return set(os.fsdecode(repository.git("ls-files", "-z")).split("\0")) - {""}


def work_tree(repository: RepositoryBuilder) -> Mapping[str, bytes]:
    """The bytes of every file outside the Git directory."""
    files = (path for path in repository.path.rglob("*") if ".git" not in path.parts and path.is_file())
    return {os.fspath(path.relative_to(repository.path)): path.read_bytes() for path in files}


def everything(repository: RepositoryBuilder) -> Mapping[str, bytes]:
    """The bytes of every file, inside the Git directory too."""
    return {os.fspath(path): path.read_bytes() for path in repository.path.rglob("*") if path.is_file()}


@every_shell
def test_without_yes_and_a_terminal_it_lists_and_changes_nothing(repository: RepositoryBuilder, shell: Shell) -> None:
    before = everything(repository)
    ran = shell.run(plan(), repository.path)
    assert (ran.status, ran.err) == (0, b"")
    assert everything(repository) == before
    lines = ran.out.decode("ascii").splitlines()
    assert f"Files that leave the index and stay on disk ({len(ODD)}):" in lines
    assert {"  x[1].pyc", r'  "new\nline"', r'  "lat\351n"', "  $(touch pwned)", "  trailing "} <= set(lines)
    assert not {"  x1.pyc", "  never tracked", "  keep.py"} & set(lines)
    assert {"  Input/.gitkeep", "  .gitignore: - Input/", "  .gitignore: + !Input/.gitkeep"} <= set(lines)
    assert {"  .gitignore: + __pycache__/", r"  .gitignore: + lat\0351n\\\0040", "  sub/.gitignore: + %s"} <= set(lines)
    assert "  .gitignore: + *.log" not in lines
    assert not any("not there" in line for line in lines)


@every_shell
def test_with_yes_exactly_the_listed_paths_leave_and_stay_on_disk(repository: RepositoryBuilder, shell: Shell) -> None:
    files = work_tree(repository)
    before = tracked(repository)
    staged = repository.git("ls-files", "-s", "keep.py")
    ran = shell.run(plan(), repository.path, "--yes")
    assert (ran.status, ran.err) == (0, b"")
    assert tracked(repository) == before - set(ODD) | {*PLACEHOLDERS, "sub/.gitignore"}
    assert repository.git("ls-files", "-s", "keep.py") == staged
    new = {
        ".gitignore": b"*.log\r\nInput/*\r\n!Input/.gitkeep\r\n# end\r\n\r\n# caches\r\n__pycache__/\r\n"
        b"lat\xe9n\\ \r\n$(touch pwned)\r\n",
        "sub/.gitignore": b"# caches\n%s\na\n",
    }
    assert work_tree(repository) == {**files, **new, **dict.fromkeys(PLACEHOLDERS, b"")}
    for path, content in new.items():
        assert repository.git("cat-file", "blob", f":{path}") == content
    assert repository.git("cat-file", "blob", ":Input/.gitkeep") == b""
    repository.git("update-index", "-q", "--refresh")
    assert repository.git("diff-files", "--name-only") == b""


@every_shell
def test_a_second_run_has_nothing_to_do(repository: RepositoryBuilder, shell: Shell) -> None:
    shell.run(plan(), repository.path, "--yes")
    repository.commit()
    before = everything(repository)
    ran = shell.run(plan(), repository.path, "--yes")
    assert (ran.status, ran.out, ran.err) == (0, b"There is nothing to do.\n", b"")
    assert everything(repository) == before


@every_shell
def test_the_command_that_it_tells_puts_the_index_back(repository: RepositoryBuilder, shell: Shell) -> None:
    before = listing(repository)
    ran = shell.run(plan(), repository.path, "--yes")
    assert listing(repository) != before
    subprocess.run(["sh", "-c", ran.out.decode().splitlines()[-1]], cwd=repository.path, check=True)
    assert listing(repository) == before


@every_shell
def test_it_works_from_a_folder_below_and_with_ids_of_sha256(tmp_path: Path, shell: Shell) -> None:
    built = RepositoryBuilder(tmp_path / "it's a project", "--object-format=sha256")
    built.file("sub/a.pyc")
    built.file("a.py")
    built.commit()
    built.check_out()
    before = listing(built)
    outside = {"GIT_DIR": str(tmp_path), "GIT_INDEX_FILE": str(tmp_path / "index")}
    ran = shell.run(script_plan(["sub/a.pyc"], ["Input/.gitkeep"]), built.path / "sub", "--yes", **outside)
    assert (ran.status, ran.err) == (0, b"")
    assert tracked(built) == {"a.py", "Input/.gitkeep"}
    subprocess.run(["sh", "-c", ran.out.decode().splitlines()[-1]], cwd=built.path, check=True)
    assert listing(built) == before


@every_shell
def test_a_linked_work_tree_is_changed_alone(repository: RepositoryBuilder, tmp_path: Path, shell: Shell) -> None:
    repository.git("commit", "-q", "-m", "all")
    linked = repository.linked_work_tree(tmp_path / "linked")
    before = listing(repository)
    ran = shell.run(script_plan(["EOF"]), linked, "--yes")
    assert (ran.status, ran.err) == (0, b"")
    assert listing(repository) == before
    git = ["git", "-C", str(linked), "ls-files", "--error-unmatch"]
    assert subprocess.run([*git, "EOF"], capture_output=True, check=False).returncode == 1
    assert subprocess.run([*git, "keep.py"], capture_output=True, check=False).returncode == 0


@every_shell
@pytest.mark.parametrize("way", ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "index.lock"])
def test_it_refuses_while_something_is_under_way(repository: RepositoryBuilder, shell: Shell, way: str) -> None:
    if way == "rebase-merge":
        (repository.git_dir / way).mkdir()
    else:
        (repository.git_dir / way).write_text(f"{repository.id_of('HEAD')}\n")
    before = everything(repository)
    ran = shell.run(plan(), repository.path, "--yes")
    assert (ran.status, way.encode() in ran.err) == (5, True)
    told = shell.run(plan(), repository.path)
    assert (told.status, b"would be refused now" in told.out) == (0, True)
    assert everything(repository) == before


@every_shell
def test_it_refuses_in_a_conflict(repository: RepositoryBuilder, shell: Shell) -> None:
    repository.conflict("x\ny", base=b"0", ours=b"1", theirs=b"2")
    before = everything(repository)
    ran = shell.run(plan(), repository.path, "--yes")
    assert (ran.status, rb'a file is in conflict: "x\ny"' in ran.err) == (5, True)
    assert everything(repository) == before


@every_shell
@pytest.mark.parametrize("name", ["new\nline", "fresh.pyc"])
def test_it_refuses_to_lose_what_only_the_index_holds(repository: RepositoryBuilder, shell: Shell, name: str) -> None:
    repository.file(name, b"staged only\n")
    before = everything(repository)
    ran = shell.run(script_plan([name]), repository.path, "--yes")
    assert (ran.status, b"what is staged is not what is committed" in ran.err) == (5, True)
    assert everything(repository) == before


@every_shell
def test_it_refuses_before_the_first_commit(tmp_path: Path, shell: Shell) -> None:
    built = RepositoryBuilder(tmp_path / "project")
    built.file("a.pyc")
    ran = shell.run(script_plan(["a.pyc"]), built.path, "--yes")
    assert (ran.status, b"nothing is committed yet" in ran.err) == (5, True)
    assert tracked(built) == {"a.pyc"}


@every_shell
def test_what_git_itself_refuses_leaves_all_as_it_was(
    repository: RepositoryBuilder, tmp_path: Path, shell: Shell
) -> None:
    git = tmp_path / "bin" / "git"
    git.parent.mkdir()
    git.write_text(f'#!/bin/sh\ncase "$*" in *update-index*) exit 128 ;; esac\nexec {shutil.which("git")} "$@"\n')
    git.chmod(0o755)
    before = (listing(repository), work_tree(repository))
    found_first = f"{git.parent}{os.pathsep}{os.environ['PATH']}"
    ran = shell.run(plan(), repository.path, "--yes", PATH=found_first)
    assert (ran.status, b"nothing was changed" in ran.err) == (5, True)
    assert (listing(repository), work_tree(repository)) == before
    assert list(repository.git_dir.glob("hygiene/*")) == []


@every_shell
def test_nothing_that_is_tracked_gives_way(repository: RepositoryBuilder, shell: Shell) -> None:
    repository.file("Out\tput", b"a file where a folder is wanted\n")
    repository.file("Input/.gitkeep/a", b"a folder where a file is wanted\n")
    repository.commit()
    before = listing(repository)
    changes = [ignore_change("Out\tput/.gitignore", "a"), ignore_change("Input/.gitkeep", "a")]
    ran = shell.run(script_plan([], ["Out\tput/.gitkeep", "Input/.gitkeep"], changes), repository.path, "--yes")
    assert (ran.status, ran.err) == (0, b"")
    assert listing(repository) == before


@every_shell
def test_marked_paths_and_submodules_stay_and_are_named(repository: RepositoryBuilder, shell: Shell) -> None:
    repository.gitlink("module")
    repository.commit()
    repository.git("update-index", "--skip-worktree", "EOF")
    repository.git("update-index", "--assume-unchanged", "it's")
    before = listing(repository)
    ran = shell.run(script_plan(["EOF", "it's", "module"]), repository.path, "--yes")
    assert (ran.status, ran.err) == (0, b"")
    assert ran.out.startswith(b"Files that stay tracked, as the index marks them, or as submodules (3):\n")
    assert listing(repository) == before


@every_shell
def test_no_program_that_the_repository_names_is_started(
    repository: RepositoryBuilder, tmp_path: Path, shell: Shell
) -> None:
    marker = tmp_path / "fired"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho $0 >>{shlex.quote(str(marker))}\ncat\n")
    program.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "post-index-change").symlink_to(program)
    for name in ("core.fsmonitor", "filter.evil.clean", "filter.evil.process", "pager.ls-files", "diff.external"):
        repository.config(name, str(program))
    repository.config("core.hooksPath", str(hooks))
    repository.config("filter.evil.required", "true")
    (repository.path / ".gitattributes").write_text("* filter=evil\n")
    _as_if_just_changed(repository)
    assert shell.run(plan(), repository.path).status == 0
    assert shell.run(plan(), repository.path, "--yes").status == 0
    assert not marker.exists()
    assert not list(tmp_path.rglob("pwned"))
    subprocess.run(["git", "status"], cwd=repository.path, capture_output=True, check=False)
    assert marker.exists()  # plain Git does start them


def _as_if_just_changed(repository: RepositoryBuilder) -> None:
    """Makes the index as old as its entries, so that Git compares them when it writes it: by filters, if there are."""
    os.utime(repository.git_dir / "index", ns=((repository.path / "keep.py").stat().st_mtime_ns,) * 2)


@every_shell
def test_it_refuses_where_it_cannot_keep_a_filter_from_running(repository: RepositoryBuilder, shell: Shell) -> None:
    repository.config("filter.a=b.clean", "touch fired")
    before = everything(repository)
    ran = shell.run(plan(), repository.path, "--yes")
    assert (ran.status, b"a filter has a name" in ran.err) == (5, True)
    assert everything(repository) == before


@every_shell
def test_an_ignore_file_with_other_line_ends_on_disk_keeps_both(repository: RepositoryBuilder, shell: Shell) -> None:
    repository.file(".gitignore", b"*.log\n")
    (repository.path / ".gitignore").write_bytes(b"*.log\r\n")
    ran = shell.run(script_plan(changes=[ignore_change(".gitignore", "a")]), repository.path, "--yes")
    assert (ran.status, ran.err) == (0, b"")
    assert (repository.path / ".gitignore").read_bytes() == b"*.log\r\n\r\n# caches\r\na\r\n"
    assert repository.git("cat-file", "blob", ":.gitignore") == b"*.log\n\n# caches\na\n"


@every_shell
def test_an_ignore_file_that_is_being_edited_is_not_staged(repository: RepositoryBuilder, shell: Shell) -> None:
    (repository.path / ".gitignore").write_bytes(b"mine")
    before = repository.git("ls-files", "-s", ".gitignore")
    ran = shell.run(script_plan(["EOF"], changes=[ignore_change(".gitignore", "a")]), repository.path, "--yes")
    assert (ran.status, b".gitignore is changed on disk only" in ran.out) == (0, True)
    assert (repository.path / ".gitignore").read_bytes() == b"mine\n\n# caches\na\n"
    assert repository.git("ls-files", "-s", ".gitignore") == before
    assert "EOF" not in tracked(repository)


@every_shell
def test_a_replacement_alone_leaves_an_open_end_open(repository: RepositoryBuilder, shell: Shell) -> None:
    content = b"\xef\xbb\xbfInput/\n\nInput/\n*.log"
    repository.file(".gitignore", content)
    (repository.path / ".gitignore").write_bytes(content)
    change = ignore_change(".gitignore", "*.log", replaced=[("Input/", ("Input/*", "!Input/a"))])
    shell.run(script_plan(changes=[change]), repository.path, "--yes")
    new = b"\xef\xbb\xbfInput/*\n!Input/a\n\nInput/*\n!Input/a\n*.log"
    assert (repository.path / ".gitignore").read_bytes() == new
    assert repository.git("cat-file", "blob", ":.gitignore") == new


@every_shell
@pytest.mark.parametrize("path", ["linked/.gitkeep", "linked/deep/.gitkeep", "link", ".GIT/x", "../x", "a/../../x"])
def test_nothing_is_written_through_a_symlink_or_where_no_work_tree_is(
    repository: RepositoryBuilder, tmp_path: Path, shell: Shell, path: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (repository.path / "linked").symlink_to(outside)
    (repository.path / "link").symlink_to(outside / "gone")
    before = listing(repository)
    ran = shell.run(script_plan([], [path], [ignore_change(path, "a")]), repository.path, "--yes")
    assert (ran.status, ran.err) == (0, b"")
    assert list(outside.iterdir()) == []
    assert not list(tmp_path.rglob("x"))
    assert listing(repository) == before


@every_shell
def test_an_ignore_file_that_is_no_text_is_left_alone(repository: RepositoryBuilder, shell: Shell) -> None:
    content = "*.log\n".encode("utf-16")
    (repository.path / ".gitignore").write_bytes(content)
    ran = shell.run(script_plan(changes=[ignore_change(".gitignore", "a")]), repository.path, "--yes")
    assert (ran.status, b".gitignore is left alone: it is no text in UTF-8" in ran.out) == (0, True)
    assert (repository.path / ".gitignore").read_bytes() == content


@every_shell
def test_usage(repository: RepositoryBuilder, tmp_path: Path, shell: Shell) -> None:
    before = everything(repository)
    told = shell.run(plan(), repository.path, "--help")
    assert (told.status, told.out.startswith(b"Usage: "), told.err) == (0, True, b"")
    wrong = shell.run(plan(), repository.path, "-Frobnicate")
    assert (wrong.status, wrong.out, b"unknown option" in wrong.err) == (2, b"", True)
    assert everything(repository) == before
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    assert shell.run(plan(), nowhere, "--yes", GIT_CEILING_DIRECTORIES=str(tmp_path)).status == 3


@every_shell
def test_an_empty_plan_has_nothing_to_do(repository: RepositoryBuilder, shell: Shell) -> None:
    ran = shell.run(script_plan(), repository.path, "--yes")
    assert (ran.status, ran.out, ran.err) == (0, b"There is nothing to do.\n", b"")


@every_shell
@pytest.mark.parametrize(("answer", "goes"), [(b"y\n", True), (b"yes\n", True), (b"\n", False), (b"no\n", False)])
def test_at_a_terminal_it_asks(repository: RepositoryBuilder, shell: Shell, answer: bytes, goes: bool) -> None:  # noqa: FBT001  # a case of the table
    before = everything(repository)
    ran = shell.run_at_terminal(script_plan(["EOF"], ["Input/.gitkeep"]), repository.path, answer)
    assert (ran.status, b"Untrack 1 files, add 1 placeholders, make 0 changes" in ran.out) == (0, True)
    assert ("EOF" not in tracked(repository)) == goes
    assert (everything(repository) == before) != goes
