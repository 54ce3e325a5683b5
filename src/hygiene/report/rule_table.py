"""The catalogue as a table for people."""

from collections.abc import Sequence

from tabulate import tabulate

from hygiene.model.rule import Rule
from hygiene.report.quoting import plain


def rule_table(rules: Sequence[Rule]) -> str:
    """One line a rule and a line that counts them, ended by a line break."""
    rows = [[rule.id, rule.category, str(rule.confidence), rule.disposition, plain(rule.summary)] for rule in rules]
    headers = ["rule", "category", "by name", "disposition", "summary"]
    table = tabulate(rows, headers=headers, tablefmt="plain", disable_numparse=True)
    return f"{table}\n\n{len(rules)} rules; `hygiene rule explain ID` tells more of one.\n"
