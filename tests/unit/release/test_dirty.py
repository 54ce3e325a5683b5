"""What somebody is told whose work tree is not the commit."""

from hygiene.model.packaging import Line, PackageSettings
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Origin
from hygiene.patterns.attributes import Attributes
from hygiene.ports.work_tree import TreeState
from hygiene.release.dirty import dirty_notes
from hygiene.release.selection import Selector

_SETTINGS = PackageSettings((Line("/src/", Origin("hygiene.toml")),), exclude=(Line("*.md", Origin("hygiene.toml")),))
_SELECTOR = Selector(_SETTINGS, Attributes({RepoPath(".gitattributes"): b"*.gen export-ignore\n"}).export_ignored)


def _paths(*paths: str) -> tuple[RepoPath, ...]:
    return tuple(map(RepoPath, paths))


def test_a_clean_work_tree_is_worth_no_word() -> None:
    assert list(dirty_notes(TreeState(), _SELECTOR)) == []


def test_a_work_tree_that_nobody_looked_at_is_not_called_clean() -> None:
    (note,) = dirty_notes(TreeState(is_known=False), _SELECTOR)
    assert "nobody could look" in note.text


def test_changes_are_counted_and_named() -> None:
    (note,) = dirty_notes(TreeState(2, _paths("a", "b", "c", "d")), _SELECTOR)
    assert note.text.endswith("none of that is in the archive: 2 staged, 4 modified")
    assert note.paths == ("a", "b", "c", "d")


def test_of_untracked_files_only_those_are_named_that_would_ship() -> None:
    (note,) = dirty_notes(TreeState(untracked=_paths("notes", "src/new.py", "src/x.md", "src/y.gen")), _SELECTOR)
    assert note.text.endswith("not in the archive")
    assert note.paths == ["src/new.py"]
