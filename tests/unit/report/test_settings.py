"""Settings as TOML and JSON: whole, safe to print, and readable as a configuration again."""

import json
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygiene.model.gate import Gate
from hygiene.model.packaging import Line, Names, PackageSettings, Symlinks
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Origin, Waiver
from hygiene.model.rule import Category, Confidence, Override, RuleId, Severity
from hygiene.policy.configuration.loading import load_settings
from hygiene.policy.configuration.settings import Settings, SizeCaps
from hygiene.policy.rules.catalogue import load_catalogue
from hygiene.report.settings_json import settings_json, settings_json_with_origins
from hygiene.report.settings_toml import settings_toml, settings_toml_with_origins
from tests.fakes.policy_files import FakePolicyFiles
from tests.fakes.policy_texts import BASE, OVER, SOUND, WHOLE

FILES = FakePolicyFiles.holding(
    {
        "hygiene.toml": OVER + '[[waivers]]\nrule = "our"\npath = "x"\nreason = "y"\n',
        "config/base.toml": 'rules = ["rules"]\n' + BASE,
        "config/rules/our.toml": SOUND.replace("team-export", "our"),
    }
)
TWO = load_settings(FILES, None, load_catalogue())


def read_again(text: str) -> Settings:
    own = "config/rules/our.toml"
    files = FakePolicyFiles.holding({"hygiene.toml": text, own: SOUND.replace("team-export", "our")})
    return load_settings(files, None, load_catalogue())


def packed(package: PackageSettings | None) -> object:
    """What a package is made of, without where its lines stand."""
    if package is None:
        return None
    bare = {field: tuple(line.text for line in getattr(package, field)) for field in ("include", "exclude")}
    return bare, replace(package, include=(), exclude=())


def essence(settings: Settings) -> object:
    """What settings decide, without where it was set."""
    waivers = [(each.rule, each.path, each.reason, each.blob, each.expires, each.owner) for each in settings.waivers]
    overrides = {key: (each.confidence, each.severity, each.enabled) for key, each in settings.overrides.items()}
    return (
        (settings.gate, settings.size_caps, settings.baseline, settings.ratchet, settings.fixtures),
        (settings.rules, overrides, waivers),
        (packed(settings.package), {name: packed(target) for name, target in settings.targets.items()}),
    )


WHOLE_SETTINGS = load_settings(FakePolicyFiles.holding({"hygiene.toml": WHOLE}), None, load_catalogue())


TARGETS = load_settings(
    FakePolicyFiles.holding({"hygiene.toml": '[package]\nroot = "x"\n[package.targets."a.b"]\ninclude = ["*.c"]\n'}),
    None,
    load_catalogue(),
)


@pytest.mark.parametrize(
    "some", [Settings(), WHOLE_SETTINGS, TWO, TARGETS], ids=["defaults", "whole", "two", "targets"]
)
def test_toml_can_be_read_again(some: Settings) -> None:
    assert essence(read_again(settings_toml(some))) == essence(some)
    assert essence(read_again(settings_toml_with_origins(some))) == essence(some)


def test_every_value_is_shown_with_its_place_or_as_default() -> None:
    lines = settings_toml_with_origins(TWO).splitlines()
    assert lines[0] == "# read from config/base.toml, hygiene.toml"
    for line in (
        '  "config/rules/our.toml",  # config/base.toml:1',
        '  "base/",  # config/base.toml:2',
        '  "over/",  # hygiene.toml:2',
        'fail_on = "certain"  # hygiene.toml:4',
        "ratchet = false  # config/base.toml:5",
        "# baseline is not set  # default",
        'media = "likely"  # hygiene.toml:6',
        'max = "5MiB"  # default',
        '"*.pdf" = "3"  # hygiene.toml:8',
        "[package]",
        'name = "over"  # hygiene.toml:16',
        '  "/over/",  # hygiene.toml:17',
        'max_size = "7"  # config/base.toml:21',
        'symlinks = "refuse"  # default',
        "[package.targets.docs]",
        'name = "over-docs"  # hygiene.toml:16',
        '  "/docs/base/",  # config/base.toml:23',
        '  "*.over",  # hygiene.toml:19',
        'max_size = "7"  # config/base.toml:21',
        "[overrides.log-file]",
        'severity = "high"  # hygiene.toml:10',
        "enabled = true  # default",
        "[[waivers]]  # config/base.toml:15",
    ):
        assert line in lines, line


