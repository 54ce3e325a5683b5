"""The catalogue: the built-in rules and a team's own, each id once."""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import msgspec

from hygiene.errors import BrokenRules, UnknownRule
from hygiene.model.rule import Rule
from hygiene.policy.rule_file import read_rule, rule_of
from hygiene.policy.schema import Problem, RuleTable, nearest

BUILT_IN = Path(__file__).parent / "catalogue"
"""The folder of the rules that come with the program."""


@dataclass(frozen=True)
class Catalogue:
    """The rules of one audit, sorted by id. Raises `BrokenRules` where two of the given rules have one id."""

    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        _stop_at(_duplicates(self.rules))
        object.__setattr__(self, "rules", _sorted(self.rules))

    def __contains__(self, rule_id: str) -> bool:
        return rule_id in self._by_id

    def get(self, rule_id: str) -> Rule:
        """The rule of that id. Raises `UnknownRule`, which names the nearest ones."""
        rule = self._by_id.get(rule_id)
        if rule is None:
            raise UnknownRule(rule_id, self.nearest(rule_id))
        return rule

    def nearest(self, rule_id: str) -> tuple[str, ...]:
        """Up to three ids that `rule_id` may have been meant to be, best first."""
        return nearest(rule_id, tuple(self._by_id))

    def extended(self, rules: Iterable[Rule]) -> "Catalogue":
        """This catalogue and more rules. Raises `BrokenRules` where an id is taken."""
        return Catalogue((*self.rules, *rules))

    @cached_property
    def digest(self) -> str:
        """sha256 in hexadecimal over all that the rules say, wherever they were read from."""
        said = [replace(rule, origin="") for rule in self.rules]
        return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()

    @cached_property
    def _by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}


@cache
def load_catalogue() -> Catalogue:
    """The built-in rules. A mistake in them is a mistake in this program, and raises what the parser raises.

    They are only decoded here: every start pays for this. Tests put the same files through `load_rules`.
    """
    return Catalogue(tuple(_built_in(path) for path in BUILT_IN.glob("*.toml")))


def load_rules(paths: Sequence[Path]) -> tuple[Rule, ...]:
    """A team's own rules, from files and from the `*.toml` of folders (not of their subfolders), sorted by id.

    Raises:
        BrokenRules: with every problem of every file, when any file cannot be used or holds an id that another has.
    """
    problems: list[str] = []
    rules: list[Rule] = []
    for file in dict.fromkeys(file for path in paths for file in _files_at(path)):
        rule = read_rule(file, str(file))
        if isinstance(rule, Rule) and rule.check is not None and file.parent != BUILT_IN:
            problems.append(_told(str(file), Problem("check", "is for built-in rules alone", "[match]")))
        elif isinstance(rule, Rule):
            rules.append(rule)
        else:
            problems += [_told(str(file), problem) for problem in rule]
    _stop_at([*problems, *_duplicates(rules)])
    return _sorted(rules)


def _built_in(path: Path) -> Rule:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return rule_of(msgspec.convert(table, RuleTable), f"built-in/{path.name}")


def _files_at(path: Path) -> Sequence[Path]:
    """The rule files of a folder; `path` itself where it is no folder or holds none, for its reader to refuse."""
    return (sorted(path.glob("*.toml")) if path.is_dir() else []) or [path]


def _duplicates(rules: Iterable[Rule]) -> Iterator[str]:
    origins: dict[str, list[str]] = defaultdict(list)
    for rule in rules:
        origins[rule.id].append(rule.origin or "another rule")
    for rule_id, (first, *others) in sorted(origins.items()):
        for other in others:
            yield _told(other, Problem("id", f"{rule_id!r} is taken by {first}", "an id of its own"))


def _sorted(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: rule.id))


def _told(origin: str, problem: Problem) -> str:
    where = f"{origin}: {problem.key}" if problem.key else origin
    return f"{where}: {problem.wrong}; {problem.meant}"


def _stop_at(problems: Iterable[str]) -> None:
    told = tuple(problems)
    if told:
        raise BrokenRules(told)
