"""`hygiene rule` from the outside."""

from pathlib import Path

from fixtures.repositories import RepositoryBuilder
from hygiene.policy.rules.catalogue import load_catalogue
from tests.e2e.command import hygiene


def test_list_names_every_rule() -> None:
    ended = hygiene("rule", "list")
    assert ended.status == 0
    assert all(f"\n{rule.id} " in ended.out for rule in load_catalogue().rules)


def test_list_can_be_narrowed_to_a_category() -> None:
    out = hygiene("rule", "list", "--category", "cache").out
    assert "python-bytecode" in out
    assert "oversized-file" not in out


def test_explain_tells_why_and_how_to_keep_it_out() -> None:
    out = hygiene("rule", "explain", "python-bytecode").out
    assert "# python-bytecode" in out
    assert "__pycache__/" in out


def test_an_unknown_rule_is_an_error_with_the_nearest_name() -> None:
    ended = hygiene("rule", "explain", "python-bytcode")
    assert ended.status == 2
    assert "python-bytecode" in ended.err


def test_check_executes_the_examples_of_a_rule_file(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "src/hygiene/policy/catalogue/python-bytecode.toml"
    mine = tmp_path / "python-bytecode.toml"
    mine.write_text(source.read_text())
    assert "ok: python-bytecode" in hygiene("rule", "check", mine).out
    mine.write_text(source.read_text().replace("ignore = [", 'ignore = ["__pycache__/oops.pyc", '))
    ended = hygiene("rule", "check", mine)
    assert ended.status == 2
    assert "__pycache__/oops.pyc" in ended.err


def test_a_broken_configuration_leaves_the_built_in_rules_to_look_at(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "repository")
    builder.file("hygiene.toml", b"[overrides.log-fil]\nenabled = false\n")
    builder.commit()
    builder.check_out()
    for arguments in (("list",), ("explain", "log-file")):
        ended = hygiene("rule", *arguments, folder=builder.path)
        assert ended.status == 0
        assert "log-file" in ended.out
        assert ended.err.startswith("the configuration cannot be used")
        assert ended.err.count("\n") == 1


def test_a_rule_file_that_a_person_names_may_lie_anywhere(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "src/hygiene/policy/catalogue/python-bytecode.toml"
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/python-bytecode.toml").symlink_to(source)
    for named in ("rules", "rules/python-bytecode.toml", "../" + tmp_path.name + "/rules"):
        assert hygiene("rule", "check", named, folder=tmp_path).status == 0
    assert hygiene("rule", "check", ".", folder=tmp_path / "rules").status == 0
    assert ".. holds no *.toml" in hygiene("rule", "check", "..", folder=tmp_path / "rules").err
