"""The catalogue: the built-in rules and a team's own, each id once."""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import msgspec

from hygiene.errors import BrokenRules, UnknownRule
from hygiene.model.permit import Origin
from hygiene.model.rule import Override, Rule, RuleId
from hygiene.policy.nearest import nearest
from hygiene.policy.problem import Complaint, Problem, complaint, problem_texts
from hygiene.policy.rules.file import rule_of
from hygiene.policy.rules.shape import RuleTable

BUILT_IN = Path(__file__).parents[1] / "catalogue"
"""The folder of the rules that come with the program."""


@dataclass(frozen=True)
class Catalogue:
    """The rules of one audit, sorted by id. Raises `BrokenRules` where two of the given rules have one id.

    Attributes:
        rules: those that judge.
        disabled: those that a team has switched off; they are known by their id, and judge nothing.
    """

    rules: tuple[Rule, ...]
    disabled: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        taken = problem_texts(duplicates((*self.rules, *self.disabled)))
        if taken:
            raise BrokenRules(taken)
        object.__setattr__(self, "rules", tuple(sorted(self.rules, key=lambda rule: rule.id)))

    def __contains__(self, rule_id: str) -> bool:
        return rule_id in self._by_id

    def get(self, rule_id: str) -> Rule:
        """The rule of that id, also a disabled one. Raises `UnknownRule`, which names the nearest ones."""
        rule = self._by_id.get(rule_id)
        if rule is None:
            raise UnknownRule(rule_id, self.nearest(rule_id))
        return rule

    def nearest(self, rule_id: str) -> tuple[str, ...]:
        """Up to three ids that `rule_id` may have been meant to be, best first."""
        return nearest(rule_id, tuple(self._by_id))

    def extended(self, rules: Iterable[Rule]) -> "Catalogue":
        """This catalogue and more rules. Raises `BrokenRules` where an id is taken."""
        return Catalogue((*self.rules, *rules), self.disabled)

    def overridden(self, overrides: Mapping[RuleId, Override]) -> "Catalogue":
        """The same rules as a team has decided about them. Raises `UnknownRule` for an override of none of them."""
        decided = {rule_id: _decided(self.get(rule_id), override) for rule_id, override in overrides.items()}
        rules = [decided.get(rule.id, rule) for rule in self.rules]
        disabled = tuple(rule for rule in rules if rule.override and not rule.override.enabled)
        return Catalogue(tuple(rule for rule in rules if rule not in disabled), (*self.disabled, *disabled))

    @cached_property
    def digest(self) -> str:
        """sha256 in hexadecimal over all that the rules say, wherever they were read from and whoever decided it."""
        said = [_unplaced(rule) for rule in self.rules]
        return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()

    @cached_property
    def _by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in (*self.rules, *self.disabled)}


@cache
def load_catalogue() -> Catalogue:
    """The built-in rules. A mistake in them is a mistake in this program, and raises what the parser raises.

    They are only decoded here: every start pays for this. Tests put the same files through `read_rule`.
    """
    return Catalogue(tuple(_built_in(path) for path in BUILT_IN.glob("*.toml")))


def duplicates(rules: Iterable[Rule]) -> Iterator[Complaint]:
    """The ids that several of these rules have; the first of them keeps it."""
    origins: dict[str, list[str]] = defaultdict(list)
    for rule in rules:
        origins[rule.id].append(rule.origin or "another rule")
    for rule_id, (first, *others) in sorted(origins.items()):
        for other in others:
            yield complaint(Origin(other), Problem(("id",), f"{rule_id!r} is taken by {first}", "an id of its own"))


def _built_in(path: Path) -> Rule:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return rule_of(msgspec.convert(table, RuleTable), f"built-in/{path.name}")


def _decided(rule: Rule, override: Override) -> Rule:
    severity = rule.severity if override.severity is None else override.severity
    return replace(rule, override=override, severity=severity)


def _unplaced(rule: Rule) -> Rule:
    override = None if rule.override is None else replace(rule.override, origin="")
    return replace(rule, origin="", override=override)
