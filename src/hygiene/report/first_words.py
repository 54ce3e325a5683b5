"""What the first configuration and the next steps after it both say of what was seen."""

from hygiene.adoption.first_settings import Seen
from hygiene.report.wording import counted

NOT_WHOLE = "Something could not be read, and there may be more: `hygiene doctor` tells what and why."


def seen_sentence(seen: Seen) -> str:
    """The numbers of an audit in one sentence: `296 of 509 tracked files are certain findings, 12 likely, …`."""
    if not seen.tracked:
        return "Nothing is tracked yet."
    if not seen.certain + seen.likely + seen.review:
        return f"None of {counted(seen.tracked, 'tracked file')} is a finding."
    are = "is a certain finding" if seen.certain == 1 else "are certain findings"
    files = counted(seen.tracked, "tracked file")
    return f"{seen.certain:,} of {files} {are}, {seen.likely:,} likely, {seen.review:,} to review."


def credentials_warning(seen: Seen) -> str:
    """How many files look like credentials, and what to do about it, without an end; there is at least one."""
    files = "1 file looks" if seen.credentials == 1 else f"{seen.credentials:,} files look"
    return f"{files} like credentials: change those credentials first"
