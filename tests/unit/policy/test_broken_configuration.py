"""What is wrong with a configuration is told all at once, each problem at its file, line and key."""

import pytest

from hygiene.errors import BrokenConfiguration
from hygiene.policy.configuration.loading import load_settings
from hygiene.policy.rules.catalogue import load_catalogue
from tests.fakes.policy_files import FakePolicyFiles
from tests.fakes.policy_texts import CHECK, SOUND


def problems(text: str, **others: str) -> tuple[str, ...]:
    """The problems of `hygiene.toml` beside other files, whose names have `_` for `.` and `__` for `/`."""
    held = {name.replace("__", "/").replace("_", "."): text for name, text in others.items()}
    with pytest.raises(BrokenConfiguration) as caught:
        load_settings(FakePolicyFiles.holding({"hygiene.toml": text, **held}), None, load_catalogue())
    return caught.value.problems


def waiver(**given: str) -> str:
    said = {"rule": "log-file", "path": "a.log", "reason": "because"} | given
    return "[[waivers]]\n" + "".join(f'{key} = "{value}"\n' for key, value in said.items())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # keys and values
        ("colour = 1", "1: colour: unknown key; the keys here are extend, rules"),
        ("[gat]\n", "1: gat: unknown key; did you mean 'gate'?"),
        ("max_size = '1MiB'\n", "1: max_size: unknown key; did you mean 'size.max'?"),
        ("fail-on = 'likely'\n", "1: fail-on: unknown key; did you mean 'gate.fail_on'?"),
        ('[gate]\n\nfail-on = "review"', "3: gate.fail-on: unknown key; did you mean 'fail_on'?"),
        ('[gate]\nfail_on = "certian"', "2: gate.fail_on: 'certian' is not a choice; did you mean 'certain'?"),
        ('[gate]\nfail_on = "never"', "2: gate.fail_on: 'never' is not a choice; one of certain, likely, review"),
        ("[gate]\nfail_on = 1", "2: gate.fail_on: expected string, got integer; one of certain, likely, review"),
        ("gate = 3", "1: gate: expected table, got integer; a table with fail_on, baseline, ratchet"),
        ("[gate]\nratchet = 'yes'", "2: gate.ratchet: expected boolean, got string; true or false"),
        ("[gate]\nbaseline = ''", "2: gate.baseline: is empty; a text that is not empty"),
        ("[gate.by_category]\nmedai = 'never'", "2: gate.by_category.medai: unknown key; did you mean 'media'?"),
        ("[gate.by_category]\nmedia = 'no'", "2: gate.by_category.media: 'no' is not a choice; one of never"),
        ("fixtures = 'a'", "1: fixtures: expected array, got string; an array of texts that are not empty"),
        ("fixtures = [\n'a',\n3]", "3: fixtures[1]: expected string, got integer; a text that is not empty"),
        ("[size]\nmax = 0", "2: size.max: a size cap must be at least 1 byte; write it as 5MiB, 500k or 1.5GB"),
        ("[size]\nmax = '0k'", "2: size.max: a size cap must be at least 1 byte"),
        ("[size]\nmax = '5 XB'", "2: size.max: '5 XB' is not a size; write it as 5MiB"),
        ("[size]\nmax = nan", "2: size.max: expected integer or string, got float; a size such as 5MiB"),
        ("[size]\nmax = true", "2: size.max: expected integer or string, got boolean; a size such as 5MiB"),
        (f"[size]\nmax = 0x{'f' * 9000}", "2: size.max: no file is so large"),
        ("[size.caps]\n'*.pdf' = '0'", '2: size.caps."*.pdf": a size cap must be'),
        ("[size.caps]\n'' = 3", '2: size.caps."": the key is empty'),
        ("[overrides.log-file]\nconfidence = 'high'", "2: overrides.log-file.confidence: 'high' is not a choice"),
        ("[overrides.log-file]\nlevel = 'high'", "2: overrides.log-file.level: unknown key"),
        ("[waivers]\nrule = 'log-file'", "1: waivers: expected array, got table; an array of tables"),
        ("[[waivers]]\nrule = 'log-file'\npath = 'a'", "1: waivers[0].reason: missing; a text that is not empty"),
        (waiver(blob="0123"), "5: waivers[0].blob: cannot be '0123'; an object id, as `git ls-files -s` prints"),
        (waiver(expires="soon"), "5: waivers[0].expires: cannot be 'soon'; a date such as 2027-01-31"),
        (
            waiver() + "expires = 2027-01-31T00:00:00",
            "5: waivers[0].expires: expected date, got date-time; a date such",
        ),
        # what cannot be meant
        (waiver(reason="  "), "4: waivers[0].reason: says nothing; why the file may stay"),
        (waiver(path="!a"), "3: waivers[0].path: '!a' is negated"),
        (waiver(path="# a"), "3: waivers[0].path: '# a' matches nothing; a pattern in gitignore syntax"),
        (waiver(path="*a" * 200), "3: waivers[0].path: pattern '*a*a"),
        ("fixtures = ['a', '!b/']", "1: fixtures[1]: '!b/' is negated"),
        ("fixtures = [' ']", "1: fixtures[0]: ' ' matches nothing"),
        ("[size.caps]\n'!*.pdf' = 3", "2: size.caps.\"!*.pdf\": '!*.pdf' is negated"),
        ("[overrides.log-file]", "1: overrides.log-file: decides nothing; confidence, severity or enabled"),
        (
            "[overrides.log-fil]\nenabled = false",
            "1: overrides.log-fil: no rule is called 'log-fil'; did you mean 'log-f",
        ),
        ("[overrides.zzz]\nenabled = false", "1: overrides.zzz: no rule is called 'zzz'; `hygiene rule list` shows"),
        (waiver(rule="log-fil"), "2: waivers[0].rule: no rule is called 'log-fil'; did you mean 'log-file'?"),
        ("[gate]\nbaseline = '../b.json'", "2: gate.baseline: '../b.json' lies outside the repository"),
        ("[gate]\nbaseline = '/b.json'", "2: gate.baseline: '/b.json' lies outside the repository"),
        (waiver() + waiver(reason="again"), "5: waivers[1]: hygiene.toml:1 waives the same; one waiver for one"),
        # files
        ("extend = ['none.toml']", "1: extend[0]: none.toml is not there"),
        ("extend = ['../a.toml']", "1: extend[0]: ../a.toml lies outside the repository"),
        ("extend = ['/etc/passwd']", "1: extend[0]: /etc/passwd lies outside the repository"),
        ("extend = ['config']", "1: extend[0]: cannot read config: it is not a regular file"),
        ("rules = ['none.toml']", "1: rules[0]: none.toml is not there; a rule file of the repository, or a folder"),
        ("rules = ['../rules']", "1: rules[0]: ../rules lies outside the repository"),
        ("rules = ['docs']", "1: rules[0]: docs holds no *.toml"),
        # no program and no module can be named
        ("program = 'sh'", "1: program: unknown key"),
        ("plugins = ['os']", "1: plugins: unknown key"),
        # no TOML
        ("a = 1\na = 2\n", "2: is not TOML: Cannot overwrite a value"),
        ("a = \n", "1: is not TOML: Invalid value (column 5)"),
        ("a = '\x00'", "1: is not TOML: Found invalid character"),
    ],
)
def test_each_mistake_is_told_at_its_line_and_key(text: str, told: str) -> None:
    (problem,) = problems(text, config__x_toml="", docs__README_md="")
    assert problem.startswith(f"hygiene.toml:{told}"), problem


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (
            ["hygiene.toml", ".hygiene.toml"],
            "hygiene.toml and .hygiene.toml both configure the audit; keep one of them",
        ),
        (
            ["hygiene.toml", ".hygiene.toml", "pyproject.toml"],
            "hygiene.toml, .hygiene.toml and pyproject.toml all configure the audit; keep one of them",
        ),
    ],
)
def test_several_configurations_are_named(names: list[str], told: str) -> None:
    files = FakePolicyFiles.holding(dict.fromkeys(names, "[tool.hygiene]\n" if "pyproject.toml" in names else ""))
    with pytest.raises(BrokenConfiguration) as caught:
        load_settings(files, None, load_catalogue())
    assert caught.value.problems[0] == told


