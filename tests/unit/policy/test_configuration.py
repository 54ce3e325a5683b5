"""What a configuration comes to: found, read with all that it extends, merged, each value with its place."""

from datetime import date

import pytest

from hygiene.errors import BrokenConfiguration
from hygiene.model.gate import Gate
from hygiene.model.paths import BlobId
from hygiene.model.permit import Origin, Waiver
from hygiene.model.rule import Category, Confidence, Override, RuleId, Severity
from hygiene.policy.configuration.loading import load_settings
from hygiene.policy.configuration.settings import DEFAULT_SIZE_CAP, Settings, SizeCaps
from hygiene.policy.rules.catalogue import load_catalogue
from tests.fakes.policy_files import FakePolicyFiles
from tests.fakes.policy_texts import BASE, OVER, SOUND, WHOLE


def load(given: str | None = None, **texts: str) -> Settings:
    """The settings of files whose names are given with `_` for `.` and `__` for `/`."""
    held = {name.replace("__", "/").replace("_", "."): text for name, text in texts.items()}
    return load_settings(FakePolicyFiles.holding(held), given, load_catalogue())


def files_of(settings: Settings) -> list[str]:
    return [str(file) for file in settings.files]


def problems(given: str | None = None, **texts: str) -> tuple[str, ...]:
    with pytest.raises(BrokenConfiguration) as caught:
        load(given, **texts)
    return caught.value.problems


# Where it is found


def test_without_any_file_everything_has_its_default() -> None:
    assert load() == Settings()
    assert load(README_md="x") == Settings()


@pytest.mark.parametrize("name", ["hygiene.toml", ".hygiene.toml", "pyproject.toml"])
def test_each_name_is_found_at_the_root(name: str) -> None:
    header = "[tool.hygiene.gate]" if name == "pyproject.toml" else "[gate]"
    files = FakePolicyFiles.holding({name: f'\n{header}\nfail_on = "review"\n', "sub/hygiene.toml": "broken"})
    settings = load_settings(files, None, load_catalogue())
    assert settings.gate.fail_on is Confidence.REVIEW
    assert settings.files == (Origin(name),)
    assert dict(settings.origins) == {"gate.fail_on": Origin(name, 3)}


@pytest.mark.parametrize(
    "text", ["", "[tool.ruff]\nline-length = 3\n", '[project]\nname = "hygiene"\n', "tool = 3\n#hygiene"]
)
def test_a_pyproject_without_a_word_for_us_does_not_count(text: str) -> None:
    assert load(pyproject_toml=text) == Settings()
    assert files_of(load(pyproject_toml=text, hygiene_toml="[gate]\n")) == ["hygiene.toml"]


def test_a_pyproject_that_never_names_us_may_be_of_any_form() -> None:
    assert load(pyproject_toml="{{ cookiecutter.name }}") == Settings()


def test_a_table_of_ours_that_is_written_with_escapes_counts() -> None:
    text = '[tool."hygi\\u0065ne".gate]\nfail_on = "review"\n'
    assert load(pyproject_toml=text).gate.fail_on is Confidence.REVIEW


def test_two_configurations_in_one_folder_are_an_error_that_names_both() -> None:
    (problem,) = problems(hygiene_toml="", _hygiene_toml="")
    assert "hygiene.toml and .hygiene.toml" in problem
    told = problems(hygiene_toml="x = 1", pyproject_toml="[tool.hygiene]\n")
    assert "hygiene.toml and pyproject.toml" in told[0]
    assert told[1].startswith("hygiene.toml:1: x: unknown key")


def test_the_file_that_is_named_is_read_and_no_other() -> None:
    settings = load(
        "ci/strict.toml", ci__strict_toml='[gate]\nfail_on = "review"', hygiene_toml="broken", _hygiene_toml=""
    )
    assert files_of(settings) == ["ci/strict.toml"]
    assert settings.gate.fail_on is Confidence.REVIEW


@pytest.mark.parametrize("name", ["nowhere.toml", "../outside.toml", "/etc/passwd", "config"])
def test_a_named_file_that_cannot_be_read_is_an_error(name: str) -> None:
    (problem,) = problems(name, config__a_toml="")
    assert name in problem


def test_a_named_pyproject_must_have_our_table() -> None:
    assert problems("pyproject.toml", pyproject_toml="[tool.ruff]\n") == (
        "pyproject.toml is not there, or has no [tool.hygiene]",
    )


