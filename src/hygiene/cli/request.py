"""What every audit is asked to judge by, whichever command asks it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol

import click

from hygiene import wiring
from hygiene.audit.allowing import Permits
from hygiene.audit.engine import AuditRequest
from hygiene.model.criterion import Aspect, Criterion
from hygiene.ports import Repository


class PolicyOptions(Protocol):
    """The options of a command that say where its policy comes from."""

    @property
    def config(self) -> Path | None: ...  # noqa: D102 - as the option of that name says
    @property
    def no_config(self) -> bool: ...  # noqa: D102 - the same
    @property
    def policy_rev(self) -> str | None: ...  # noqa: D102 - the same
    @property
    def rules(self) -> Sequence[Path]: ...  # noqa: D102 - the same
    @property
    def max_size(self) -> int | None: ...  # noqa: D102 - the same
    @property
    def baseline(self) -> Path | None: ...  # noqa: D102 - the same


class Judging(NamedTuple):
    """What an audit judges by, and what is asked of it."""

    decided: wiring.Policy
    request: AuditRequest


def judging(options: PolicyOptions, opened: Repository, named: Iterable[Criterion]) -> Judging:
    """What the options and the repository's own configuration come to, for a command that cleans up.

    Raises `click.UsageError` for options that contradict each other, `UnknownRule` for a criterion that names none, and
    what reading a policy raises.
    """
    if options.no_config and (options.config is not None or options.policy_rev is not None):
        raise click.UsageError("--no-config cannot be given together with --config or --policy-rev")
    sources = wiring.PolicySources(options.config, not options.no_config, options.policy_rev, options.rules)
    decided = wiring.policy(opened, sources)
    for criterion in named:
        if criterion.aspect is Aspect.RULE:
            decided.catalogue.get(criterion.value)  # raises for a rule that there is not
    permits = wiring.permits(opened, decided, wiring.BaselineAsked(options.baseline, ratchet=False))
    return Judging(decided, request_of(decided, options.max_size, permits))


def request_of(decided: wiring.Policy, max_size: int | None, permits: Permits) -> AuditRequest:
    """The size caps, with another default if one is given, what lets findings pass, and the files that say so."""
    caps = decided.settings.size_caps
    return AuditRequest(
        size_caps=caps if max_size is None else replace(caps, default=max_size),
        permits=permits,
        policy=(*map(str, decided.settings.files), *([permits.baseline.path] if permits.baseline else [])),
    )
