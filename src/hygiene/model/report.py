"""What an audit amounts to: everything that one report says."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from hygiene.model.finding import Cleared, Finding, Group, Unreadable
from hygiene.model.inventory import Gap, RepositoryFacts
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Accepted, IdleWaiver, Waived
from hygiene.model.rule import Rule, RuleId


class TopLevel(NamedTuple):
    """A root file, or a root folder (with a `/` at its end) and how many tracked files lie below it."""

    path: RepoPath
    files: int


class Outcome(StrEnum):
    """What an audit amounts to."""

    CLEAN = "clean"
    FINDINGS = "findings"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything one audit says. The same input gives an equal report; it holds no time and no machine's name.

    Attributes:
        tool_version: of the program that judged.
        roots: what was read, in words: `index`, or the revision and the object that it led to.
        tracked: how many paths were judged; with `--staged` those that are staged.
        tracked_size: bytes of their blobs, each path counted, as far as known.
        findings: worst first, then by path.
        groups: the findings for people, worst first, then by path.
        rules: every rule that a finding names, also a waived or baselined one, by id.
        notes: facts about the repository that a reader should know, and that do not make the answer incomplete.
        incomplete: what makes the answer less than whole.
        top_level: what is tracked at the root, folders and files in one order by path.
        waived: the findings that a waiver lets pass, in the order of `findings`; they are not among `findings`.
        idle_waivers: the waivers that let nothing pass, in the configuration's order; where not every file was judged,
            only the expired ones.
        baselined: the findings that the baseline accepts, in the order of `findings`; they are not among `findings`.
        planned: the groups of what is to be cleaned up: of `findings` and `baselined` together.
        stale: the entries of the baseline that no finding meets any more, by path;
            empty where not every file was judged.
        judged: the ids of the rules that every file was judged by, in the catalogue's order.
        policy: the files that settings and permits were read from, as people should see them: what was extended first,
            then the configuration, then the baseline.
    """

    tool_version: str
    facts: RepositoryFacts
    revision: str
    roots: tuple[str, ...]
    tracked: int
    tracked_size: int
    findings: Sequence[Finding]
    groups: Sequence[Group]
    rules: dict[RuleId, Rule]
    cleared: Sequence[Cleared]
    unreadable: Sequence[Unreadable]
    incomplete: Sequence[Gap]
    notes: Sequence[str]
    top_level: tuple[TopLevel, ...] = ()
    waived: Sequence[Waived] = ()
    idle_waivers: Sequence[IdleWaiver] = ()
    baselined: Sequence[Finding] = ()
    planned: Sequence[Group] = ()
    stale: Sequence[Accepted] = ()
    policy: tuple[str, ...] = ()
    judged: tuple[RuleId, ...] = ()
