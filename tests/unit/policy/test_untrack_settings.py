"""`[untrack]`: folders that keep a placeholder."""

import pytest

from hygiene.errors import BrokenConfiguration
from hygiene.model.permit import Origin
from hygiene.policy.configuration.loading import load_settings
from hygiene.policy.configuration.settings import Settings
from hygiene.policy.rules.catalogue import load_catalogue
from tests.fakes.policy_files import FakePolicyFiles


def load(**texts: str) -> Settings:
    files = FakePolicyFiles.holding({name.replace("_", "."): text for name, text in texts.items()})
    return load_settings(files, None, load_catalogue())


def test_the_folders_of_all_files_add_up_each_with_its_place() -> None:
    settings = load(
        base_toml='[untrack]\nplaceholders = ["Input/"]\n',
        hygiene_toml='extend = ["base.toml"]\nfixtures = ["qa/"]\n[untrack]\nplaceholders = ["./a//b/", "Output"]\n',
    )
    assert settings.placeholders == ("Input", "a/b", "Output")
    assert settings.origins["untrack.placeholders[0]"] == Origin("base.toml", 2)
    assert settings.origins["untrack.placeholders[2]"] == Origin("hygiene.toml", 4)


@pytest.mark.parametrize(
    "folder", ["..", "/etc", "a/../..", ".", "", ".git", "a/.GIT/hooks", "*", "x[1]", "!a", "a\\\\b"]
)
def test_what_is_no_folder_of_the_repository_is_a_mistake_at_its_place(folder: str) -> None:
    with pytest.raises(BrokenConfiguration) as caught:
        load(hygiene_toml=f'[untrack]\nplaceholders = ["Input/", "{folder}"]\n')
    (problem,) = caught.value.problems
    assert "hygiene.toml:2" in problem
    assert "untrack.placeholders[1]" in problem
