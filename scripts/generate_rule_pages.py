"""Writes docs/rules/ from the catalogue, or with --check says whether it is up to date."""

import sys
from pathlib import Path

import generated_pages
from hygiene.policy.rules.catalogue import load_catalogue
from hygiene.report.rule_page import rule_index, rule_page

FOLDER = Path(__file__).parents[1] / "docs" / "rules"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    rules = load_catalogue().rules
    return {"README.md": rule_index(rules)} | {f"{rule.id}.md": rule_page(rule) for rule in rules}


if __name__ == "__main__":
    sys.exit(generated_pages.main(FOLDER, pages()))
