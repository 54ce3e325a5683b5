"""The tiers of identification, with the real libmagic and with workers that misbehave."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from fixtures import content
from hygiene.adapters import magic_worker
from hygiene.adapters.magic_process import MagicProcess, Patience
from hygiene.adapters.media_types import LayeredMediaTypes
from hygiene.ports import MediaType

COMPRESSED = b"\x1f\x9d\x90" + bytes(range(40))  # compress(1): known to libmagic, not to the table
UNKNOWN = b"\xf3\0\xee\0\xf3\0\xee\0" * 4
WORKER_FOLDER = str(Path(magic_worker.__file__).parent)

SIGNATURE_OR_NUL = {"signature", "nul-test"}


SHORT = Patience(start=5, answer=0.4)


def scripted(body: str, patience: Patience = SHORT) -> LayeredMediaTypes:
    """An identifier whose worker runs `body`, with the real worker's module at hand."""
    setup = f"import sys, os, time\nsys.path.insert(0, {WORKER_FOLDER!r})\nimport magic_worker\n"
    return LayeredMediaTypes(MagicProcess((sys.executable, "-P", "-c", setup + textwrap.dedent(body)), patience))


MOODY = """
    out, inp = sys.stdout.buffer, sys.stdin.buffer
    magic_worker.write_frame(out, b"ready")
    while (head := magic_worker.read_frame(inp)) is not None:
        if b"CRASH" in head: os.kill(os.getpid(), 11)
        if b"HANG" in head: time.sleep(60)
        if b"HALF" in head: out.write(b"\\0\\0\\0\\x09appl"); out.flush(); os._exit(1)
        if b"GIANT" in head: out.write(b"\\xff\\xff\\xff\\xff" + bytes(99)); out.flush(); time.sleep(60)
        answer = b"" if b"FAILED" in head else b"text/x-odd; charset=utf-16le" if b"WIDE" in head else \\
            b"text/x-shellscript; charset=binary" if b"SHELL" in head else b"rubbish \\x1b[2J" if b"RUBBISH" in head \\
            else b"application/x-fine; charset=binary"
        magic_worker.write_frame(out, answer)
"""
FINE = MediaType("application/x-fine", "libmagic", is_text=False)


def test_libmagic_knows_what_the_table_does_not() -> None:
    assert LayeredMediaTypes().identify([COMPRESSED, UNKNOWN]) == [
        MediaType("application/x-compress", "libmagic", is_text=False),
        MediaType("application/octet-stream", "libmagic", is_text=False),
    ]


def test_signatures_and_text_need_no_worker() -> None:
    identifier = scripted("raise SystemExit('started')")
    heads = [content.wav(), b"text", b"", "wide".encode("utf-16")]
    assert {found.tier for found in identifier.identify(heads) if found} == SIGNATURE_OR_NUL


@pytest.mark.parametrize("trouble", [b"CRASH", b"HANG", b"HALF", b"GIANT", b"FAILED"])
def test_trouble_costs_only_the_head_that_caused_it(trouble: bytes) -> None:
    heads = [UNKNOWN, trouble + UNKNOWN, UNKNOWN, content.wav(), UNKNOWN]
    answers = scripted(MOODY).identify(heads)
    assert answers[1] is None
    assert [answers[0], answers[2], answers[4]] == [FINE] * 3
    assert answers[3] == MediaType("audio/x-wav", "signature", is_text=False)


def test_a_hang_ends_when_patience_does() -> None:
    began = time.monotonic()
    scripted(MOODY).identify([b"HANG" + UNKNOWN])
    assert time.monotonic() - began < 5


def test_after_three_losses_in_a_row_libmagic_is_given_up() -> None:
    crash = b"CRASH" + UNKNOWN
    answers = scripted(MOODY).identify([crash, crash, UNKNOWN, crash, crash, crash, crash, UNKNOWN])
    by_nul_test = MediaType("application/octet-stream", "nul-test", is_text=False)
    assert answers == [None, None, FINE, None, None, None, by_nul_test, by_nul_test]


def test_losses_count_across_calls() -> None:
    identifier = scripted(MOODY)
    for _ in range(3):
        assert identifier.identify([b"CRASH" + UNKNOWN]) == [None]
    assert identifier.tiers() == ("signature", "nul-test")


@pytest.mark.parametrize("body", ["raise SystemExit(1)", "time.sleep(60)", "print('hello')", "os.kill(os.getpid(), 9)"])
def test_a_worker_that_never_gets_ready_is_given_up(body: str) -> None:
    identifier = scripted(body, Patience(start=0.3, answer=0.3))
    assert identifier.identify([UNKNOWN]) == [MediaType("application/octet-stream", "nul-test", is_text=False)]


def test_a_command_that_is_not_there_leaves_the_other_tiers() -> None:
    identifier = LayeredMediaTypes(MagicProcess(("/nonexistent/python",)))
    assert identifier.tiers() == ("signature", "nul-test")


