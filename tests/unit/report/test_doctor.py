"""What `hygiene doctor` found, as text and as JSON."""

import json

from hygiene.errors import ExitStatus
from hygiene.model.condition import Condition, Standing, Topic
from hygiene.report.doctor_json import render_doctor_json
from hygiene.report.doctor_text import render_doctor_text
from hygiene.report.style import TextStyle

FOUND = (
    Condition(Topic.MACHINE, "git", Standing.FINE, "2.39.5 at /usr/bin/git"),
    Condition(Topic.REPOSITORY, "place", Standing.FINE, "/x/\x1b[31m\n ::add-mask::y\u202e\udcff"),
    Condition(Topic.REPOSITORY, "bare", Standing.ABSENT, "no"),
    Condition(Topic.REPOSITORY, "lfs", Standing.ABSENT, "no"),
    Condition(Topic.REPOSITORY, "shallow", Standing.NOTE, "history is cut", "no merge base may be found", "Fetch it."),
    Condition(Topic.CONFIGURATION, "settings", Standing.ABSENT, "no file", "audits judge by the defaults"),
)


def test_each_line_tells_what_how_and_what_it_means() -> None:
    assert render_doctor_text(FOUND, TextStyle()).splitlines() == [
        "This machine",
        "  git  ok          2.39.5 at /usr/bin/git",
        "",
        "This repository",
        r"  place    ok          /x/\033[31m\n \072\072add-mask::y\342\200\256\377",
        "  shallow  note        history is cut: no merge base may be found",
        "                       -> Fetch it.",
        "  not met here: bare, lfs",
        "",
        "Its configuration",
        "  settings  absent      no file: audits judge by the defaults",
        "",
        "ok: audits here are complete",
    ]


def test_the_last_word_is_the_gravest() -> None:
    incomplete = Condition(Topic.REPOSITORY, "objects", Standing.INCOMPLETE, "1 of 2 objects")
    broken = Condition(Topic.CONFIGURATION, "settings", Standing.BROKEN, "hygiene.toml: is not TOML")
    assert render_doctor_text([incomplete], TextStyle()).splitlines()[-1].startswith("incomplete:")
    assert render_doctor_text([incomplete, broken], TextStyle()).splitlines()[-1].startswith("broken:")


def test_json_holds_every_condition_and_nothing_raw() -> None:
    text = render_doctor_json(FOUND, ExitStatus.CLEAN)
    assert text.replace("\n", "").isprintable()
    told = json.loads(text)
    assert (told["schema"], told["status"]) == ("hygiene.doctor/1", 0)
    assert [each["what"] for each in told["conditions"]] == [each.what for each in FOUND]
