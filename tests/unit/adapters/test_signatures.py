"""The signature table on real and hand-built content, on near misses, and on bytes of no kind at all."""

import py_compile
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fixtures import content
from hygiene.adapters.signatures import BINARY, PRINTABLE, TEXTUAL, identify_by_signature
from tests.unit.adapters.signature_samples import NEGATIVE, POSITIVE, Sample

ROWS = (*BINARY, *PRINTABLE, *TEXTUAL)
MAY_BE_TEXT = {row.name for row in (*PRINTABLE, *TEXTUAL)}


def name_of(head: bytes) -> str | None:
    found = identify_by_signature(head)
    return found.name if found else None


@pytest.mark.parametrize("sample", POSITIVE, ids=lambda sample: sample.label)
def test_each_kind_is_recognised(sample: Sample) -> None:
    assert name_of(sample.head) == sample.expected


@pytest.mark.parametrize("sample", NEGATIVE, ids=lambda sample: sample.label)
def test_near_misses_are_not(sample: Sample) -> None:
    assert name_of(sample.head) is None


def test_every_row_has_a_sample_and_a_source() -> None:
    assert {row.name for row in ROWS} == {sample.expected for sample in POSITIVE}
    assert all(row.source for row in ROWS)
    for row in ROWS:
        assert any(s.expected == row.name and s.head.startswith(row.magic, row.offset) for s in POSITIVE), row


def test_only_keys_and_pointers_are_text() -> None:
    for sample in POSITIVE:
        found = identify_by_signature(sample.head)
        assert found
        assert found.tier == "signature"
        assert found.is_text == (found.name in {row.name for row in TEXTUAL})


def test_bytecode_that_this_python_compiles(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text("def f():\n    return 1\n", "utf-8")
    for mode in py_compile.PycInvalidationMode:
        compiled = py_compile.compile(str(source), doraise=True, invalidation_mode=mode)
        assert name_of(Path(str(compiled)).read_bytes()) == "application/x-python-bytecode"


def test_the_files_that_sqlite_leaves(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (a)")
        connection.commit()
        assert name_of((tmp_path / "a.db").read_bytes()) == "application/vnd.sqlite3"
        assert name_of((tmp_path / "a.db-wal").read_bytes()) == "application/x-sqlite-wal"


def test_a_journal_of_a_write_under_way(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as connection:
        connection.executescript("PRAGMA cache_size=1; CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(90000));")
        connection.execute("BEGIN")
        connection.execute("UPDATE t SET a = randomblob(90000)")  # too much for the cache: it spills, journal first
        assert name_of((tmp_path / "a.db-journal").read_bytes()) == "application/x-sqlite-journal"
        connection.execute("ROLLBACK")


def bag_attributes(key: bytes) -> bytes:
    return b"Bag Attributes\n    friendlyName: me\n    localKeyID: 01 02\nKey Attributes: <No Attributes>\n" + key


LEGACY = b"Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233\n\n"
ONE_LINE = b"-----BEGIN PRIVATE KEY-----\n" + b"MC4CAQAwBQYDK2Vw" * 4 + b"\n-----END PRIVATE KEY-----"


@pytest.mark.parametrize(
    "head",
    [
        bag_attributes(content.pem_key()),
        b"\n\n" + content.pem_key("RSA PRIVATE KEY"),
        b"\xef\xbb\xbf" + content.pem_key(),
        content.pem_key().replace(b"\n", b"\r\n"),
        content.pem_key("RSA PRIVATE KEY").replace(b"KEY-----\n", b"KEY-----\n" + LEGACY, 1),
        content.pem_key("EC PARAMETERS", 1) + content.pem_key("EC PRIVATE KEY", 2),
        content.pem_key("CERTIFICATE", 20) + bag_attributes(content.pem_key()),
        content.pem_key(lines=50)[:1000],
        ONE_LINE,
    ],
)
def test_private_keys_as_tools_write_them(head: bytes) -> None:
    assert name_of(head) == "application/x-pem-private-key"


@given(st.binary(max_size=600))
def test_no_bytes_make_it_raise(head: bytes) -> None:
    identify_by_signature(head)


@given(st.sampled_from(POSITIVE), st.integers(0, 700), st.binary(max_size=40))
def test_no_damage_makes_it_raise(sample: Sample, cut: int, rest: bytes) -> None:
    identify_by_signature(sample.head[:cut])
    identify_by_signature(sample.head[:cut] + rest)


@given(st.sampled_from(ROWS), st.binary(max_size=80))
def test_no_content_behind_a_magic_makes_it_raise(row: object, rest: bytes) -> None:
    assert isinstance(row, type(ROWS[0]))
    identify_by_signature(bytes(row.offset) + row.magic + rest)


WORDS = sorted({row.magic for row in ROWS if row.magic.isascii() and row.magic.decode("ascii").isprintable()})


@given(st.sampled_from([b"", *WORDS]), st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
@example(b"MZ", "x" * 200)
@example(b"BM", "@" * 60)
@example(b"GIF89a", " is a format")
@example(b"RIFF", "    WAVEfmt ")
def test_text_never_gets_a_binary_type(word: bytes, prose: str) -> None:
    found = identify_by_signature(word + prose.encode())
    assert found is None or found.name in MAY_BE_TEXT


@pytest.mark.parametrize("piece", [b"\n", b" \n", b" ", b"-----BEGIN A-----\n", b"A" * 76 + b"\n", b"Bag Attributes\n"])
def test_hostile_keys_take_no_time(piece: bytes) -> None:
    began = time.process_time()
    for start in (b"", b"-----BEGIN CERTIFICATE-----\n", b"-----BEGIN PRIVATE KEY-----\nProc-Type: \n"):
        identify_by_signature((start + piece * 8192)[:8192])
    assert time.process_time() - began < 0.5
