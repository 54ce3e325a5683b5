"""What a report lets pass, in words: which waiver permits a finding, and why another lets nothing pass."""

from hygiene.model.permit import Idleness, IdleWaiver, Waiver
from hygiene.report.quoting import plain, shown


def waiver_words(waiver: Waiver) -> str:
    """Where the waiver stands, why, until when and who answers for it; safe to print."""
    until = f", until {waiver.expires.isoformat()}" if waiver.expires else ""
    owner = f", {plain(waiver.owner)}" if waiver.owner else ""
    return f"waived by {shown(str(waiver.origin))}: {plain(waiver.reason)}{until}{owner}"


def idle_words(idle: IdleWaiver) -> str:
    """Why a waiver lets nothing pass."""
    if idle.why is Idleness.EXPIRED and idle.waiver.expires:
        return f"its last day was {idle.waiver.expires.isoformat()}"
    return "no finding is left that it speaks of"
