"""What several configuration files say together: a later one wins, arrays add up, tables merge by key."""

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from msgspec import UnsetType

from hygiene.model.permit import Origin
from hygiene.model.rule import Category
from hygiene.policy.configuration.file import ConfigFile
from hygiene.policy.configuration.shape import Harm, Least, OverrideTable, Sure, WaiverTable
from hygiene.policy.toml.lines import KeyPath

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Said(NamedTuple, Generic[T_co]):
    """A value, and the key of the file that set it."""

    value: T_co
    file: ConfigFile
    key: KeyPath

    @property
    def place(self) -> Origin:
        """The file and the line."""
        return self.file.place_of(self.key)


class Decided:
    """What the files say about one rule."""

    def __init__(self) -> None:
        self.confidence: Said[Sure] | None = None
        self.severity: Said[Harm] | None = None
        self.enabled: Said[bool] | None = None

    def __iter__(self) -> Iterator[Said[Sure] | Said[Harm] | Said[bool]]:
        return (said for said in (self.confidence, self.severity, self.enabled) if said is not None)


class Merged:
    """The values of all files, None where none sets one. Caps stand in the order in which they count."""

    def __init__(self) -> None:
        self.fail_on: Said[Sure] | None = None
        self.baseline: Said[str] | None = None
        self.ratchet: Said[bool] | None = None
        self.by_category: dict[Category, Said[Least]] = {}
        self.max_size: Said[int | str] | None = None
        self.caps: dict[str, Said[int | str]] = {}
        self.fixtures: list[Said[str]] = []
        self.overrides: dict[str, Decided] = {}
        self.waivers: list[Said[WaiverTable]] = []


def merged(files: Iterable[ConfigFile]) -> Merged:
    """The files together, the deciding one last."""
    together = Merged()
    for file in files:
        _add_gate(together, file)
        _add_sizes(together, file)
        for rule, override in file.table.overrides.items():
            _add_override(together.overrides.setdefault(rule, Decided()), file, rule, override)
        together.fixtures += _elements(file.table.fixtures, file, "fixtures")
        together.waivers += _elements(file.table.waivers, file, "waivers")
    return together


def _add_gate(together: Merged, file: ConfigFile) -> None:
    gate = file.table.gate
    together.fail_on = _said(gate.fail_on, file, "gate", "fail_on") or together.fail_on
    together.baseline = _said(gate.baseline, file, "gate", "baseline") or together.baseline
    together.ratchet = _said(gate.ratchet, file, "gate", "ratchet") or together.ratchet
    for category, least in gate.by_category.items():
        together.by_category[category] = Said(least, file, ("gate", "by_category", category.value))


def _add_sizes(together: Merged, file: ConfigFile) -> None:
    size = file.table.size
    together.max_size = _said(size.max, file, "size", "max") or together.max_size
    for glob, cap in size.caps.items():
        together.caps.pop(glob, None)  # the last pattern that matches decides, so what is said anew comes last
        together.caps[glob] = Said(cap, file, ("size", "caps", glob))


def _add_override(decided: Decided, file: ConfigFile, rule: str, override: OverrideTable) -> None:
    decided.confidence = _said(override.confidence, file, "overrides", rule, "confidence") or decided.confidence
    decided.severity = _said(override.severity, file, "overrides", rule, "severity") or decided.severity
    decided.enabled = _said(override.enabled, file, "overrides", rule, "enabled") or decided.enabled


def _said(value: T | UnsetType, file: ConfigFile, *key: str) -> Said[T] | None:
    return None if isinstance(value, UnsetType) else Said(value, file, key)


def _elements(values: Iterable[T], file: ConfigFile, name: str) -> list[Said[T]]:
    return [Said(value, file, (name, number)) for number, value in enumerate(values)]
