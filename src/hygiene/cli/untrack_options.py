"""The options of `hygiene untrack`, and which of them belong together."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from hygiene.cli.criteria import CriterionOption
from hygiene.cli.options import (
    allow_incomplete_option,
    baseline_option,
    color_option,
    config_option,
    max_size_option,
    no_config_option,
    policy_rev_option,
    quiet_option,
    repository_argument,
    rules_option,
)
from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.rule import Confidence
from hygiene.report import UNTRACK_FORMATS

Function = Callable[..., Any]

LATEST = "latest"
"""What `--undo` means without an id: the last receipt that is not undone. No receipt is called so."""

_FILE = click.Path(path_type=Path, dir_okay=False)
_SAVED = click.Path(path_type=Path, dir_okay=False, exists=True)


@dataclass(frozen=True)
class Options:
    """The options of one call, under the names that click gives them."""

    repository: Path
    criteria: tuple[Criterion, ...]
    confidence: str | None
    yes: bool
    dry_run: bool
    format_name: str
    save_plan: Path | None
    plan: Path | None
    delete: bool
    backup: Path | None
    commit: bool
    branch: str | None
    body: Path | None
    run_hooks: bool
    emit: str | None
    undo: str | None
    list_receipts: bool
    purge: str | None
    config: Path | None
    no_config: bool
    policy_rev: str | None
    rules: tuple[Path, ...]
    max_size: int | None
    baseline: Path | None
    allow_incomplete: bool
    color: str
    quiet: bool

    def __post_init__(self) -> None:
        """Raises `click.UsageError` for options that contradict each other."""
        given = [option for option, is_given in self._instead_of_a_plan() if is_given]
        if len(given) > 1:
            raise click.UsageError(f"{given[0]} and {given[1]} cannot be given together")
        for option, is_given in self._of_a_plan() if given else ():
            if is_given and not (given == ["--emit"] and option == "--delete"):
                raise click.UsageError(f"{given[0]} and {option} cannot be given together")
        for one, other in self._contradictions():
            raise click.UsageError(f"{one} and {other} cannot be given together")
        if self.run_hooks and not self.makes_commit:
            raise click.UsageError("--run-hooks says something of --commit or --branch, neither of which is given")

    @property
    def makes_commit(self) -> bool:
        """Whether a commit is made: a branch is made for one."""
        return self.commit or self.branch is not None

    @property
    def asked(self) -> tuple[Criterion, ...]:
        """All that limits or names what leaves."""
        least = () if self.confidence is None else (Criterion(Aspect.CONFIDENCE, self.confidence),)
        return (*self.criteria, *least)

    def _instead_of_a_plan(self) -> list[tuple[str, bool]]:
        return [
            ("--undo", self.undo is not None),
            ("--list", self.list_receipts),
            ("--purge", self.purge is not None),
            ("--emit", self.emit is not None),
        ]

    def _of_a_plan(self) -> list[tuple[str, bool]]:
        return [
            ("--delete", self.delete),
            ("--backup", self.backup is not None),
            ("--commit", self.commit),
            ("--branch", self.branch is not None),
            ("--body", self.body is not None),
            ("--save-plan", self.save_plan is not None),
            ("--plan", self.plan is not None),
            ("--yes", self.yes),
        ]

    def _contradictions(self) -> list[tuple[str, str]]:
        pairs = [
            (("--yes", self.yes), ("--dry-run", self.dry_run)),
            (("--body", self.body is not None), ("the same file as --save-plan", self.body == self.save_plan)),
            (("--branch", self.branch is not None), ("--delete", self.delete)),
        ]
        return [(one, other) for (one, is_one), (other, is_other) in pairs if is_one and is_other]


select_option = click.option(
    "--select",
    "criteria",
    type=CriterionOption(),
    multiple=True,
    metavar="ASPECT:VALUE",
    help="What is to leave: category:NAME, rule:ID or path:PATTERN, which add up; a rule or path also reaches what "
    "somebody has to decide. May be repeated.  [default: every certain finding that is to be untracked]",
)

confidence_option = click.option(
    "--confidence",
    type=click.Choice([each.word for each in reversed(Confidence)]),
    help="The least confidence of what is to leave.  [default: certain; any with a rule or path]",
)

_PLAN = [
    repository_argument,
    select_option,
    confidence_option,
    click.option(
        "--format",
        "format_name",
        type=click.Choice(list(UNTRACK_FORMATS)),
        default="table",
        help="Form of the plan.",
        show_default=True,
    ),
    click.option("--save-plan", type=_FILE, metavar="FILE", help="Write the plan as JSON to FILE."),
    click.option("--plan", type=_SAVED, metavar="FILE", help="Refuse unless the plan is still the one saved in FILE."),
    click.option("--body", type=_FILE, metavar="FILE", help="Write the text of a pull request to FILE, in Markdown."),
    click.option("--emit", type=click.Choice(["sh", "ps1"]), help="Print a script that does the same without hygiene."),
]

_APPLY = [
    click.option("--yes", "-y", is_flag=True, help="Do it; without it, a terminal is asked and all else is a dry run."),
    click.option("--dry-run", "-n", is_flag=True, help="Show the plan, and ask nothing."),
    click.option("--delete", is_flag=True, help="Move caches and build output to the trash, too; nothing else."),
    click.option("--backup", type=click.Path(path_type=Path), metavar="DIR", help="Copy the files to DIR first."),
    click.option("--commit", is_flag=True, help="Commit the clean-up, and nothing else that is staged."),
    click.option(
        "--branch", metavar="NAME", help="Commit it on a new branch; the current one, index and files stay as they are."
    ),
    click.option("--run-hooks", is_flag=True, help="Run the repository's own hooks for the commit."),
]

_RECEIPTS = [
    click.option("--list", "list_receipts", is_flag=True, help="List what was done here, and can be undone."),
    click.option(
        "--undo", is_flag=False, flag_value=LATEST, default=None, metavar="[ID]", help="Take back the last, or ID."
    ),
    click.option("--purge", metavar="ID", help="Remove for good what ID moved to the trash."),
]

_POLICY = [
    config_option,
    no_config_option,
    policy_rev_option,
    rules_option,
    max_size_option,
    baseline_option,
    allow_incomplete_option,
    color_option,
    quiet_option,
]


def untrack_options(function: Function) -> Function:
    """Gives a command all of them, in the order of its help."""
    for option in reversed([*_PLAN, *_APPLY, *_RECEIPTS, *_POLICY]):
        function = option(function)
    return function
