"""How the configuration of a repository stands for audits."""

from collections.abc import Sequence

from hygiene.model.condition import Condition, Standing, Topic

_INIT = "`hygiene init` writes one that fits this repository."


def settings_condition(files: Sequence[str]) -> Condition:
    """That these files configure the audit, the deciding one last; or that none does."""
    if files:
        return Condition(Topic.CONFIGURATION, "settings", Standing.FINE, f"read from {', '.join(files)}")
    return Condition(Topic.CONFIGURATION, "settings", Standing.ABSENT, "no file", "audits judge by the defaults", _INIT)


def baseline_condition(entries: int | None) -> Condition:
    """How many findings the baseline accepts; None where there is no baseline."""
    if entries is None:
        return Condition(Topic.CONFIGURATION, "baseline", Standing.ABSENT, "none")
    return Condition(Topic.CONFIGURATION, "baseline", Standing.FINE, f"accepts {entries:,} findings")