@pytest.mark.parametrize("name", ["hygiene.toml", ".hygiene.toml", "pyproject.toml"])
def test_a_file_that_is_there_and_cannot_be_read_is_never_skipped(name: str) -> None:
    files = FakePolicyFiles()
    files.spoil(name)
    with pytest.raises(BrokenConfiguration, match="cannot read"):
        load_settings(files, None, load_catalogue())


# What it says


def test_every_key_has_its_effect() -> None:
    settings = load(hygiene_toml=WHOLE)
    assert settings.gate == Gate(Confidence.LIKELY, {Category.MEDIA: None, Category.DATABASE: Confidence.REVIEW})
    assert (settings.baseline, settings.ratchet) == ("ci/baseline.json", True)
    assert settings.size_caps == SizeCaps(2 * 1024**2, (("docs/*.pdf", 20 * 1024**2), ("*.csv", 1000)))
    assert settings.fixtures == ("golden/", "qa/**/data/")
    assert settings.overrides == {
        "bundled-script": Override("hygiene.toml:20", Confidence.LIKELY, Severity.HIGH),
        "python-bytecode": Override("hygiene.toml:23", enabled=False),
    }
    assert settings.waivers == (
        Waiver(
            rule=RuleId("database-file"),
            path="demo/*.db",
            reason="the tutorial opens it",
            origin=Origin("hygiene.toml", 25),
            blob=BlobId("0123456789012345678901234567890123456789"),
            expires=date(2027, 1, 31),
            owner="docs team",
        ),
        Waiver(RuleId("log-file"), "/a.log", "shown in the manual", Origin("hygiene.toml", 33)),
    )


def test_every_value_has_its_place() -> None:
    origins = load(hygiene_toml=WHOLE).origins
    assert {key: place.line for key, place in origins.items()} == {
        "fixtures[0]": 1,
        "fixtures[1]": 1,
        "gate.fail_on": 4,
        "gate.baseline": 5,
        "gate.ratchet": 6,
        "gate.by_category.media": 9,
        "gate.by_category.database": 10,
        "size.max": 13,
        'size.caps."docs/*.pdf"': 16,
        'size.caps."*.csv"': 17,
        "overrides.bundled-script.confidence": 20,
        "overrides.bundled-script.severity": 21,
        "overrides.python-bytecode.enabled": 23,
        "waivers[0]": 25,
        "waivers[1]": 33,
        "package.name": 39,
        "package.include[0]": 40,
        "package.include[1]": 40,
        "package.exclude[0]": 41,
        "package.root": 42,
        "package.max_size": 43,
        "package.symlinks": 44,
        "package.names": 45,
        "package.export_ignore": 46,
        "package.targets.docs.include[0]": 48,
        "package.targets.docs.root": 49,
        "package.targets.docs.names": 50,
        # what the target takes over
        "package.targets.docs.name": 39,
        "package.targets.docs.max_size": 43,
        "package.targets.docs.symlinks": 44,
        "package.targets.docs.export_ignore": 46,
    }


def test_an_empty_file_has_every_default_and_is_named() -> None:
    settings = load(hygiene_toml="")
    assert files_of(settings) == ["hygiene.toml"]
    assert settings.size_caps.default == DEFAULT_SIZE_CAP
    assert (settings.gate, settings.waivers, dict(settings.origins)) == (Gate(), (), {})


def test_a_mark_of_byte_order_and_windows_line_ends_change_nothing() -> None:
    text = "\ufeff" + WHOLE.replace("\n", "\r\n")
    assert load(hygiene_toml=text) == load(hygiene_toml=WHOLE)


def test_a_day_may_be_quoted() -> None:
    text = '[[waivers]]\nrule = "log-file"\npath = "a"\nreason = "b"\nexpires = "2027-01-31"\n'
    assert load(hygiene_toml=text).waivers[0].expires == date(2027, 1, 31)


# What it extends


def test_what_extends_wins_lists_add_up_and_tables_merge() -> None:
    settings = load(hygiene_toml=OVER, config__base_toml=BASE)
    assert files_of(settings) == ["config/base.toml", "hygiene.toml"]
    assert settings.gate == Gate(
        Confidence.CERTAIN, {Category.MEDIA: Confidence.LIKELY, Category.CACHE: Confidence.CERTAIN}
    )
    assert settings.fixtures == ("base/", "over/")
    assert [waiver.path for waiver in settings.waivers] == ["base.log", "over.log"]
    assert settings.overrides[RuleId("log-file")] == Override("config/base.toml:12", Confidence.LIKELY, Severity.HIGH)
    assert settings.origins["gate.ratchet"] == Origin("config/base.toml", 4)
    assert settings.origins["gate.fail_on"] == Origin("hygiene.toml", 4)
    assert settings.origins["fixtures[1]"] == Origin("hygiene.toml", 2)
    assert settings.origins["waivers[0]"] == Origin("config/base.toml", 14)