def test_a_pyproject_tells_the_whole_key() -> None:
    files = FakePolicyFiles.holding({"pyproject.toml": "[project]\n[tool.hygiene.gate]\nfail = 1\n"})
    with pytest.raises(BrokenConfiguration) as caught:
        load_settings(files, None, load_catalogue())
    assert caught.value.problems == ("pyproject.toml:3: tool.hygiene.gate.fail: unknown key; did you mean 'fail_on'?",)


def test_all_problems_of_all_files_are_told_at_once() -> None:
    told = problems(
        'extend = ["base.toml", "none.toml"]\nrules = ["rules"]\ncolour = 1\nfixtures = ["", "!x"]\n'
        + waiver(rule="zzz", path="!a")
        + '[[waivers]]\nrule = "our-rule"\n'
        + waiver(rule="log-fil"),
        base_toml="[gate]\nfail = 1\n[overrides.bundled-scrip]\nenabled = false\n",
        rules__our_rule_toml="",
        rules__our_toml=SOUND.replace("summary", "sumary"),
    )
    places = [problem.partition(" ")[0] for problem in told]
    assert places.count("hygiene.toml:4:") == 2
    for start in (
        "hygiene.toml:3: colour: unknown key",
        "hygiene.toml:4: fixtures[0]: ",
        "hygiene.toml:4: fixtures[1]: ",
        "hygiene.toml:6: waivers[0].rule: no rule is called 'zzz'",
        "hygiene.toml:7: waivers[0].path: '!a' is negated",
        "hygiene.toml:9: waivers[1].path: missing",
        "hygiene.toml:9: waivers[1].reason: missing",
        "hygiene.toml:12: waivers[2].rule: no rule is called 'log-fil'",
        "hygiene.toml:1: extend[1]: none.toml is not there",
        "base.toml:2: gate.fail: unknown key; did you mean 'fail_on'?",
        "base.toml:3: overrides.bundled-scrip: no rule is called 'bundled-scrip'; did you mean 'bundled-script'?",
        "rules/our.toml:2: sumary: unknown key; did you mean 'summary'?",
    ):
        assert [problem for problem in told if problem.startswith(start)], (start, told)


