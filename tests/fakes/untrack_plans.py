"""Plans that say no more than an emitted script takes from one: what leaves, what is added, what is ignored."""

from collections.abc import Iterable, Sequence

from hygiene.model.paths import RepoPath
from hygiene.model.rule import Category, Confidence
from hygiene.model.untracking import (
    CategoryLines,
    IgnoreChange,
    IgnorePlan,
    ReplacedLine,
    Standing,
    UntrackPlan,
)
from tests.fakes.reports import plain_finding, plain_rule

_RULE = plain_rule("leftover", category=Category.CACHE, confidence=Confidence.CERTAIN)


def script_plan(
    leaving: Iterable[str] = (), placeholders: Iterable[str] = (), changes: Sequence[IgnoreChange] = ()
) -> UntrackPlan:
    """The plan by which these paths leave, these placeholders come and these ignore files change."""
    return UntrackPlan(
        tool_version="1.2.3",
        criteria=(),
        confidence=Confidence.CERTAIN,
        standing=Standing(None, None, ""),
        leaving=[plain_finding(_RULE, path) for path in sorted(leaving)],
        groups=(),
        on_disk={},
        deleting=(),
        staying=(),
        placeholders=[RepoPath(path) for path in sorted(placeholders)],
        ignoring=IgnorePlan(changes),
        obstacles=(),
        stored={},
        rules={_RULE.id: _RULE},
    )


def ignore_change(path: str, *added: str, replaced: Iterable[tuple[str, tuple[str, ...]]] = ()) -> IgnoreChange:
    """The change that adds these lines for caches at the end of the file, after it has replaced those."""
    groups = (CategoryLines(Category.CACHE, added),) if added else ()
    return IgnoreChange(RepoPath(path), tuple(ReplacedLine(old, new) for old, new in replaced), groups)
