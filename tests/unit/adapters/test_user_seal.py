"""The seal: what it tells from what, and where its key is."""

import sys
from pathlib import Path

import pytest

from hygiene.adapters.user_seal import SEAL_LENGTH, Seal, default_state_folder, seal_of


def sealed(file: Path, state: Path, content: bytes = b"content") -> Path:
    file.write_bytes(content)
    with file.open("r+b") as opened:
        Seal(state).put_on(opened)
    return file


def is_sealed(file: Path, state: Path) -> bool:
    with file.open("rb") as opened:
        return Seal(state).is_on(opened)


@pytest.mark.parametrize("content", [b"", b"content", bytes(3 << 20)])
def test_a_sealed_file_is_told_from_the_same_without_a_seal(tmp_path: Path, content: bytes) -> None:
    file = sealed(tmp_path / "file", tmp_path / "state", content)
    assert file.read_bytes()[:-SEAL_LENGTH] == content
    assert is_sealed(file, tmp_path / "state")
    file.write_bytes(content)
    assert not is_sealed(file, tmp_path / "state")


@pytest.mark.parametrize("at", [0, 6, 7, -1])
def test_no_byte_of_it_may_change(tmp_path: Path, at: int) -> None:
    file = sealed(tmp_path / "file", tmp_path / "state")
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)
    assert not is_sealed(file, tmp_path / "state")


def test_another_users_seal_is_none(tmp_path: Path) -> None:
    file = sealed(tmp_path / "file", tmp_path / "state")
    assert not is_sealed(file, tmp_path / "another")
    sealed(tmp_path / "other file", tmp_path / "another")
    assert not is_sealed(file, tmp_path / "another")


def test_the_same_content_gets_the_same_seal_and_another_another(tmp_path: Path) -> None:
    seals = []
    for content in (b"a", b"a", b"b"):
        with sealed(tmp_path / "file", tmp_path / "state", content).open("rb") as opened:
            seals.append(seal_of(opened))
    assert seals[0] == seals[1] != seals[2]


def test_only_its_user_may_read_the_key(tmp_path: Path) -> None:
    sealed(tmp_path / "file", tmp_path / "state")
    (key,) = (tmp_path / "state").iterdir()
    assert key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("key", [b"", b"short", bytes(33)])
def test_a_key_that_is_none_seals_nothing(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "seal.key").write_bytes(key)
    with pytest.raises(OSError, match="no key of ours"):
        sealed(tmp_path / "file", tmp_path)
    assert not is_sealed(tmp_path / "file", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "seal.key"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other folders")
@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"XDG_STATE_HOME": "/state", "HOME": "/home/ann"}, Path("/state/hygiene")),
        ({"XDG_STATE_HOME": "state", "HOME": "/home/ann"}, Path("/home/ann/.local/state/hygiene")),
        ({"XDG_STATE_HOME": "", "HOME": "/home/ann"}, Path("/home/ann/.local/state/hygiene")),
        ({"HOME": "/home/ann"}, Path("/home/ann/.local/state/hygiene")),
        ({"HOME": "relative"}, None),
    ],
)
def test_the_folder_is_where_the_specification_has_it(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: Path | None
) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert default_state_folder() == expected