def test_the_defaults_are_all_told() -> None:
    text = settings_toml_with_origins(Settings())
    assert text.startswith("# read from no file: these are the defaults\n")
    assert [line for line in text.splitlines()[1:] if "=" in line and not line.endswith("# default")] == []


def test_json_has_the_shape_of_a_configuration_file() -> None:
    told = json.loads(settings_json(TWO))
    assert told["schema"] == "hygiene.settings/1"
    assert told["files"] == ["config/base.toml", "hygiene.toml"]
    assert told["settings"] == json.loads(json.dumps(tomllib.loads(settings_toml(TWO))))
    assert "origins" not in told


def test_json_tells_the_place_of_every_value() -> None:
    origins = json.loads(settings_json_with_origins(TWO))["origins"]
    assert origins["gate.fail_on"] == {"file": "hygiene.toml", "line": 4}
    assert origins["size.max"] is None
    assert origins['size.caps."*.pdf"'] == {"file": "hygiene.toml", "line": 8}
    assert origins["waivers[1]"] == {"file": "hygiene.toml", "line": 11}
    assert origins["package.include[1]"] == {"file": "hygiene.toml", "line": 17}
    assert origins["package.targets.docs.max_size"] == {"file": "config/base.toml", "line": 21}
    assert origins["package.export_ignore"] is None


def test_a_revision_is_told_with_the_file() -> None:
    some = Settings(files=(Origin("hygiene.toml", None, "v1"),), origins={"size.max": Origin("hygiene.toml", 3, "v1")})
    assert settings_toml(some).startswith("# read from v1:hygiene.toml\n")
    assert 'max = "5MiB"  # v1:hygiene.toml:3' in settings_toml_with_origins(some)
    assert json.loads(settings_json_with_origins(some))["origins"]["size.max"] == {
        "file": "hygiene.toml",
        "line": 3,
        "revision": "v1",
    }


DEFAULTS = {"names": str(Names.PORTABLE), "export_ignore": True}
TEXTS = st.text(min_size=1, max_size=12)
SOME = st.builds(
    lambda word, other, size: Settings(
        gate=Gate(Confidence.LIKELY, {Category.MEDIA: None}),
        size_caps=SizeCaps(size, ((word, size), (f"{other}x", 1))),
        baseline=word,
        fixtures=(word, other),
        package=PackageSettings(
            (Line(word, Origin(other)),), (Line(other, Origin(word)),), word, RepoPath(other), size
        ),
        targets={word: PackageSettings((Line(other, Origin(word)),), (), None, RepoPath(""), None, Symlinks.KEEP)},
        overrides={RuleId(word): Override(other, Confidence.REVIEW, Severity.INFO, enabled=False)},
        waivers=(Waiver(RuleId(other), word, other, Origin(word, 3), BlobId("0" * 40), None, word),),
        files=(Origin(word, None, other),),
        origins={"gate.fail_on": Origin(other, 1, word)},
    ),
    TEXTS,
    TEXTS,
    st.integers(1, 2**40),
)


@given(SOME)
@settings(max_examples=150, deadline=None)
def test_any_text_is_told_safely_and_without_loss(some: Settings) -> None:
    for text in (settings_toml(some), settings_toml_with_origins(some)):
        assert all(character.isprintable() or character == "\n" for character in text)
        told = tomllib.loads(text)
        assert told["fixtures"] == list(some.fixtures)
        assert list(told["size"]["caps"]) == [glob for glob, _ in dict(some.size_caps.by_glob).items()]
        assert told["waivers"][0]["reason"] == some.waivers[0].reason
        (word, other) = some.fixtures
        assert (told["package"]["include"], told["package"]["root"]) == ([word], other)
        assert told["package"]["targets"] == {word: {"include": [other], "root": ".", "symlinks": "keep"} | DEFAULTS}
    for text in (settings_json(some), settings_json_with_origins(some)):
        assert text.isascii()
        assert json.loads(text)["settings"]["fixtures"] == list(some.fixtures)
