"""The text of a pull request that untracks files: why, what leaves, what it means for everybody, how to undo it."""

from collections.abc import Iterator, Sequence
from shlex import quote

from hygiene.model.finding import Group
from hygiene.model.rule import Category
from hygiene.model.untracking import StayReason, UntrackPlan
from hygiene.report.markdown_parts import bullets, details, folded, numbered, paragraphs
from hygiene.report.markdown_quoting import code_path, code_span, fenced, prose
from hygiene.report.quoting import shown
from hygiene.report.risks import risks_of
from hygiene.report.sizes import human_known, human_short
from hygiene.report.tally import tally, tally_by_category
from hygiene.report.untrack_markdown_parts import category_table, ignore_diff, placeholder_section, reasons
from hygiene.report.untrack_warnings import SECRETS, history_warning
from hygiene.report.untrack_wording import kept_on_purpose
from hygiene.report.wording import CATEGORY_TITLES, counted, listed

_ROOM = 40_000
"""Characters that lists may take between them: GitHub takes no text of more than 65,536."""


def pull_request_body(plan: UntrackPlan) -> str:
    """The text in Markdown; a name in it stays a name. Lists are cut where a hosting service would refuse the text."""
    return paragraphs(*_sections(plan)) + "\n"
