"""The structure that `docs/design.md` promises, where import contracts cannot see it."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "hygiene"


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_only_the_boundary_catches_everything() -> None:
    broad = [
        path.relative_to(SOURCE).as_posix()
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]
    assert broad == ["cli/boundary.py"]


def test_only_the_adapters_start_processes() -> None:
    starters = {
        path.relative_to(SOURCE).parts[0]
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import) and any(alias.name == "subprocess" for alias in node.names)
    }
    assert starters == {"adapters"}


def test_every_module_says_what_lives_there() -> None:
    assert [path for path, tree in modules() if not ast.get_docstring(tree)] == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    names = {path.stem for path, _ in modules()}
    assert names.isdisjoint({"utils", "util", "helpers", "common", "misc", "manager"})
