"""Text in terminal columns."""

import pytest

from hygiene.report.columns import bar, cut_end, cut_middle, width_of, wrapped


@pytest.mark.parametrize("text", ["short", "a" * 4096, "日本語" * 40, "e\u0301" * 100, "src/" + "x/" * 100 + "end.py"])
@pytest.mark.parametrize("width", [10, 11, 24, 67])
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    for cut in (cut_end(text, width), cut_middle(text, width)):
        assert width_of(cut) <= width
        assert cut == text or "…" in cut


def test_a_path_keeps_its_end() -> None:
    assert cut_middle("src/" + "x/" * 100 + "end.py", 20).endswith("/end.py")
    assert cut_end("because of this", 8) == "because…"


@pytest.mark.parametrize(("share", "expected"), [(0, ""), (0.0001, "▏"), (0.5, "██"), (0.6, "██▍"), (1, "████")])
def test_a_bar_grows_by_eighths(share: float, expected: str) -> None:
    assert bar(share, 4) == expected


def test_names_in_one_folder_stay_distinct_when_their_paths_are_cut() -> None:
    names = [f"{n}_a_name_with_a_long_common_end.bin" for n in range(3)]
    assert {cut_middle(f"some/very/deep/folder/{name}", 40) for name in names} == {f"som…/{name}" for name in names}


def test_words_are_wrapped_and_none_is_lost() -> None:
    assert wrapped("one two  three four", 8) == ["one two ", "three", "four"]
    assert wrapped("a-word-that-is-too-long x", 8) == ["a-word-that-is-too-long", "x"]
    assert wrapped("", 8) == [""]
