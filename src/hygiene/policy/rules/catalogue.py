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
from hygiene.model.permit import Origin
from hygiene.model.rule import Override, Rule, RuleId
from hygiene.policy.rules.file import ReadRule, read_rule, rule_of, told
from hygiene.policy.rules.shape import RuleTable
from hygiene.policy.shape import Problem, nearest
from hygiene.policy.toml.document import MAX_BYTES

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
        _stop_at(duplicates((*self.rules, *self.disabled)))
        object.__setattr__(self, "rules", _sorted(self.rules))

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
        rules = [decided.get(rule.id, rule) for rule in (*self.rules, *self.disabled)]
        disabled = {rule.id for rule in self.disabled} - decided.keys()
        disabled |= {rule_id for rule_id, override in overrides.items() if not override.enabled}
        return Catalogue(
            tuple(rule for rule in rules if rule.id not in disabled),
            tuple(rule for rule in rules if rule.id in disabled),
        )

    @cached_property
    def digest(self) -> str:
        """sha256 in hexadecimal over all that the rules say, wherever they were read from and whoever decided it."""
        said = [replace(rule, origin="", override=_unplaced(rule.override)) for rule in self.rules]
        return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()

    @cached_property
    def _by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in (*self.rules, *self.disabled)}


@cache
def load_catalogue() -> Catalogue:
    """The built-in rules. A mistake in them is a mistake in this program, and raises what the parser raises.

    They are only decoded here: every start pays for this. Tests put the same files through `load_rules`.
    """
    return Catalogue(tuple(_built_in(path) for path in BUILT_IN.glob("*.toml")))


def load_rules(paths: Sequence[Path]) -> tuple[Rule, ...]:
    """A team's own rules, from files and from the `*.toml` of folders (not of their subfolders), sorted by id.

    The paths may lead anywhere on this machine's disk: a person named them, no configuration did.

    Raises:
        BrokenRules: with every problem of every file, when any file cannot be used or holds an id that another has.
    """
    files = dict.fromkeys(file for path in paths for file in _files_at(path))
    read = [_read_at(file) for file in files]
    rules = [each.rule for each in read if each.rule is not None]
    _stop_at([*(problem for each in read for problem in each.problems), *duplicates(rules)])
    return _sorted(rules)


def team_rule(data: bytes, origin: Origin) -> ReadRule:
    """The rule that a file of a team states: its own name for what a pattern meets, never code of ours to call."""
    read = read_rule(data, origin)
    if read.rule is None or read.rule.check is None:
        return read
    return ReadRule(None, (told(origin, Problem(("check",), "is for built-in rules alone", "[match]")),))


def duplicates(rules: Iterable[Rule]) -> Iterator[str]:
    """The ids that several of these rules have, for people; the first of them keeps it."""
    origins: dict[str, list[str]] = defaultdict(list)
    for rule in rules:
        origins[rule.id].append(rule.origin or "another rule")
    for rule_id, (first, *others) in sorted(origins.items()):
        for other in others:
            yield told(Origin(other), Problem(("id",), f"{rule_id!r} is taken by {first}", "an id of its own"))


def _read_at(path: Path) -> ReadRule:
    origin = Origin(path.as_posix())
    try:
        if not path.is_file():  # a pipe would keep us waiting, a device may never end
            return _refused(origin, "is not a file", "a rule file, or a folder that holds *.toml")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return _refused(origin, f"cannot be read: {error.strerror}", "a readable file")
    return read_rule(data, origin) if path.parent == BUILT_IN else team_rule(data, origin)


def _refused(origin: Origin, wrong: str, meant: str) -> ReadRule:
    return ReadRule(None, (told(origin, Problem((), wrong, meant)),))


def _built_in(path: Path) -> Rule:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return rule_of(msgspec.convert(table, RuleTable), f"built-in/{path.name}")


def _decided(rule: Rule, override: Override) -> Rule:
    severity = rule.severity if override.severity is None else override.severity
    return replace(rule, override=override, severity=severity)


def _unplaced(override: Override | None) -> Override | None:
    return None if override is None else replace(override, origin="")


def _files_at(path: Path) -> Sequence[Path]:
    """The rule files of a folder; `path` itself where it is no folder or holds none, for its reader to refuse."""
    return (sorted(path.glob("*.toml")) if path.is_dir() else []) or [path]


def _sorted(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: rule.id))


def _stop_at(problems: Iterable[str]) -> None:
    told = tuple(problems)
    if told:
        raise BrokenRules(told)
