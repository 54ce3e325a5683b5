"""How the configuration of a repository stands for audits."""

from collections.abc import Sequence

from hygiene.audit.allowing import Permits
from hygiene.errors import ExitStatus
from hygiene.model.condition import Condition, Standing, Topic

_INIT = "`hygiene init` writes one that fits this repository."


def settings_condition(files: Sequence[str]) -> Condition:
    """That these files configure the audit, the deciding one last; or that none does."""
    if files:
        return Condition(Topic.CONFIGURATION, "settings", Standing.FINE, f"read from {', '.join(files)}")
    return Condition(Topic.CONFIGURATION, "settings", Standing.ABSENT, "no file", "audits judge by the defaults", _INIT)


def baseline_condition(permits: Permits) -> Condition:
    """How many findings the baseline accepts, or that the configured one is not there."""
    if permits.absent:
        says, means = f"{permits.absent} is not there", "nothing is accepted, and audits are called incomplete"
        write = "Write it: hygiene audit --write-baseline"
        return Condition(
            Topic.CONFIGURATION, "baseline", Standing.INCOMPLETE, says, means, write, ExitStatus.INCOMPLETE
        )
    if permits.baseline is None:
        return Condition(Topic.CONFIGURATION, "baseline", Standing.ABSENT, "none")
    accepted = len(permits.baseline.entries)
    return Condition(Topic.CONFIGURATION, "baseline", Standing.FINE, f"accepts {accepted:,} findings")
