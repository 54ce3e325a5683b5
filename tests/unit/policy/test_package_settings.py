"""`[package]` and its targets: what they are made of, what a target takes over, and what cannot be meant."""

import pytest

from hygiene.errors import BrokenConfiguration
from hygiene.model.packaging import Line, Names, PackageSettings, Symlinks
from hygiene.model.paths import ROOT
from hygiene.model.permit import Origin
from hygiene.policy.configuration.loading import load_settings
from hygiene.policy.configuration.settings import Settings
from hygiene.policy.rules.catalogue import load_catalogue
from tests.fakes.policy_files import FakePolicyFiles


def load(text: str, base: str = "") -> Settings:
    files = FakePolicyFiles.holding({"hygiene.toml": text, "base.toml": base})
    return load_settings(files, None, load_catalogue())


def problems(text: str, base: str = "") -> tuple[str, ...]:
    with pytest.raises(BrokenConfiguration) as caught:
        load(text, base)
    return caught.value.problems


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_nothing_is_packaged_by_default() -> None:
    settings = load("")
    assert settings.package is None
    assert settings.targets == {}


def test_an_allowlist_is_enough_and_each_line_knows_its_place() -> None:
    package = load('[package]\ninclude = [\n  "/src/",\n  "/README.md",\n]\n').package
    lines = (Line("/src/", Origin("hygiene.toml", 3)), Line("/README.md", Origin("hygiene.toml", 4)))
    assert package == PackageSettings(include=lines)


def test_every_key_counts() -> None:
    package = load(
        '[package]\nname = "a"\ninclude = ["/b/"]\nexclude = ["*.c"]\nroot = "./d//e/"\nmax_size = "2KiB"\n'
        'symlinks = "keep"\nnames = "any"\nexport_ignore = false\n'
    ).package
    assert package is not None
    assert (package.name, texts(package.include), texts(package.exclude)) == ("a", ["/b/"], ["*.c"])
    assert (package.root, package.max_size) == ("d/e", 2048)
    assert (package.symlinks, package.names, package.export_ignore) == (Symlinks.KEEP, Names.ANY, False)


def test_a_target_takes_over_all_but_the_lines() -> None:
    settings = load(
        '[package]\nname = "a"\ninclude = ["/b/"]\nexclude = ["*.c"]\nroot = "d"\nmax_size = 7\nsymlinks = "keep"\n'
        '[package.targets.docs]\ninclude = ["/docs/"]\n'
        '[package.targets.own]\ninclude = ["/x/"]\nname = "y"\nroot = "."\nmax_size = 8\nsymlinks = "refuse"\n'
    )
    docs, own = settings.targets["docs"], settings.targets["own"]
    assert (docs.name, texts(docs.include), docs.exclude) == ("a-docs", ["/docs/"], ())
    assert (docs.root, docs.max_size, docs.symlinks) == ("d", 7, Symlinks.KEEP)
    assert (own.name, own.root, own.max_size, own.symlinks) == ("y", ROOT, 8, Symlinks.REFUSE)
    assert settings.origins["package.targets.docs.max_size"] == Origin("hygiene.toml", 6)
    assert settings.origins["package.targets.own.max_size"] == Origin("hygiene.toml", 14)


def test_a_target_without_any_name_has_none_yet() -> None:
    assert load('[package.targets.docs]\ninclude = ["/docs/"]\n').targets["docs"].name is None


def test_a_package_without_an_allowlist_only_says_what_its_targets_share() -> None:
    settings = load('[package]\nroot = "x"\n[package.targets.docs]\ninclude = ["/docs/"]\n')
    assert settings.package is None
    assert settings.targets["docs"].root == "x"


def test_files_add_up_line_by_line_and_merge_key_by_key() -> None:
    settings = load(
        'extend = ["base.toml"]\n[package]\ninclude = ["/over/"]\nmax_size = 2\n'
        '[package.targets.t]\nexclude = ["*.o"]\n',
        '[package]\ninclude = ["/base/"]\nmax_size = 1\nroot = "r"\n[package.targets.t]\ninclude = ["/t/"]\n',
    )
    package = settings.package
    assert package is not None
    assert package.include == (Line("/base/", Origin("base.toml", 2)), Line("/over/", Origin("hygiene.toml", 3)))
    assert (package.max_size, package.root) == (2, "r")
    assert texts(settings.targets["t"].include) == ["/t/"]
    assert texts(settings.targets["t"].exclude) == ["*.o"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('include = ["/a/", "!/b/"]', "package.include[1]"),
        ('include = ["/a/", "# b"]', "package.include[1]"),
        ('exclude = ["a//b"]', "package.exclude[0]"),
        ('root = "../x"', "package.root"),
        ('root = "a/*"', "package.root"),
        ('root = ".git"', "package.root"),
        ('max_size = "5 XB"', "package.max_size"),
        ("max_size = 0", "package.max_size"),
        ('name = "-a"', "package.name"),
        ('name = "a/b"', "package.name"),
        ('name = "a\\n"', "package.name"),
        (f'name = "{"a" * 101}"', "package.name"),
        ('symlinks = "follow"', "package.symlinks"),
        ('targets.".x".include = ["/a/"]', 'package.targets.".x"'),
        ('targets.x = {include = ["!a"]}', "package.targets.x.include[0]"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line_and_key(line: str, key: str) -> None:
    has_include = line.startswith("include")
    text = f"[package]\n{line}\n" + ("" if has_include else 'include = ["/src/"]\n')
    (problem,) = problems(text)
    assert problem.startswith(f"hygiene.toml:2: {key}: ")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("\n[package]\n", "hygiene.toml:2: package.include: missing"),
        ('\n[package]\nname = "a"\n', "hygiene.toml:2: package.include: missing"),
        ("\n[package]\ninclude = []\n", "hygiene.toml:3: package.include: missing"),
        ("[package.targets.docs]\n", "hygiene.toml:1: package.targets.docs.include: missing"),
        (
            '[package]\nexclude = ["*.c"]\n[package.targets.docs]\ninclude = ["/d/"]\n',
            "hygiene.toml:1: package.include: missing",
        ),
    ],
)
def test_a_package_of_nothing_is_a_mistake(text: str, start: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith(start)


def test_an_allowlist_that_is_wrong_is_not_called_missing_too() -> None:
    (problem,) = problems("[package]\ninclude = [3]\n")
    assert "package.include[0]" in problem


def test_another_file_may_bring_the_allowlist() -> None:
    package = load('extend = ["base.toml"]\n[package]\nname = "a"\n', '[package]\ninclude = ["/src/"]\n').package
    assert package is not None
    assert package.name == "a"


def test_in_pyproject_the_key_is_told_as_it_stands_there() -> None:
    files = FakePolicyFiles.holding({"pyproject.toml": "[tool.hygiene.package]\n"})
    with pytest.raises(BrokenConfiguration) as caught:
        load_settings(files, None, load_catalogue())
    assert caught.value.problems[0].startswith("pyproject.toml:1: tool.hygiene.package.include: missing")
