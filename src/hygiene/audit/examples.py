"""A rule's examples, executed: what a rule says of itself must hold."""

from collections.abc import Iterator

from hygiene.audit.naming import Namer
from hygiene.model.rule import Rule
from hygiene.policy.rules.catalogue import Catalogue


def mistakes(rule: Rule) -> Iterator[str]:
    """Each example that does not hold, as a problem that names the rule's file and the example."""
    namer = Namer(Catalogue((rule,)))
    for path in rule.examples.match:
        if not namer.rules_for(path):
            yield f"{rule.origin}: examples.match: the rule does not meet {path!r}"
    for path in rule.examples.ignore:
        if namer.rules_for(path):
            yield f"{rule.origin}: examples.ignore: the rule meets {path!r}"
