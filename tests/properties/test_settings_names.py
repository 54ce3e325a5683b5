"""Whatever a configuration holds, showing it gives neither a terminal nor a CI service a command."""

import json
import tomllib

from hypothesis import example, given, settings

from hygiene.model.gate import Gate
from hygiene.model.json_path import bytes_of
from hygiene.model.packaging import Line, PackageSettings
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Origin, Waiver
from hygiene.model.rule import Confidence, Override, RuleId, Severity
from hygiene.policy.configuration.settings import Settings, SizeCaps
from hygiene.policy.toml.toml_string import toml_string
from hygiene.report.settings_json import settings_json, settings_json_with_origins
from hygiene.report.settings_toml import settings_toml, settings_toml_with_origins
from tests.properties.test_report_names import controls_in, names
from tests.unit.report.runner import commands_in


def package_with(name: str) -> PackageSettings:
    return PackageSettings((Line(name, Origin(name, 1)),), (Line(name, Origin(name)),), name, RepoPath(name))


def settings_with(name: str) -> Settings:
    """The name wherever a file can bring one, also by the names of files themselves, which may be no UTF-8."""
    return Settings(
        gate=Gate(Confidence.LIKELY, {}),
        size_caps=SizeCaps(1, ((name, 2),)),
        baseline=name,
        fixtures=(name,),
        package=package_with(name),
        targets={name: package_with(name)},
        overrides={RuleId(name): Override(name, Confidence.REVIEW, Severity.INFO)},
        waivers=(Waiver(RuleId(name), name, name, Origin(name, 3), None, None, name),),
        files=(Origin(name, None, name),),
        origins={"gate.fail_on": Origin(name, 1, name), "package.name": Origin(name), "size.max": Origin(name)},
    )


@given(names)
@example("##[error]y")
@example("::error::y")
@settings(max_examples=60)
def test_no_form_of_the_settings_gives_a_command(name: str) -> None:
    some = settings_with(name)
    for show in (settings_toml, settings_toml_with_origins, settings_json, settings_json_with_origins):
        told = show(some)
        assert controls_in(told) == set()
        assert commands_in(told.replace(" ", "\n")) == []  # a log may break a line at any space


@given(names)
@example("##[error]y")
@settings(max_examples=60)
def test_what_is_told_is_what_was_set(name: str) -> None:
    some, readable = settings_with(name), bytes_of(name).decode("utf-8", "replace")
    assert json.loads(settings_json(some))["settings"]["fixtures"] == [readable]
    told = tomllib.loads(settings_toml(some))
    assert told["waivers"][0]["reason"] == tomllib.loads(f"x = {toml_string(name)}")["x"]
    if readable == name:
        assert (told["fixtures"], list(told["size"]["caps"])) == ([name], [name])
