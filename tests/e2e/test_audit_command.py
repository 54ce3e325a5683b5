"""`hygiene audit` from the outside: reports, exit codes, and every way in which it can be called wrongly."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.content import pem_key
from fixtures.repositories import RepositoryBuilder
from tests.e2e.command import command, environment, hygiene


@pytest.fixture
def cluttered(tmp_path: Path) -> Path:
    repository = RepositoryBuilder(tmp_path / "cluttered")
    repository.file("src/a.py", b"print()\n")
    repository.file("src/__pycache__/a.cpython-312.pyc", b"\xcb\r\r\n" + bytes(12))
    repository.file("logs/x.log", b"line\n")
    repository.commit()
    return repository.path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    repository = RepositoryBuilder(tmp_path / "clean")
    repository.file("src/a.py", b"print()\n")
    repository.commit()
    return repository.path


def test_a_clean_repository_ends_with_0_and_says_so(clean: Path) -> None:
    ended = hygiene("audit", clean)
    assert (ended.status, ended.err) == (0, "")
    assert "clean: 1 file" in ended.out


def test_findings_end_with_1_and_are_named(cluttered: Path) -> None:
    ended = hygiene("audit", folder=cluttered)
    assert (ended.status, ended.err) == (1, "")
    assert "python-bytecode" in ended.out
    assert "src/__pycache__/" in ended.out


def test_the_repository_is_found_from_a_folder_inside_it(cluttered: Path) -> None:
    inside = cluttered / "deep" / "down"
    inside.mkdir(parents=True)
    assert hygiene("audit", folder=inside).status == 1


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--exit-zero"], 0),
        (["--fail-on", "certain"], 1),
        (["--fail-on", "review"], 1),
        (["--max-size", "3"], 1),
    ],
)
def test_what_fails_is_the_users_choice(cluttered: Path, options: list[str], status: int) -> None:
    assert hygiene("audit", cluttered, *options).status == status


def test_fail_on_reaches_down_to_likely_and_review(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "r")
    repository.file("a/x.log", b"line\n")
    repository.commit()
    assert [
        hygiene("audit", repository.path, "--fail-on", level).status for level in ("certain", "likely", "review")
    ] == [0, 0, 1]


def test_json_is_the_same_bytes_each_time_and_in_every_clone(cluttered: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", cluttered, tmp_path / "clone"], check=True, env=environment())
    first, again, clone = (
        hygiene("audit", each, "--format", "json").out for each in (cluttered, cluttered, tmp_path / "clone")
    )
    assert first == again == clone
    assert json.loads(first)["schema"] == "hygiene.audit/1"
    assert str(tmp_path) not in first


def test_a_report_goes_to_a_file_whole(cluttered: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    ended = hygiene("audit", cluttered, "--format", "markdown", "--output", target)
    assert (ended.status, ended.out) == (1, "")
    assert "src/__pycache__/a.cpython-312.pyc" in target.read_text()


def test_an_output_that_cannot_be_written_changes_nothing(cluttered: Path, tmp_path: Path) -> None:
    ended = hygiene("audit", cluttered, "--output", tmp_path / "no" / "such" / "report.txt")
    assert ended.status == 2
    assert ended.err.startswith("error: cannot write")
    assert "help:" in ended.err
    assert not (tmp_path / "no").exists()


def test_a_full_disk_is_an_error_of_the_table_and_leaves_the_old_report(cluttered: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("old")
    script = f"ulimit -f 0; exec {' '.join(command('audit', cluttered, '--output', report))}"
    done = subprocess.run(
        ["bash", "-c", f"trap '' XFSZ; {script}"], env=environment(), capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"cannot write" in done.stderr
    assert report.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_not_a_repository_ends_with_3(tmp_path: Path) -> None:
    ended = hygiene("audit", tmp_path)
    assert ended.status == 3
    assert "not a Git repository" in ended.err


def test_nothing_tracked_ends_with_3(tmp_path: Path) -> None:
    ended = hygiene("audit", RepositoryBuilder(tmp_path / "r").path)
    assert ended.status == 3
    assert "no commit yet" in ended.err


@pytest.mark.parametrize("reader", ["git", "libgit2"])
@pytest.mark.parametrize("revision", ["no-such", "--all", "HEAD:src/a.py", "HEAD~99", ""])
def test_an_unknown_revision_ends_with_2_and_is_named(clean: Path, revision: str, reader: str) -> None:
    ended = hygiene("audit", clean, f"--rev={revision}", "--reader", reader)
    assert ended.status == 2
    assert f"unknown revision {revision!r}" in ended.err


@pytest.mark.parametrize("reader", ["git", "libgit2"])
def test_a_revision_is_audited_also_in_a_bare_repository(cluttered: Path, tmp_path: Path, reader: str) -> None:
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", cluttered, bare], check=True, env=environment())
    assert hygiene("audit", bare, "--reader", reader).status == 1
    assert hygiene("audit", bare, "--rev", "main", "--reader", reader).status == 1


@pytest.mark.parametrize("reader", ["git", "libgit2"])
def test_missing_objects_end_with_4_and_are_listed(tmp_path: Path, reader: str) -> None:
    repository = RepositoryBuilder(tmp_path / "r")
    repository.file("a.py", b"1")
    repository.file("b.py", b"2")
    repository.commit()
    repository.lose("HEAD:a.py")
    ended = hygiene("audit", repository.path, "--reader", reader)
    assert ended.status == 4
    assert "a.py" in ended.out
    assert "incomplete" in ended.out
    assert hygiene("audit", repository.path, "--reader", reader, "--allow-incomplete").status == 0


def test_trap_01_a_shallow_clone_is_whole_for_one_revision_and_incomplete_for_a_question_about_history(
    tmp_path: Path,
) -> None:
    repository = RepositoryBuilder(tmp_path / "r")
    repository.file("a.py", b"1")
    base = repository.commit()
    for content in (b"2", b"3"):
        repository.file("a.py", content)
        repository.commit()
    shallow = repository.shallow_clone(tmp_path / "shallow")
    ended = hygiene("audit", shallow)
    assert ended.status == 0
    assert "shallow" in ended.out
    assert hygiene("audit", shallow, "--new-since", base).status == 2
    assert hygiene("audit", repository.path, "--new-since", base).status == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("id = ", "Invalid value"),
        ('id = "mine"\nsumary = "x"\n', "summary"),
        ("\x00", ""),
    ],
)
def test_a_broken_rule_file_ends_with_2_and_names_the_file(
    clean: Path, tmp_path: Path, text: str, problem: str
) -> None:
    rules = tmp_path / "mine.toml"
    rules.write_text(text)
    for ended in (hygiene("audit", clean, "--rules", rules), hygiene("rule", "check", rules)):
        assert ended.status == 2
        assert "mine.toml" in ended.err
        assert problem in ended.err
        assert "Traceback" not in ended.err


def test_wrong_options_end_with_2(clean: Path) -> None:
    for wrong in (["--format", "pdf"], ["--max-size", "huge"], ["--no-such"]):
        ended = hygiene("audit", clean, *wrong)
        assert ended.status == 2
        assert ended.err.startswith("error: ")
        assert "Traceback" not in ended.err


def test_a_reader_that_goes_away_is_no_traceback(cluttered: Path) -> None:
    with subprocess.Popen(
        command("audit", cluttered, "--format", "json"),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_nothing_in_the_working_folder_is_imported(cluttered: Path) -> None:
    for name in ("click", "magic", "pygit2", "tabulate", "hygiene", "json"):
        (cluttered / f"{name}.py").write_text("raise SystemExit('imported from the working folder')\n")
    assert hygiene("audit", folder=cluttered).status == 1


def test_nothing_is_written_into_the_repository(cluttered: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        return {str(p): (p.stat().st_mtime_ns, p.stat().st_size) for p in cluttered.rglob("*") if p.is_file()}

    before = state()
    for form in ("table", "json", "markdown"):
        hygiene("audit", cluttered, "--format", form)
    assert state() == before


def test_colour_is_asked_for_or_absent(cluttered: Path) -> None:
    assert "\033" not in hygiene("audit", cluttered).out
    assert "\033[" in hygiene("audit", cluttered, "--color", "always").out
    assert "\033[" in hygiene("audit", cluttered, env=environment(FORCE_COLOR="1")).out
    assert "\033" not in hygiene("audit", cluttered, env=environment(FORCE_COLOR="1", NO_COLOR="1")).out


def test_names_never_reach_the_terminal_raw(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "r")
    for name in (b"\x1b]0;owned\x07.pyc", b"a\nb.pyc", b"\xff\xfe.pyc", "\u202etxt.pyc".encode(), b"x\x9b1m.pyc"):
        repository.file(b"__pycache__/" + name, b"\xcb\r\r\n")
        repository.file(name, b"\xcb\r\r\n" + bytes(12))
    repository.commit()
    for form in ("table", "markdown"):
        ended = hygiene("audit", repository.path, "--format", form)
        assert ended.status == 1
        assert not [c for c in ended.out if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c == "\u202e"]


def test_a_stream_that_cannot_show_a_character_is_no_failure(cluttered: Path) -> None:
    env = environment(PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    ended = subprocess.run(command("audit", cluttered), env=env, capture_output=True, check=False)
    assert ended.returncode == 1
    assert b"Traceback" not in ended.stderr


def test_version_and_help() -> None:
    assert hygiene("--version").out.startswith("hygiene ")
    assert "audit" in hygiene("--help").out
    assert hygiene("audit", "--help").status == 0
    assert hygiene("audit", "--help").out.count("\n") > 10


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such folder")
def test_a_repository_that_cannot_be_entered_is_an_error_and_no_bug(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert hygiene("audit", tmp_path / "file" / "x").status == 3
    assert hygiene("audit", tmp_path / "nowhere").status == 3


def test_several_reports_come_from_one_audit(cluttered: Path, tmp_path: Path) -> None:
    summary, sarif, junit = tmp_path / "summary.md", tmp_path / "out.sarif", tmp_path / "out.xml"
    summary.write_text("before\n")
    options = ["--report", f"sarif={sarif}", "--report", f"junit={junit}", "--report", "github"]
    env = environment(GITHUB_STEP_SUMMARY=str(summary))
    ended = hygiene("audit", cluttered, *options, "--report", "github-summary", env=env)
    assert ended.status == 1
    assert "findings in 2 files" in ended.out
    assert "::error file=src/__pycache__/a.cpython-312.pyc" in ended.out
    assert json.loads(sarif.read_text())["version"] == "2.1.0"
    assert junit.read_text().startswith("<?xml")
    assert summary.read_text().startswith("before\n## Repository hygiene")


@pytest.mark.parametrize(
    ("report", "complaint"),
    [
        ("sarif", "sarif needs a file: sarif=FILE"),
        ("github=", "github needs a file"),
        ("yaml=x", "'yaml' is no format"),
        ("github-summary", "GITHUB_STEP_SUMMARY is not set"),
    ],
)
def test_a_report_that_has_nowhere_to_go_is_refused_before_any_work(clean: Path, report: str, complaint: str) -> None:
    ended = hygiene("audit", clean, "--report", report)
    assert (ended.status, ended.out) == (2, "")
    assert complaint in ended.err


def test_a_ratchet_needs_a_baseline(clean: Path) -> None:
    ended = hygiene("audit", clean, "--ratchet")
    assert ended.status == 2
    assert "--write-baseline" in ended.err


def test_a_named_baseline_that_is_not_there_is_an_error(clean: Path, tmp_path: Path) -> None:
    ended = hygiene("audit", clean, "--baseline", tmp_path / "none.json")
    assert ended.status == 2
    assert "none.json" in ended.err


def test_the_baseline_accepts_what_is_there_and_nothing_that_changes(cluttered: Path) -> None:
    assert hygiene("audit", cluttered, "--write-baseline").status == 0
    assert hygiene("audit", cluttered).status == 0
    assert hygiene("audit", cluttered, "--no-config").status == 1
    place = cluttered / "src/__pycache__/a.cpython-312.pyc"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"\xcb\r\r\n" + bytes(13))
    subprocess.run(["git", "add", "--force", place], cwd=cluttered, check=True)
    ended = hygiene("audit", cluttered)
    assert ended.status == 1
    assert "1 entry of the baseline is stale" in ended.out


def test_the_ratchet_lets_no_bigger_baseline_be_written(cluttered: Path) -> None:
    assert hygiene("audit", cluttered, "--write-baseline").status == 0
    before = (cluttered / ".hygiene-baseline.json").read_bytes()
    for name in ("b", "c"):
        place = cluttered / f"src/__pycache__/{name}.cpython-312.pyc"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"\xcb\r\r\n" + bytes(12))
        subprocess.run(["git", "add", "--force", place], cwd=cluttered, check=True)
    ended = hygiene("audit", cluttered, "--write-baseline", "--ratchet")
    assert ended.status == 1
    assert "by the ratchet the baseline may only shrink" in ended.err
    assert "growing-clutter" in ended.out
    assert (cluttered / ".hygiene-baseline.json").read_bytes() == before
    assert hygiene("audit", cluttered, "--write-baseline", "--no-ratchet").status == 0


def test_under_the_ratchet_stale_entries_are_pruned_all_the_same(cluttered: Path) -> None:
    assert hygiene("audit", cluttered, "--write-baseline").status == 0
    subprocess.run(["git", "rm", "-q", "--cached", "logs/x.log"], cwd=cluttered, check=True)
    place = cluttered / "src/__pycache__/b.cpython-312.pyc"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"\xcb\r\r\n" + bytes(12))
    subprocess.run(["git", "add", "--force", place], cwd=cluttered, check=True)
    ended = hygiene("audit", cluttered, "--write-baseline", "--ratchet")
    assert ended.status == 1
    assert "without 1 stale entry, and nothing new was accepted" in ended.err
    written = (cluttered / ".hygiene-baseline.json").read_text()
    assert "x.log" not in written
    assert "b.cpython-312.pyc" not in written


def test_a_configured_baseline_that_is_not_there_makes_the_audit_incomplete(clean: Path) -> None:
    (clean / "hygiene.toml").write_text('[gate]\nbaseline = "ci/accepted.json"\nratchet = true\n')
    ended = hygiene("audit", clean)
    assert ended.status == 4
    assert "the baseline ci/accepted.json is not there" in ended.out
    assert hygiene("audit", clean, "--staged").status == 0
    (clean / "ci").mkdir()
    assert hygiene("audit", clean, "--write-baseline").status == 0
    assert hygiene("audit", clean).status == 0


def test_accepting_secrets_is_not_done_in_silence(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "leaky")
    repository.file("deploy/server.key", pem_key())
    repository.commit()
    repository.check_out()
    ended = hygiene("audit", repository.path, "--write-baseline")
    assert ended.status == 0
    assert "warning: it accepts 1 file with secrets or people's data: deploy/server.key" in ended.err


def test_a_bare_repository_whose_head_leads_nowhere_asks_for_a_branch(clean: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "clone", "-q", "--bare", clean, bare], check=True)
    subprocess.run(["git", "symbolic-ref", "HEAD", "refs/heads/other"], cwd=bare, check=True)
    ended = hygiene("audit", bare)
    assert ended.status == 3
    assert "--rev" in ended.err
    assert hygiene("audit", bare, "--rev", "main").status == 0


def test_an_incomplete_audit_writes_no_baseline(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "partial")
    repository.file("x.dat", b"\0\1")
    repository.commit()
    repository.lose("HEAD:x.dat")
    ended = hygiene("audit", repository.path, "--write-baseline")
    assert ended.status == 4
    assert "the baseline was not written: this audit is incomplete" in ended.err
    assert not (repository.path / ".hygiene-baseline.json").exists()


def test_the_policy_can_be_that_of_another_revision(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "project")
    repository.file("a.py", b"")
    base = repository.commit()
    repository.file("__pycache__/a.cpython-312.pyc", b"\xcb\r\r\n")
    repository.file("hygiene.toml", b'[gate.by_category]\ncache = "never"\n')
    repository.commit()
    repository.check_out()
    assert hygiene("audit", repository.path).status == 0
    assert hygiene("audit", repository.path, "--policy-rev", base).status == 1
    assert hygiene("audit", repository.path, "--policy-rev", "no-such").status == 2


def test_a_bare_repository_is_judged_by_the_configuration_of_its_head(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "project")
    repository.file("__pycache__/a.cpython-312.pyc", b"\xcb\r\r\n")
    repository.file("hygiene.toml", b'[gate.by_category]\ncache = "never"\n')
    repository.commit()
    bare = repository.bare_clone(tmp_path / "bare.git")
    assert hygiene("audit", bare).status == 0
    assert hygiene("audit", bare, "--no-config").status == 1


def test_a_configuration_elsewhere_still_means_the_repositorys_own_baseline(cluttered: Path, tmp_path: Path) -> None:
    config = tmp_path / "policy" / "audit.toml"
    config.parent.mkdir()
    config.write_text('[gate]\nbaseline = "ci/accepted.json"\n')
    (cluttered / "ci").mkdir()
    assert hygiene("audit", cluttered, "--config", config, "--write-baseline").status == 0
    assert (cluttered / "ci/accepted.json").is_file()
    assert hygiene("audit", cluttered, "--config", config).status == 0


@pytest.mark.parametrize(
    "options",
    [
        ["--config", "x.toml", "--no-config"],
        ["--policy-rev", "HEAD", "--no-config"],
        ["--write-baseline", "--new-since", "HEAD"],
        ["--write-baseline", "--policy-rev", "HEAD"],
    ],
)
def test_options_that_contradict_each_other_are_refused(clean: Path, options: list[str]) -> None:
    ended = hygiene("audit", clean, *options)
    assert ended.status == 2
    assert "cannot be given together" in ended.err


def test_a_mistyped_repository_is_not_the_one_around_it(clean: Path) -> None:
    ended = hygiene("audit", "nosuch", folder=clean)
    assert ended.status == 3
    assert "nosuch" in ended.err


@pytest.mark.parametrize(
    "options",
    [
        ["--output", "x.json", "--report", "json=x.json"],
        ["--write-baseline", "--baseline", "b", "--report", "json=./b"],
    ],
)
def test_two_things_are_never_written_to_one_file(clean: Path, options: list[str]) -> None:
    ended = hygiene("audit", *options, folder=clean)
    assert ended.status == 2
    assert "cannot be written to one file" in ended.err
    assert not (clean / "x.json").exists()


def test_named_rules_come_from_the_policy_revision_too(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "project")
    rule = b"""id = "zzz"\nsummary = "Z"\nwhy = "Because."\nproducer = "us"\ncategory = "scratch"\nbucket = "EPHEMERAL"
confidence = "certain"\nseverity = "low"\ndisposition = "untrack"\nrelease = "deny"\n[match]\nsuffixes = [".zzz"]
[examples]\nmatch = ["a.zzz", "b.zzz"]\nignore = ["a", "b"]\n"""
    repository.file("rules/zzz.toml", rule)
    base = repository.commit()
    repository.file("rules/zzz.toml", rule.replace(b"[match]\n", b'[match]\nexempt = ["j.zzz"]\n'))
    repository.file("j.zzz", b"1")
    repository.commit()
    repository.check_out()
    assert hygiene("audit", "--rules", "rules", folder=repository.path).status == 0
    assert hygiene("audit", "--rules", "rules", "--policy-rev", base, folder=repository.path).status == 1
