"""What an audit depends on, and how it stands: on this machine, in this repository, in its configuration."""

from enum import StrEnum
from typing import NamedTuple

from hygiene.errors import ExitStatus


class Topic(StrEnum):
    """What a condition is one of."""

    MACHINE = "machine"
    REPOSITORY = "repository"
    CONFIGURATION = "configuration"


class Standing(StrEnum):
    """What a condition means for audits."""

    FINE = "ok"
    ABSENT = "absent"  # a feature of Git that this repository makes no use of
    NOTE = "note"  # audits are whole, and offer less than they could or otherwise than one may expect
    INCOMPLETE = "incomplete"  # audits cannot be whole
    BROKEN = "broken"  # audits cannot be made


class Condition(NamedTuple):
    """One thing that an audit depends on. The texts may hold names from a repository: whoever prints them sanitises.

    Attributes:
        what: a stable word for it, such as `shallow`.
        says: how it is.
        means: what audits cannot offer because of it, and why; empty where there is nothing to say.
        help: the next step; may be empty.
        status: what an audit would exit with because of it, if that is broken or incomplete.
    """

    topic: Topic
    what: str
    standing: Standing
    says: str
    means: str = ""
    help: str = ""
    status: ExitStatus = ExitStatus.CLEAN
