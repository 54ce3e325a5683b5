"""Reads the YAML that other programs read of us: strictly, a key given twice is an error."""

from pathlib import Path

from ruamel.yaml import YAML

Node = dict[str, "Node"] | list["Node"] | str | int | float | bool | None
"""What a YAML file may hold."""


def load(text: str | Path) -> Node:
    content = text.read_text(encoding="utf-8") if isinstance(text, Path) else text
    node: Node = YAML(typ="safe", pure=True).load(content)
    return node


def mapping(node: Node) -> dict[str, Node]:
    assert isinstance(node, dict), node
    return node


def sequence(node: Node) -> list[Node]:
    assert isinstance(node, list), node
    return node


def string(node: Node) -> str:
    assert isinstance(node, str), node
    return node