def test_text_without_a_byte_order_mark_is_text_when_libmagic_says_so() -> None:
    assert scripted(MOODY).identify([b"WIDE" + UNKNOWN]) == [MediaType("text/x-odd", "libmagic", is_text=True)]


def test_a_binary_behind_a_script_is_a_binary() -> None:
    [found] = scripted(MOODY).identify([b"SHELL" + UNKNOWN])
    assert found == MediaType("application/octet-stream", "libmagic", is_text=False)


def test_an_answer_that_is_no_media_type_never_gets_through() -> None:
    [found] = scripted(MOODY).identify([b"RUBBISH" + UNKNOWN])
    assert found == MediaType("application/octet-stream", "nul-test", is_text=False)


def test_the_real_worker_killed_between_two_heads() -> None:
    process = MagicProcess()
    try:
        assert process.ready()
        assert process.ask(COMPRESSED) == "application/x-compress; charset=binary"
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
        assert process.ask(COMPRESSED) is None
        assert process.ready()
        assert process.ask(COMPRESSED) == "application/x-compress; charset=binary"
    finally:
        process.stop()


def test_no_worker_outlives_a_call() -> None:
    process = MagicProcess()
    LayeredMediaTypes(process).identify([UNKNOWN])
    assert process.pid is None


def test_the_worker_sees_eight_kibibytes_and_no_more() -> None:
    echo = """
        magic_worker.write_frame(sys.stdout.buffer, b"ready")
        head = magic_worker.read_frame(sys.stdin.buffer)
        magic_worker.write_frame(sys.stdout.buffer, b"application/x-%d; charset=binary" % len(head))
    """
    [found] = scripted(echo).identify([b"\0" * 100_000])
    assert found
    assert found.name == "application/x-8192"


WITHOUT = """
    import ctypes
    loaded = ctypes.CDLL.__init__
    def refusing(self, name, *rest, **named):
        if {condition}:
            raise OSError(name)
        loaded(self, name, *rest, **named)
    ctypes.CDLL.__init__ = refusing
    magic_worker.main()
"""


def test_without_a_library_of_the_system_the_bundled_one_is_used() -> None:
    identifier = scripted(WITHOUT.format(condition="'magic' in str(name) and 'pylibmagic' not in str(name)"))
    assert identifier.identify([COMPRESSED]) == [MediaType("application/x-compress", "libmagic", is_text=False)]


def test_pylibmagic_is_found_and_not_imported() -> None:
    check = """
        magic_worker.write_frame(sys.stdout.buffer, b"ready")
        magic_worker.read_frame(sys.stdin.buffer)
        found = magic_worker.bundled_folder() is not None and "pylibmagic" not in sys.modules
        magic_worker.write_frame(sys.stdout.buffer, b"application/x-%d; charset=binary" % found)
    """
    assert scripted(check).identify([UNKNOWN]) == [MediaType("application/x-1", "libmagic", is_text=False)]


def test_without_any_library_the_nul_test_answers() -> None:
    identifier = scripted(WITHOUT.format(condition="'magic' in str(name)"))
    assert identifier.tiers() == ("signature", "nul-test")
    assert identifier.identify([COMPRESSED]) == [MediaType("application/octet-stream", "nul-test", is_text=False)]


IDENTIFY = f"""
from hygiene.adapters.media_types import LayeredMediaTypes
print(LayeredMediaTypes().identify([{COMPRESSED!r}])[0].name)
"""


def test_modules_in_the_audited_folder_are_not_imported(tmp_path: Path) -> None:
    for name in ("magic.py", "pylibmagic.py", "contextlib.py", "resource.py"):
        (tmp_path / name).write_text("open('marker', 'w')\n", "utf-8")

    fired = subprocess.run([sys.executable, "-c", "import magic"], cwd=tmp_path, check=False)
    assert fired.returncode == 0
    assert (tmp_path / "marker").exists(), "the trap does not work"
    (tmp_path / "marker").unlink()

    source = str(Path(WORKER_FOLDER).parents[1])
    environment = {**os.environ, "PYTHONPATH": source, "PYTHONSAFEPATH": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", IDENTIFY], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "application/x-compress"
    assert not (tmp_path / "marker").exists()


def test_the_worker_inherits_no_traps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "magic.py").write_text(f"open({str(tmp_path / 'marker')!r}, 'w')\n", "utf-8")
    (tmp_path / ".magic").write_text("0 byte x everything is this\n!:mime application/x-trap\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MAGIC", str(tmp_path / ".magic"))
    monkeypatch.chdir(tmp_path)
    [found] = LayeredMediaTypes().identify([COMPRESSED])
    assert found
    assert found.name == "application/x-compress"
    assert not (tmp_path / "marker").exists()
