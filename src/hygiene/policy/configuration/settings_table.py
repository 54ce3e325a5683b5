"""Settings as one configuration file would say them: the way back from what was read."""

from collections.abc import Mapping

import msgspec
from msgspec import UNSET

from hygiene.model.gate import Gate
from hygiene.model.packaging import PackageSettings
from hygiene.model.permit import Waiver
from hygiene.model.rule import Category, Confidence, Override, Severity
from hygiene.policy.configuration.settings import Settings, SizeCaps
from hygiene.policy.configuration.shape import (
    ConfigTable,
    GateTable,
    Harm,
    Least,
    OverrideTable,
    PackageTable,
    SizeTable,
    Sure,
    TargetTable,
    UntrackTable,
    WaiverTable,
)
from hygiene.policy.configuration.sizes import size_text

_SURE: dict[Confidence, Sure] = {
    Confidence.CERTAIN: "certain",
    Confidence.LIKELY: "likely",
    Confidence.REVIEW: "review",
}
_HARM: dict[Severity, Harm] = {
    Severity.CRITICAL: "critical",
    Severity.HIGH: "high",
    Severity.MEDIUM: "medium",
    Severity.LOW: "low",
    Severity.INFO: "info",
}


def table_of(settings: Settings) -> ConfigTable:
    """One file at the repository's root that means the same, defaults written out; it extends nothing."""
    return ConfigTable(
        rules=tuple(rule.origin for rule in settings.rules),
        fixtures=settings.fixtures,
        gate=_gate(settings.gate, settings),
        size=_size(settings.size_caps),
        untrack=UntrackTable(tuple(f"{folder}/" for folder in settings.placeholders)),
        package=_package(settings.package, settings.targets),
        overrides={rule_id: _override(override) for rule_id, override in settings.overrides.items()},
        waivers=tuple(map(_waiver, settings.waivers)),
    )


def _gate(gate: Gate, settings: Settings) -> GateTable:
    by_category: dict[Category, Least] = {
        category: "never" if least is None else _SURE[least] for category, least in gate.by_category.items()
    }
    return GateTable(
        fail_on=_SURE[gate.fail_on],
        baseline=UNSET if settings.baseline is None else settings.baseline,
        ratchet=settings.ratchet,
        by_category=by_category,
    )


def _size(caps: SizeCaps) -> SizeTable:
    return SizeTable(max=size_text(caps.default), caps={glob: size_text(cap) for glob, cap in caps.by_glob})


def _package(package: PackageSettings | None, targets: Mapping[str, PackageSettings]) -> PackageTable:
    tables = {name: _target(target) for name, target in targets.items()}
    if package is None:
        return PackageTable(targets=tables)
    return PackageTable(**msgspec.structs.asdict(_target(package)), targets=tables)


def _target(package: PackageSettings) -> TargetTable:
    return TargetTable(
        name=UNSET if package.name is None else package.name,
        include=tuple(line.text for line in package.include),
        exclude=tuple(line.text for line in package.exclude),
        root=package.root or ".",
        max_size=UNSET if package.max_size is None else size_text(package.max_size),
        symlinks=package.symlinks,
        names=package.names,
        export_ignore=package.export_ignore,
    )


def _override(override: Override) -> OverrideTable:
    return OverrideTable(
        confidence=UNSET if override.confidence is None else _SURE[override.confidence],
        severity=UNSET if override.severity is None else _HARM[override.severity],
        enabled=override.enabled,
    )


def _waiver(waiver: Waiver) -> WaiverTable:
    return WaiverTable(
        rule=waiver.rule,
        path=waiver.path,
        reason=waiver.reason,
        blob=UNSET if waiver.blob is None else waiver.blob,
        expires=UNSET if waiver.expires is None else waiver.expires,
        owner=waiver.owner or UNSET,
    )
