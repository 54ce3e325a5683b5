"""What the forms of a verification say alike: whether the archive is to be trusted, and what nobody could look at."""

from hygiene.model.release import CheckState, Verification
from hygiene.report.wording import counted, listed


def is_refused(told: Verification) -> bool:
    """Whether something speaks against the archive, or something that was looked at did not hold."""
    return bool(told.refusals) or any(each.state is CheckState.FAILED for each in told.checks)


def verdict(told: Verification) -> str:
    """The last word, on one line, with `code` in no quotes; the names of checks are the caller's to make safe."""
    unchecked = [each.what for each in told.checks if each.state is CheckState.NOT_CHECKED]
    besides = f"; not checked: {listed(unchecked)}" if unchecked else ""
    if is_refused(told):
        reasons = max(len(told.refusals), 1)
        return f"refused for {counted(reasons, 'reason')}: do not unpack or publish it{besides}"
    open_questions = f"; {counted(len(told.undecided), 'finding')} to decide about" if told.undecided else ""
    return f"nothing speaks against this archive{open_questions}{besides}"
