"""What every identifier of content promises, asked of the real one and of the fake."""

import pytest

from fixtures import content
from hygiene.adapters.media_types import LayeredMediaTypes
from hygiene.ports import MediaTypes
from tests.fakes.media_types import FakeMediaTypes
from tests.unit.adapters.signature_samples import POSITIVE


@pytest.fixture(params=[LayeredMediaTypes, FakeMediaTypes])
def identifier(request: pytest.FixtureRequest) -> MediaTypes:
    made: MediaTypes = request.param()
    return made


def test_no_heads_have_no_answers(identifier: MediaTypes) -> None:
    assert identifier.identify([]) == []


def test_answers_come_one_for_each_head_in_order(identifier: MediaTypes) -> None:
    heads = [content.wav(), b"plain\n", b"\0\1\2\3", content.pyc("x = 1"), b"", content.wav()]
    names = [found.name for found in identifier.identify(heads) if found]
    assert len(names) == len(heads)
    assert [names[0], names[1], names[3], names[4], names[5]] == [
        "audio/x-wav",
        "text/plain",
        "application/x-python-bytecode",
        "inode/x-empty",
        "audio/x-wav",
    ]


def test_every_signature_is_known(identifier: MediaTypes) -> None:
    answers = identifier.identify([sample.head for sample in POSITIVE])
    assert [found.name if found else None for found in answers] == [sample.expected for sample in POSITIVE]
    assert {found.tier for found in answers if found} == {"signature"}


@pytest.mark.parametrize(
    "text",
    [
        b"ASCII\twith\r\nlines\x0c",
        "Grüße, 世界 🎉".encode(),
        "世界".encode()[:-1],  # cut by the end of the head
        "Grüße".encode("latin-1"),
        "世界の言葉".encode("shift-jis"),
        "wide".encode("utf-16"),
        "wide".encode("utf-16")[:-1],
        b"\xfe\xff" + "wide".encode("utf-16-be"),
        "wider".encode("utf-32"),
        b"\x1b[31mred\x1b[0m\n",
        b"bold\b\bbold\n",
        b"one stray \x01 in a long line of a log" + b" of many words" * 10,
    ],
)
def test_text_is_text(identifier: MediaTypes, text: bytes) -> None:
    [found] = identifier.identify([text])
    assert found
    assert found.is_text
    assert found.name.startswith("text/")


@pytest.mark.parametrize("binary", [b"a\0b", bytes(range(256)), b"\xff\xfe\0\xd8\0\xd8", b"\xff\xfea\0\0\0b\0"])
def test_binary_is_not(identifier: MediaTypes, binary: bytes) -> None:
    [found] = identifier.identify([binary])
    assert found
    assert not found.is_text
    assert found.name == "application/octet-stream"


def test_nothing_is_empty(identifier: MediaTypes) -> None:
    assert identifier.identify([b""]) == [("inode/x-empty", "nul-test", True)]
