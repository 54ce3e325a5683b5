"""What a repository can hold to make an audit wrong, slow or noisy; each case was one once."""

import hashlib
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from fixtures import content
from fixtures.repositories import RepositoryBuilder
from tests.e2e.command import command, environment, hygiene

READERS = pytest.mark.parametrize("reader", ["git", "libgit2"])


@pytest.mark.parametrize("allow", [b"/*\n!/src/\n!/.gitignore\n", b"*\n!*\n", b"*\n!*/\n!/src/**\n"])
def test_an_allow_list_of_folders_excuses_neither_litter_nor_keys(tmp_path: Path, allow: bytes) -> None:
    repository = RepositoryBuilder(tmp_path / "r")
    repository.file(".gitignore", allow)
    for name in (".DS_Store", "__pycache__/a.cpython-311.pyc"):
        repository.file(f"src/{name}", b"\0\1")
    repository.file("src/id_rsa", content.pem_key("RSA PRIVATE KEY"))
    repository.commit()
    ended = hygiene("audit", repository.path, "--format", "json")
    assert ended.status == 1
    assert [name for name in (".DS_Store", "a.cpython-311.pyc", "id_rsa") if f'{name}"' not in ended.out] == []


@READERS
def test_a_damaged_index_is_not_taken_for_a_short_one(tmp_path: Path, reader: str) -> None:
    repository = RepositoryBuilder(tmp_path / "r")
    for name in ("a.py", "z.sqlite3", "z/.DS_Store"):
        repository.file(name, name.encode())
    repository.commit()
    index = repository.path / ".git" / "index"
    damaged = bytearray(index.read_bytes())
    damaged[11] = 1
    index.write_bytes(bytes(damaged))
    ended = hygiene("audit", repository.path, "--reader", reader)
    assert ended.status == 4
    assert "Traceback" not in ended.err


def test_an_index_without_a_checksum_is_read(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "r")
    repository.file("a.py", b"1")
    repository.commit()
    index = repository.path / ".git" / "index"
    data = index.read_bytes()
    size = hashlib.sha1(usedforsecurity=False).digest_size
    index.write_bytes(data[:-size] + bytes(size))
    assert hygiene("audit", repository.path, "--reader", "git").status == 0


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", b"a" + b".a" * 50_000 + b" = 1\n"),
        ("pyproject.toml", b"x = " + b"1" * 5_000 + b"\n"),
        ("pyproject.toml", b"tool = 5\n"),
        ("pyproject.toml", b"[tool]\nsetuptools = 3\n"),
        ("Dockerfile", b"\n" * 500_000),
        ("action.yml", b"\n" * 500_000),
        (".gitmodules", b"\n" * 500_000),
        ("package.json", b'{"files": [' + b'"a",' * 50_000 + b'"b"]}'),
        ("package.json", b"[" * 100_000),
        ("a.py", b"q/x.log " * 100_000),
    ],
    ids=lambda value: value if isinstance(value, str) else str(len(value)),
)
def test_manifests_and_texts_made_to_be_slow_are_not(tmp_path: Path, path: str, text: bytes) -> None:
    repository = RepositoryBuilder(tmp_path / "r")
    repository.file(path, text)
    repository.gitlink("module")
    for number in range(300):
        repository.file(f"l/{number}/x.log", b"line\n")
    repository.commit()
    start = time.perf_counter()
    ended = hygiene("audit", repository.path, "--exit-zero")
    assert (ended.status, ended.err) == (0, "")
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("streams", ["2>&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_closed_streams_do_not_decide_how_it_ends(tmp_path: Path, streams: str) -> None:
    words = " ".join(command("audit", tmp_path / "nowhere"))
    done = subprocess.run(["bash", "-c", f"{words} {streams}"], env=environment(), check=False)
    assert done.returncode == 3


def test_a_full_stdout_is_an_error_of_the_table(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "r")
    repository.file("a.py", b"1")
    repository.commit()
    words = " ".join(command("audit", repository.path))
    done = subprocess.run(["bash", "-c", f"{words} >/dev/full"], env=environment(), capture_output=True, check=False)
    assert done.returncode == 2
    assert b"cannot write standard output" in done.stderr


def test_output_to_a_stream_is_refused_and_replaces_nothing(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "r")
    repository.file("a.py", b"1")
    repository.commit()
    log = tmp_path / "log"
    words = " ".join(command("audit", repository.path, "--output", "/dev/stdout"))
    done = subprocess.run(["bash", "-c", f"{{ echo before; {words}; }} > {log}"], env=environment(), check=False)
    assert done.returncode == 2
    assert log.read_text() == "before\n"


@READERS
def test_an_interrupt_at_any_moment_ends_with_130_and_leaves_the_old_report(tmp_path: Path, reader: str) -> None:
    repository = RepositoryBuilder(tmp_path / "r")
    repository.files({f"d/{number}.xyz": b"%d\0" % number for number in range(2_000)})
    repository.commit()
    report = tmp_path / "report.json"
    report.write_text("old")
    words = command("audit", repository.path, "--format", "json", "--output", report, "--reader", reader)
    for moment in range(10):
        with subprocess.Popen(words, env=environment(), stderr=subprocess.PIPE) as process:
            time.sleep(0.03 + 0.05 * moment)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
        # Before Python has put its own handler in place the signal itself ends the process; and while Python is still
        # starting, before anything of ours runs, Python ends with 1 and its own traceback.
        is_ours = b"hygiene" in err or process.returncode != 1
        assert process.returncode in (0, 130, -signal.SIGINT) or not is_ours
        assert process.returncode != 130 or b"Traceback" not in err
        assert process.returncode == 0 or report.read_text() == "old"
        report.write_text("old")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["r", "report.json"]


def test_a_git_that_is_none_is_no_bug(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "r")
    repository.file("a.py", b"1")
    repository.commit()
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    for script in ("#!/bin/sh\nexit 0\n", "#!/bin/sh\necho junk\n", "#!/bin/sh\necho sha1 false\n"):
        fake.write_text(script)
        fake.chmod(0o755)
        env = environment(PATH=f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
        assert hygiene("audit", repository.path, env=env).status == 0
