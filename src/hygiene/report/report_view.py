"""One report as the clean-up plan sees it: what several parts of the plan need is worked out once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from hygiene.model.report import AuditReport
from hygiene.model.untracking import CategoryLines
from hygiene.report.gitignore_delta import gitignore_delta
from hygiene.report.places import Places, gather
from hygiene.report.release_lists import ReleaseLists, deny_patterns, release_lists
from hygiene.report.trees import Trees
from hygiene.untrack.ignore_lines import IgnoreLines
from hygiene.untrack.members import Members, members_of


@dataclass(frozen=True, eq=False)
class ReportView:
    """A report, and what follows from it; nobody changes what it hands out."""

    report: AuditReport

    @cached_property
    def members(self) -> Members:
        """The findings of every group."""
        return members_of(self.report.groups, self.report.findings)

    @cached_property
    def places(self) -> Sequence[Places]:
        """The groups of each rule, confidence and disposition, worst first."""
        return gather(self.report, self.members)

    @cached_property
    def gitignore_delta(self) -> Sequence[CategoryLines]:
        """What the `.gitignore` at the root lacks."""
        return gitignore_delta(self.report, self._ignore_lines)

    @cached_property
    def deny_patterns(self) -> tuple[str, ...]:
        """What matches every file that a release leaves out, in gitignore syntax."""
        return deny_patterns(self.report, self._ignore_lines)

    @cached_property
    def release_lists(self) -> ReleaseLists:
        """What a release may take."""
        return release_lists(self.report, self.members, self.deny_patterns)

    @cached_property
    def trees(self) -> Trees:
        """The folders that a release leaves out altogether."""
        return Trees(self.deny_patterns)

    @cached_property
    def _ignore_lines(self) -> IgnoreLines:
        return IgnoreLines(self.report.rules, self.members)
