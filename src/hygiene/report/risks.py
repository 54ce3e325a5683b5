"""What the categories of a report put at risk, in words for the head of a clean-up plan."""

from collections.abc import Iterable
from typing import NamedTuple

from hygiene.model.finding import Finding
from hygiene.model.rule import Category, Confidence, Severity
from hygiene.report.firmness import is_fixture


class Risk(NamedTuple):
    """One kind of harm, why it threatens, and the categories that bring it."""

    name: str
    why: str
    categories: frozenset[Category]


_RISKS = (
    Risk(
        "Security and privacy",
        "they can hold credentials, tokens, people's data or traces of what users did, and every clone has a copy",
        frozenset(
            {
                Category.CREDENTIAL,
                Category.DATABASE,
                Category.BACKUP,
                Category.ENVIRONMENT,
                Category.INPUT,
                Category.SCRATCH,
            }
        ),
    ),
    Risk(
        "Licensing",
        "they may not be ours to hand on, or may derive from what is not",
        frozenset({Category.MEDIA, Category.INPUT, Category.MODEL, Category.DEPENDENCY}),
    ),
    Risk(
        "Noise and bloat",
        "they change without anybody's intent, cause conflicts, and make clones and releases larger",
        frozenset(
            {
                Category.CACHE,
                Category.BUILD,
                Category.SCRATCH,
                Category.DEPENDENCY,
                Category.REPORT,
                Category.EDITOR,
                Category.OVERSIZE,
            }
        ),
    ),
    Risk(
        "Stale or unreviewable content",
        "they can differ from the source that they were made from, and nobody can read them in a review",
        frozenset({Category.BUILD, Category.REPORT, Category.EXECUTABLE, Category.MODEL}),
    ),
    Risk(
        "Surprises between machines",
        "names or rules behave differently from one checkout to the next",
        frozenset({Category.IGNORE_FILE, Category.STRUCTURE}),
    ),
)


# Their files can hold credentials too; most do not, which their severity tells.
_SECRETIVE = frozenset({Category.DATABASE, Category.BACKUP, Category.ENVIRONMENT})


def calls_for_new_credentials(finding: Finding) -> bool:
    """Whether the file may have given credentials away once it was pushed: untracking takes nothing back."""
    grave = finding.category in _SECRETIVE and finding.severity >= Severity.HIGH
    secret = grave or finding.category is Category.CREDENTIAL
    return secret and finding.confidence >= Confidence.LIKELY and not is_fixture(finding)


def risks_of(categories: Iterable[Category]) -> list[tuple[Risk, list[Category]]]:
    """The risks that these categories bring, each with those that do, gravest first."""
    present = list(categories)
    found = [(risk, [category for category in present if category in risk.categories]) for risk in _RISKS]
    return [(risk, bringing) for risk, bringing in found if bringing]