def test_the_problems_of_one_file_are_told_in_the_order_of_its_lines() -> None:
    told = problems(
        'extend = ["base.toml"]\nfixtures = ["!a"]\n[overrides.zzz]\nenabled = 1\n[gate]\nfail = 1\n[size]\nmax = 0\n'
        + waiver(rule="zzz"),
        base_toml="[gate]\nfail_on = 3\n[overrides.zzz]\nenabled = true\n",
    )
    assert [problem.split(": ")[0] for problem in told] == [
        *("hygiene.toml:2", "hygiene.toml:4", "hygiene.toml:6", "hygiene.toml:8", "hygiene.toml:10"),
        *("base.toml:2", "base.toml:3"),
    ]


# A team's rules


def test_a_rule_file_that_is_named_twice_is_told_with_its_first_place() -> None:
    told = problems('rules = ["rules",\n"rules/our.toml"]', rules__our_toml=SOUND.replace("team-export", "our"))
    assert told[0].startswith("hygiene.toml:2: rules[1]: rules/our.toml is named twice, first at hygiene.toml:1")


def test_a_rule_that_is_taken_is_told() -> None:
    told = problems(
        'rules = ["rules"]',
        rules__log_file_toml="x",
        **{"rules__log-file_toml": SOUND.replace("team-export", "log-file")},
    )
    assert "rules/log-file.toml: id: 'log-file' is taken by built-in/log-file.toml; an id of its own" in told


def test_a_teams_rule_has_no_check_to_call() -> None:
    (problem,) = problems('rules = ["rules"]', **{"rules__team-check_toml": CHECK})
    assert problem == "rules/team-check.toml: check: is for built-in rules alone; [match]"


def test_the_name_of_a_broken_rule_is_known_all_the_same() -> None:
    (problem,) = problems('rules = ["rules"]\n' + waiver(rule="our"), rules__our_toml="x")
    assert problem.startswith("rules/our.toml:1: is not TOML")
