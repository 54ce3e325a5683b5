"""From what the configuration files say together to the settings, each with the place that set it."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import UNSET

from hygiene.model.gate import Gate
from hygiene.model.paths import BlobId
from hygiene.model.permit import Origin, Waiver
from hygiene.model.rule import Confidence, Override, Rule, RuleId, Severity
from hygiene.policy.configuration.file import ConfigFile
from hygiene.policy.configuration.merging import Decided, Merged, Said
from hygiene.policy.configuration.settings import Settings, SizeCaps
from hygiene.policy.configuration.shape import WaiverTable
from hygiene.policy.configuration.sizes import bytes_of
from hygiene.policy.problem import dotted
from hygiene.policy.toml.lines import KeyPath

_Setter = tuple[ConfigFile, KeyPath]
"""A file, and the key of it that sets something."""


class Origins(Mapping[str, Origin]):
    """The place of each key; its line is looked for when somebody asks, as an audit does not."""

    def __init__(self, setters: Mapping[str, _Setter]) -> None:
        self._setters = setters

    def __getitem__(self, key: str) -> Origin:
        file, path = self._setters[key]
        return file.place_of(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._setters)

    def __len__(self) -> int:
        return len(self._setters)


def settings_of(together: Merged, rules: Iterable[Said[Rule]], files: Sequence[ConfigFile]) -> Settings:
    """The settings, of values that were found sound. `files` are all that were read, the deciding one last."""
    own = sorted(rules, key=lambda said: said.value.id)
    return Settings(
        gate=_gate(together),
        size_caps=_size_caps(together),
        baseline=None if together.baseline is None else posixpath.normpath(together.baseline.value),
        ratchet=together.ratchet is not None and together.ratchet.value,
        fixtures=tuple(said.value for said in together.fixtures),
        rules=tuple(said.value for said in own),
        overrides={RuleId(rule_id): _override(decided) for rule_id, decided in together.overrides.items()},
        waivers=tuple(map(_waiver, together.waivers)),
        files=tuple(str(file.origin) for file in files),
        origins=Origins(dict(_setters(together, own))),
    )


def _gate(together: Merged) -> Gate:
    by_category = {category: said.value for category, said in together.by_category.items()}
    return Gate(
        Gate().fail_on if together.fail_on is None else Confidence[together.fail_on.value.upper()],
        {category: None if least == "never" else Confidence[least.upper()] for category, least in by_category.items()},
    )


def _size_caps(together: Merged) -> SizeCaps:
    default = SizeCaps().default if together.max_size is None else bytes_of(together.max_size.value)
    return SizeCaps(default, tuple((glob, bytes_of(said.value)) for glob, said in together.caps.items()))


def _override(decided: Decided) -> Override:
    return Override(
        origin=str(next(iter(decided)).place),
        confidence=None if decided.confidence is None else Confidence[decided.confidence.value.upper()],
        severity=None if decided.severity is None else Severity[decided.severity.value.upper()],
        enabled=decided.enabled is None or decided.enabled.value,
    )


def _waiver(said: Said[WaiverTable]) -> Waiver:
    table = said.value
    return Waiver(
        rule=RuleId(table.rule),
        path=table.path,
        reason=table.reason,
        origin=said.place,
        blob=None if table.blob is UNSET else BlobId(table.blob),
        expires=None if table.expires is UNSET else table.expires,
        owner="" if table.owner is UNSET else table.owner,
    )


def _setters(together: Merged, rules: Sequence[Said[Rule]]) -> Iterator[tuple[str, _Setter]]:
    """Every key that is set, as the merged configuration would write it."""
    overrides = [said for decided in together.overrides.values() for said in decided]
    alone: list[Said[object] | None] = [together.fail_on, together.baseline, together.ratchet, together.max_size]
    for said in (*alone, *together.by_category.values(), *together.caps.values(), *overrides):
        if said is not None:
            yield dotted(said.key), (said.file, said.key)
    arrays: dict[str, Sequence[Said[object]]] = {
        "fixtures": together.fixtures,
        "waivers": together.waivers,
        "rules": rules,
    }
    for name, elements in arrays.items():
        for number, element in enumerate(elements):
            yield dotted((name, number)), (element.file, element.key)
