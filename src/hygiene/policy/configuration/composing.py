"""From what the configuration files say together to the settings, each with the place that set it."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import UNSET

from hygiene.model.gate import Gate
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Origin, Waiver
from hygiene.model.rule import Confidence, Override, Rule, RuleId, Severity
from hygiene.policy.configuration.file import ConfigFile
from hygiene.policy.configuration.merging import Merged, Said
from hygiene.policy.configuration.packages import package_of, taken_over, targets_of
from hygiene.policy.configuration.settings import Settings, SizeCaps
from hygiene.policy.configuration.shape import GateTable, OverrideTable, SizeTable, WaiverTable
from hygiene.policy.configuration.sizes import bytes_of
from hygiene.policy.problem import dotted
from hygiene.policy.toml.lines import KeyPath


class Origins(Mapping[str, Origin]):
    """The place of each key; its line is looked for when somebody asks, as an audit does not."""

    def __init__(self, said: Mapping[str, Said[object]]) -> None:
        self._said = said

    def __getitem__(self, key: str) -> Origin:
        return self._said[key].place

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)


def settings_of(together: Merged, rules: Iterable[Said[Rule]], files: Sequence[ConfigFile]) -> Settings:
    """The settings, of values that were found sound. `files` are all that were read, the deciding one last."""
    table = together.table
    own = sorted(rules, key=lambda said: said.value.id)
    said: dict[KeyPath, Said[object]] = dict(together.said)
    said |= {("rules", number): each for number, each in enumerate(own)}
    said |= dict(taken_over(together))
    return Settings(
        gate=_gate(table.gate),
        size_caps=_size_caps(table.size),
        baseline=None if table.gate.baseline is UNSET else posixpath.normpath(table.gate.baseline),
        ratchet=table.gate.ratchet is True,
        fixtures=table.fixtures,
        placeholders=tuple(RepoPath(posixpath.normpath(each)) for each in table.untrack.placeholders),
        package=package_of(together),
        targets=targets_of(together),
        rules=tuple(each.value for each in own),
        overrides={
            RuleId(rule): _override(override, together.deciding(rule)) for rule, override in table.overrides.items()
        },
        waivers=tuple(_waiver(each, said["waivers", number].place) for number, each in enumerate(table.waivers)),
        files=tuple(file.origin for file in files),
        origins=Origins({dotted(key): each for key, each in said.items()}),
    )


def _gate(table: GateTable) -> Gate:
    return Gate(
        Gate().fail_on if table.fail_on is UNSET else Confidence[table.fail_on.upper()],
        {
            category: None if least == "never" else Confidence[least.upper()]
            for category, least in table.by_category.items()
        },
    )


def _size_caps(table: SizeTable) -> SizeCaps:
    default = SizeCaps().default if table.max is UNSET else bytes_of(table.max)
    return SizeCaps(default, tuple((glob, bytes_of(cap)) for glob, cap in table.caps.items()))


def _override(table: OverrideTable, said: Said[object]) -> Override:
    return Override(
        origin=str(said.place),
        confidence=None if table.confidence is UNSET else Confidence[table.confidence.upper()],
        severity=None if table.severity is UNSET else Severity[table.severity.upper()],
        enabled=table.enabled is not False,
    )


def _waiver(table: WaiverTable, place: Origin) -> Waiver:
    return Waiver(
        rule=RuleId(table.rule),
        path=table.path,
        reason=table.reason,
        origin=place,
        blob=None if table.blob is UNSET else BlobId(table.blob),
        expires=None if table.expires is UNSET else table.expires,
        owner="" if table.owner is UNSET else table.owner,
    )
