"""Rules in SARIF: what a service shows beside a result, and how it sorts it."""

from typing import Final

from hygiene.model.rule import Category, Confidence, Rule, Severity
from hygiene.policy.problem import cut
from hygiene.report.quoting import plain
from hygiene.report.rule_page import rule_page
from hygiene.report.sarif_parts import Json, message

MORE: Final = "more-findings"
"""The id of the result that stands for those that were cut; no rule of the catalogue has it."""

_LONGEST = 1000  # characters of a description: GitHub takes 1,024
_LEVELS = {Confidence.CERTAIN: "error", Confidence.LIKELY: "warning", Confidence.REVIEW: "note"}
_PROBLEMS = {Confidence.CERTAIN: "error", Confidence.LIKELY: "warning", Confidence.REVIEW: "recommendation"}
_PRECISION = {Confidence.CERTAIN: "very-high", Confidence.LIKELY: "high", Confidence.REVIEW: "low"}

# Only of what can leak by itself: a service lists each rule with a number among the vulnerabilities.
_SECRET = (Category.CREDENTIAL, Category.DATABASE)
_SECURITY_SEVERITY = {
    Severity.CRITICAL: "9.0",
    Severity.HIGH: "7.5",
    Severity.MEDIUM: "5.0",
    Severity.LOW: "2.5",
    Severity.INFO: "0.5",
}


def rule_descriptor(rule: Rule) -> Json:
    """The rule with its whole page as help."""
    page = rule_page(rule)
    return {
        "id": rule.id,
        "name": _name(rule.id),
        "shortDescription": {"text": cut(plain(rule.summary), _LONGEST)},
        "fullDescription": {"text": cut(plain(" ".join(rule.why.split())), _LONGEST)},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.confidence]},
        "properties": _properties(rule),
    }


def more_rule() -> Json:
    """What explains the result that stands for those that were cut."""
    why = "Services take a limited number of results; the worst ones are listed, and this one stands for the others."
    return {
        "id": MORE,
        "name": _name(MORE),
        "shortDescription": {"text": "More findings than a service takes"},
        "fullDescription": {"text": why},
        "help": message("`hygiene audit --format json` lists every finding."),
        "defaultConfiguration": {"level": "warning"},
    }


def _properties(rule: Rule) -> Json:
    secret = rule.category in _SECRET
    return {
        "category": rule.category.value,
        "precision": _PRECISION[rule.confidence],
        "problem.severity": _PROBLEMS[rule.confidence],
        **({"security-severity": _SECURITY_SEVERITY[rule.severity]} if secret else {}),
        "tags": ["repository-hygiene", rule.category.value, *(["security"] if secret else [])],
    }


def _name(rule_id: str) -> str:
    return "".join(word.capitalize() for word in rule_id.split("-"))
