"""Writes docs/rules/ from the catalogue, or with --check says whether it is up to date."""

import sys
from pathlib import Path

from hygiene.policy.rules.catalogue import load_catalogue
from hygiene.report.rule_page import rule_index, rule_page

FOLDER = Path(__file__).parents[1] / "docs" / "rules"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    rules = load_catalogue().rules
    return {"README.md": rule_index(rules)} | {f"{rule.id}.md": rule_page(rule) for rule in rules}


def stale(wanted: dict[str, str]) -> list[str]:
    """The names of pages that are missing, different, or of no rule."""
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def write(wanted: dict[str, str], names: list[str]) -> None:
    """Makes the folder hold exactly the pages that are wanted."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], encoding="utf-8")
        else:
            (FOLDER / name).unlink()


def main() -> int:
    """The exit status: 1 when --check found a stale page."""
    wanted = pages()
    names = stale(wanted)
    if "--check" in sys.argv[1:]:
        if names:
            print(f"stale: {', '.join(names)}; run `python scripts/generate_rule_pages.py`", file=sys.stderr)
        return int(bool(names))
    write(wanted, names)
    print(f"{len(names)} of {len(wanted)} pages written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