def test_a_cap_that_is_said_anew_comes_last() -> None:
    assert load(hygiene_toml=OVER, config__base_toml=BASE).size_caps.by_glob == (("*.csv", 2), ("*.pdf", 3))


def test_bases_are_named_from_the_file_that_extends_them() -> None:
    settings = load(
        "top.toml",
        top_toml='extend = ["config/one.toml", "pyproject.toml"]',
        config__one_toml='extend = ["../shared/two.toml"]',
        shared__two_toml='[gate]\nfail_on = "review"',
        pyproject_toml="[tool.hygiene.size]\nmax = 7",
    )
    assert files_of(settings) == ["shared/two.toml", "config/one.toml", "pyproject.toml", "top.toml"]
    assert (settings.gate.fail_on, settings.size_caps.default) == (Confidence.REVIEW, 7)


def test_a_base_that_two_extend_counts_once() -> None:
    settings = load(
        hygiene_toml='extend = ["a.toml", "b.toml"]',
        a_toml='extend = ["base.toml"]',
        b_toml='extend = ["base.toml"]',
        base_toml='fixtures = ["x/"]',
    )
    assert files_of(settings) == ["base.toml", "a.toml", "b.toml", "hygiene.toml"]
    assert settings.fixtures == ("x/",)


def test_a_circle_is_told_with_its_way() -> None:
    (problem,) = problems(
        hygiene_toml='extend = ["a.toml"]', a_toml='\nextend = ["b.toml"]', b_toml='\n\nextend = ["a.toml"]'
    )
    assert problem.startswith("b.toml:3: extend[0]: goes round in a circle: a.toml > b.toml > a.toml")


def test_a_file_that_extends_itself_is_a_circle() -> None:
    assert "hygiene.toml > hygiene.toml" in problems(hygiene_toml='extend = ["hygiene.toml"]')[0]


def chain(length: int) -> dict[str, str]:
    texts = {f"c{number}.toml": f'extend = ["c{number + 1}.toml"]' for number in range(1, length)}
    return {"hygiene.toml": 'extend = ["c1.toml"]', **texts, f"c{length}.toml": ""}


def test_ten_files_may_extend_one_another_and_not_eleven() -> None:
    ten, eleven = chain(9), chain(10)
    assert len(load_settings(FakePolicyFiles.holding(ten), None, load_catalogue()).files) == 10
    with pytest.raises(BrokenConfiguration, match=r"c9.toml:1: extend\[0\]: is one file too deep"):
        load_settings(FakePolicyFiles.holding(eleven), None, load_catalogue())


def test_not_more_than_so_many_files_are_read() -> None:
    texts = {f"c{number}.toml": "" for number in range(40)}
    names = ", ".join(f'"{name}"' for name in texts)
    files = FakePolicyFiles.holding({"hygiene.toml": f"extend = [{names}]", **texts})
    with pytest.raises(BrokenConfiguration, match="one file too many"):
        load_settings(files, None, load_catalogue())


# A team's own rules


def rule_text(rule_id: str) -> str:
    return SOUND.replace("team-export", rule_id)


def test_rules_come_from_files_and_folders_beside_the_file_that_names_them() -> None:
    files = FakePolicyFiles.holding(
        {
            "hygiene.toml": 'extend = ["conf/base.toml"]\nrules = ["own/our-b.toml"]\noverrides.our-a.enabled = false',
            "conf/base.toml": '\nrules = ["rules"]\n[[waivers]]\nrule = "our-b"\npath = "x"\nreason = "y"',
            "conf/rules/our-a.toml": rule_text("our-a"),
            "conf/rules/our-c.toml": rule_text("our-c"),
            "conf/rules/README.md": "",
            "own/our-b.toml": rule_text("our-b"),
        }
    )
    settings = load_settings(files, None, load_catalogue())
    assert [(rule.id, rule.origin) for rule in settings.rules] == [
        ("our-a", "conf/rules/our-a.toml"),
        ("our-b", "own/our-b.toml"),
        ("our-c", "conf/rules/our-c.toml"),
    ]
    assert [settings.origins[f"rules[{number}]"] for number in range(3)] == [
        Origin("conf/base.toml", 2),
        Origin("hygiene.toml", 2),
        Origin("conf/base.toml", 2),
    ]
    catalogue = load_catalogue().extended(settings.rules).overridden(settings.overrides)
    assert "our-a" not in {rule.id for rule in catalogue.rules}
