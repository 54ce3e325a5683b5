"""What the forms of a verification say alike: whether the archive is to be trusted, and what nobody could look at."""

from hygiene.model.verification import CheckState, Verification
from hygiene.report.wording import counted, listed


def verdict(told: Verification) -> str:
    """The last word, on one line."""
    unchecked = [each.what for each in told.checks if each.state is CheckState.NOT_CHECKED]
    besides = f"; not checked: {listed(unchecked)}" if unchecked else ""
    if told.is_refused:
        return f"refused for {counted(len(told.refusals), 'reason')}: do not unpack or publish it{besides}"
    open_questions = f"; {counted(len(told.undecided), 'finding')} to decide about" if told.undecided else ""
    return f"nothing speaks against this archive{open_questions}{besides}"
