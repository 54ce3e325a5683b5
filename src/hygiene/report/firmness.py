"""How firmly a finding asks for something: what may be acted on at once, and what somebody has to look at first."""

from hygiene.model.finding import Evidence, Finding
from hygiene.model.paths import name_of
from hygiene.model.rule import Confidence, Disposition, Release

_LEAVES = (Disposition.DELETE_AND_UNTRACK, Disposition.UNTRACK)


def is_fixture(finding: Finding) -> bool:
    """Whether the file lies where tests and examples keep what they need."""
    return any(evidence.kind == "fixture" for evidence in finding.evidence)


def is_firm(finding: Finding) -> bool:
    """Whether lists and ignore lines may rest on it: it is certain, or likely and no fixture."""
    if finding.confidence is Confidence.LIKELY:
        return not is_fixture(finding)
    return finding.confidence is Confidence.CERTAIN


def is_denied(finding: Finding) -> bool:
    """Whether a release leaves the file out."""
    return finding.release is Release.DENY and is_firm(finding)


def is_held(finding: Finding) -> bool:
    """Whether a release leaves the file out until somebody has decided."""
    return finding.release is Release.DENY and not is_firm(finding)


def leaves(finding: Finding) -> bool:
    """Whether the file is to leave the repository, by a finding that is more than a question."""
    return finding.confidence >= Confidence.LIKELY and finding.disposition in _LEAVES


def is_ignored(finding: Finding) -> bool:
    """Whether the repository ignores such a file already, by its own lines or by a tool's `.gitignore` of `*`."""
    return any(map(_ignores, finding.evidence))


def _ignores(evidence: Evidence) -> bool:
    own = evidence.kind == "tool-marker" and evidence.path is not None and name_of(evidence.path) == ".gitignore"
    return own or evidence.kind == "ignored"
