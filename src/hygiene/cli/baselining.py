"""`hygiene audit --write-baseline`: what is written, or why it is not, told on stderr."""

from collections.abc import Callable, Sequence

from hygiene.audit.allowing import Permits
from hygiene.audit.baseline import pruned, to_accept
from hygiene.cli.terminal import say
from hygiene.model.permit import Accepted
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, Severity
from hygiene.report.quoting import shown
from hygiene.report.wording import counted, listed

Write = Callable[[Sequence[Accepted]], str]
"""Writes the entries as the new baseline; returns where, for people."""

_NAMED = 3


def renew_baseline(report: AuditReport, permits: Permits, write: Write) -> None:
    """Accepts what the report holds; where the ratchet forbids that, takes out what is stale and accepts nothing."""
    former = permits.baseline.entries if permits.baseline else ()
    accepted = to_accept(report, former)
    if permits.may_become(accepted):
        say(f"wrote {write(accepted)}")
        _warn_of_secrets(report)
        return
    left = pruned(former, report.stale)
    if len(left) < len(former):
        gone = counted(len(former) - len(left), "stale entry", "stale entries")
        say(f"wrote {write(left)}: without {gone}, and nothing new was accepted")
    say("by the ratchet the baseline may only shrink: clean up what is new, or let it grow with --no-ratchet")


def refuse_incomplete() -> None:
    """Says why no baseline is made of an audit that could not read everything."""
    say("the baseline was not written: this audit is incomplete, and would leave out what it could not read")


def _warn_of_secrets(report: AuditReport) -> None:
    """A credential that is accepted is a credential that everybody has: no gate changes that."""
    grave = [f for f in report.findings if f.category is Category.CREDENTIAL or f.severity is Severity.CRITICAL]
    if not grave:
        return
    names = [shown(finding.path) for finding in grave[:_NAMED]]
    more = [f"{len(grave) - _NAMED:,} more"] if len(grave) > _NAMED else []
    say(f"warning: it accepts {counted(len(grave), 'file')} with secrets or people's data: {listed([*names, *more])}")
    say("help: untrack them (git rm --cached FILE) and change what they give away; everybody with a clone has it")
