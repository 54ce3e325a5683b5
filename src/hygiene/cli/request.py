"""What every audit is asked to judge by, whichever command asks it."""

from dataclasses import replace

from hygiene import wiring
from hygiene.audit.allowing import Permits
from hygiene.audit.engine import AuditRequest


def request_of(decided: wiring.Policy, max_size: int | None, permits: Permits) -> AuditRequest:
    """The size caps, with another default if one is given, what lets findings pass, and the files that say so."""
    caps = decided.settings.size_caps
    return AuditRequest(
        size_caps=caps if max_size is None else replace(caps, default=max_size),
        permits=permits,
        policy=(*decided.settings.files, *([permits.baseline.path] if permits.baseline else [])),
    )
