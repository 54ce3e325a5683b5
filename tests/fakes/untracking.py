"""Plans of untrackings and receipts made by hand: plain ones for tests to bend, and one with all that it can say."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.finding import Evidence, Finding, Group
from hygiene.model.inventory import Gap
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.rule import Category, Confidence, Disposition, Rule, Severity
from hygiene.model.untracking import (
    CategoryLines,
    FileEdit,
    Held,
    IgnoreChange,
    IgnorePlan,
    IndexEdit,
    Move,
    NotIgnored,
    Obstacle,
    OnDisk,
    Operation,
    Place,
    Receipt,
    ReceiptState,
    ReplacedLine,
    Standing,
    Staying,
    StayReason,
    StillIgnored,
    UntrackPlan,
)
from tests.fakes.reports import plain_finding, plain_rule

HEAD = "c0ffee" + "0" * 34
STANDING = Standing(HEAD, "refs/heads/main", "d1" * 32)

CACHE = plain_rule(
    "python-bytecode",
    summary="Python bytecode cache",
    why="CPython writes these files when it imports a module.\nThey change with every run.",
    category=Category.CACHE,
    confidence=Confidence.CERTAIN,
)
DATABASE = plain_rule(
    "live-database",
    summary="A program's live database",
    why="It can hold credentials, sessions and people's data.",
    category=Category.DATABASE,
    confidence=Confidence.CERTAIN,
    severity=Severity.CRITICAL,
    disposition=Disposition.UNTRACK,
)
REPORT = plain_rule(
    "generated-report",
    summary="A report that a run wrote",
    category=Category.REPORT,
    confidence=Confidence.LIKELY,
    disposition=Disposition.DECIDE,
)
RULES = {rule.id: rule for rule in (CACHE, DATABASE, REPORT)}


def found(rule: Rule, path: str, size: int | None = 1000, **changes: object) -> Finding:
    """A finding of that rule with one reason, except for the fields that are given; its blob follows from its path."""
    reason = Evidence("name", f"its name meets {rule.id}", int(rule.confidence))
    blob = BlobId(path.encode("utf-8", "surrogatepass").hex()[-40:].rjust(40, "0"))
    told: dict[str, object] = {"size": size, "evidence": (reason,), "blob": blob}
    return plain_finding(rule, path, **(told | changes))


def plain_plan(leaving: Iterable[Finding] = (), **changes: object) -> UntrackPlan:
    """A plan by which these leave and stay on disk, each a group of its own, except for the fields that are given."""
    ordered = sorted(leaving, key=lambda each: each.path)
    plain = UntrackPlan(
        tool_version="0.0.0",
        criteria=(),
        confidence=Confidence.CERTAIN,
        standing=STANDING,
        leaving=ordered,
        groups=[group_of(each.path, [each]) for each in ordered],
        on_disk={each.path: OnDisk.FILE for each in ordered},
        deleting=(),
        staying=(),
        placeholders=(),
        ignoring=IgnorePlan(),
        obstacles=(),
        stored={each.blob: 400 for each in ordered},
        rules=RULES,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the callers name fields of UntrackPlan


def group_of(path: str, findings: Sequence[Finding]) -> Group:
    """The group that these findings, all of one rule, make at `path`."""
    first = findings[0]
    return Group(
        path=RepoPath(path),
        rule=first.rule,
        category=first.category,
        confidence=first.confidence,
        severity=first.severity,
        disposition=first.disposition,
        count=len(findings),
        size=sum(each.size or 0 for each in findings),
        unsized=sum(each.size is None for each in findings),
        evidence=first.evidence,
    )


def staying_for_every_reason() -> list[Staying]:
    """One finding that stays for each reason, and more that somebody has to decide about."""
    notes = {StayReason.WAIVED: "the tutorial opens it"}
    alone = [
        Staying(found(DATABASE, f"stay/{why}.db"), why, notes.get(why, ""))
        for why in StayReason
        if why not in (StayReason.DECIDE, StayReason.UNSURE)
    ]
    unsure = Staying(found(DATABASE, "stay/unsure.db", confidence=Confidence.LIKELY), StayReason.UNSURE)
    open_questions = [Staying(found(REPORT, f"reports/{number}.json"), StayReason.DECIDE) for number in range(7)]
    return sorted([*alone, unsure, *open_questions], key=lambda each: each.finding.path)


def full_plan(**changes: object) -> UntrackPlan:
    """A plan with all that one can say, but for obstacles, except for the fields that are given."""
    caches = [found(CACHE, f"pkg/__pycache__/m{number:02}.pyc", 1000 * number) for number in range(12)]
    databases = [found(DATABASE, "Input/auth.db", None), found(DATABASE, "Input/lat\udce9n.db", 8192)]
    leaving = sorted([*caches, *databases], key=lambda each: each.path)
    told: dict[str, object] = {
        "criteria": (Criterion(Aspect.CATEGORY, "database"), Criterion(Aspect.PATH, "pkg/*")),
        "groups": [group_of("Input/", databases), group_of("pkg/__pycache__/", caches)],
        "on_disk": {each.path: OnDisk.FILE for each in leaving} | {RepoPath("Input/auth.db"): OnDisk.ABSENT},
        "deleting": [each.path for each in caches],
        "staying": staying_for_every_reason(),
        "placeholders": (RepoPath("Input/.gitkeep"), RepoPath("Output/.gitkeep")),
        "ignoring": ignore_plan(),
        "stored": {each.blob: 400 for each in caches},
        "incomplete": (Gap("a tree could not be read", "Run `git fsck`.", RepoPath("lib/lost")),),
    }
    return plain_plan(leaving, **(told | changes))


def ignore_plan() -> IgnorePlan:
    """A line that is replaced, lines that are added, and a path of each kind that lines cannot help."""
    added = (
        CategoryLines(Category.CACHE, ("__pycache__/", "*.py[cod]")),
        CategoryLines(Category.DATABASE, ("/lat\udce9n.db",)),
    )
    return IgnorePlan(
        changes=(
            IgnoreChange(RepoPath(".gitignore"), (ReplacedLine("Input/", ("Input/*", "!Input/.gitkeep")),), added),
            IgnoreChange(RepoPath("pkg/.gitignore"), (), (CategoryLines(Category.CACHE, ("*.tmp",)),)),
        ),
        still_ignored=(StillIgnored(RepoPath("docs/build/index.html"), RepoPath("docs/.gitignore"), 3),),
        not_ignored=(NotIgnored(RepoPath("pkg/odd.pyc"), "every line that ignores it would ignore pkg/odd.py too"),),
    )


OBSTACLES = (
    Obstacle("the repository is in the middle of a merge", "Finish it or `git merge --abort`, then plan again."),
    Obstacle("staged content of Input/auth.db is in no other place", "Commit it, or `git restore --staged` it."),
)


def plain_receipt(number: int = 0, **changes: object) -> Receipt:
    """What an apply did with two files, a placeholder and `.gitignore`, except for the fields that are given."""
    held = Held("100644", BlobId("a" * 40))
    plain = Receipt(
        id=f"20261121-1155{number:02}-3f9a",
        tool_version="0.0.0",
        git_dir="/somewhere/.git",
        time=f"2026-11-21T11:55:{number:02}Z",
        state=ReceiptState.DONE,
        head=HEAD,
        operation=Operation(
            index=(
                IndexEdit(RepoPath(".gitignore"), held, Held("100644", BlobId("b" * 40))),
                IndexEdit(RepoPath("Input/.gitkeep"), None, Held("100644", BlobId("e" * 40))),
                IndexEdit(RepoPath("Input/lat\udce9n.db"), held, None),
                IndexEdit(RepoPath("pkg/m.pyc"), held, None),
            ),
            files=(
                FileEdit(RepoPath(".gitignore"), b"Input/\n", b"Input/*\n!Input/.gitkeep\n"),
                FileEdit(RepoPath("Input/.gitkeep"), None, b""),
            ),
            moves=(Move(RepoPath("pkg/m.pyc"), Place.WORK_TREE, Place.TRASH),),
        ),
        categories=((Category.CACHE, 1), (Category.DATABASE, 1)),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the callers name fields of Receipt
