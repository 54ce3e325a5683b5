"""Two reports made by hand: a repository full of leftovers with names that nobody wishes for, and a clean one."""

from dataclasses import replace
from datetime import date

from hygiene.model.finding import Cleared, Evidence, Finding, Group, Unreadable
from hygiene.model.inventory import Gap
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.permit import Accepted, Idleness, IdleWaiver, Origin, Waived, Waiver
from hygiene.model.report import AuditReport, TopLevel
from hygiene.model.rule import Bucket, Category, Confidence, Disposition, Release, Rule, RuleId, Severity
from tests.fakes.reports import plain_finding, plain_report, plain_rule

HOSTILE_NAMES = (
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]52;c;aGk=\x07",
    "abc\u202egpj.exe",
    "two\nlines",
    "tab\there and \r return",
    "`tick` ``two`` ```three",
    "a|pipe|b",
    "back\\|slash",
    "[link](https://evil.example)",
    "![image](x.png)",
    "<img src=x onerror=alert(1)>",
    "<!-- comment",
    "</details>",
    "@user",
    "#1",
    "GH-1",
    "$`x`$",
    "https://evil.example",
    "www.evil.example",
    "someone@evil.example",
    "*bold* _it_ ~~no~~",
    '"quoted"',
    " leading and trailing ",
    "latin1-\udce9",
    "c1-\x9b31m-del-\x7f",
    "bom-\ufeff-zero\u200bwidth",
    "line\u2028sep\u2029",
    "日本語 naïve.txt",
    "1e5",
    "00123",
    "nan",
    "-rf",
    ":(glob)x",
    "::stop-commands::x%0A",
    "x%0A::set-output name=x::y",
    "a ::error::b",
    "##[add-mask]x",
    "##vso[task.complete]",
    "=first, second:third",
    "{0} {{1}}",
    "]]>",
    "d/" * 2000 + "end",
)


def rule(name: str, category: Category, **changes: object) -> Rule:
    """A rule that is certain of what it says, except for what is given."""
    told: dict[str, object] = {
        "category": category,
        "summary": f"{category.value} left by a tool",
        "why": "A tool writes these files while it works.\nThey change with every run.",
        "confidence": Confidence.CERTAIN,
    }
    return plain_rule(name, **(told | changes))


RULES = {
    each.id: each
    for each in (
        rule(
            "python-bytecode",
            Category.CACHE,
            summary="Python bytecode cache",
            why="CPython writes these files when it imports a module.\nThey change with every run.",
            gitignore=("__pycache__/", "*.py[cod]"),
        ),
        rule(
            "copied-build",
            Category.BUILD,
            summary="A build's copy of the source",
            why="A stale copy in `build/lib/` shadows the code that it was made from.",
            bucket=Bucket.EPHEMERAL,
            severity=Severity.MEDIUM,
            gitignore=("/build/", "/dist/"),
        ),
        rule(
            "live-database",
            Category.DATABASE,
            summary="A program's live database",
            why="It can hold *credentials*, sessions and people's data; ask @security, see #1 and https://evil.example.",
            severity=Severity.CRITICAL,
            confidence=Confidence.LIKELY,
            disposition=Disposition.UNTRACK,
            gitignore=("*.db", "*.sqlite", "*.sqlite3"),
        ),
        rule(
            "runtime-input",
            Category.INPUT,
            summary="What somebody gave to the program",
            severity=Severity.HIGH,
            confidence=Confidence.LIKELY,
            disposition=Disposition.UNTRACK,
            gitignore=("Input/", "/uploads/"),
        ),
        rule(
            "generated-report",
            Category.REPORT,
            summary="A report that a run wrote",
            confidence=Confidence.REVIEW,
            severity=Severity.INFO,
            disposition=Disposition.DECIDE,
            release=Release.DECIDE,
            gitignore=("/reports/",),
        ),
        rule(
            "odd-name",
            Category.STRUCTURE,
            summary="A name that breaks tools",
            confidence=Confidence.REVIEW,
            severity=Severity.INFO,
            disposition=Disposition.DECIDE,
            release=Release.ALLOW,
            check="odd-name",
        ),
    )
}


def finding(rule_name: str, path: str, size: int | None, **changes: object) -> Finding:
    """A finding of that rule, as sure as the rule is, except for what is given."""
    met = RULES[RuleId(rule_name)]
    told: dict[str, object] = {
        "blob": BlobId(f"{len(path):040x}"),
        "size": size,
        "evidence": (Evidence("name", f"its name meets {met.id}", int(met.confidence)),),
        "fingerprint": f"{len(path):016x}",
    }
    return plain_finding(met, path, **(told | changes))


def group_of(path: str, *findings: Finding) -> Group:
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


def report_of(folders: dict[str, list[Finding]], **changes: object) -> AuditReport:
    """A report of these findings, grouped under the folders and files that are the keys."""
    findings = [each for inside in folders.values() for each in inside]
    groups = [group_of(path, *inside) for path, inside in folders.items()]
    accepted = [group_of(each.path, each) for each in changes.get("baselined", ())]  # type: ignore[attr-defined]  # findings
    told: dict[str, object] = {
        "tracked": 412,
        "tracked_size": 34 * 1024 * 1024,
        "groups": groups,
        "planned": [*groups, *accepted],
        "rules": {each.rule: RULES[each.rule] for each in findings},
    }
    return plain_report(findings, **(told | changes))


def waiver(rule_name: str, path: str, reason: str, **changes: object) -> Waiver:
    """A waiver on a line of hygiene.toml, except for what is given."""
    plain = Waiver(RuleId(rule_name), path, reason, Origin("hygiene.toml", 12))
    return replace(plain, **changes)  # type: ignore[arg-type]  # the callers name fields of Waiver


def permitted() -> dict[str, object]:
    """What waivers and a baseline let pass, and what is left of them, as fields of a report."""
    odd = waiver(
        "live-database",
        "demo/*.db",
        "the \x1b[1mtutorial\x1b[0m opens it, ask @user, <b>, [x](y)",
        blob=BlobId("0" * 39 + "9"),
        expires=date(2027, 1, 31),
        owner="docs @team",
    )
    waived = [finding("live-database", f"demo/{name}.db", size) for name, size in (("a", 4096), ("two\nlines", None))]
    accepted = [finding("generated-report", f"old/{name}.json", 512) for name in ("a", "b", "latin1-\udce9")]
    unused = waiver("runtime-input", "Input/*.wav", "recorded on purpose", origin=Origin("base.toml", 3, "v1"))
    over = waiver("copied-build", "dist/", "until the release", expires=date(2026, 1, 31))
    return {
        "waived": [Waived(each, odd) for each in waived],
        "idle_waivers": [IdleWaiver(unused, Idleness.UNUSED), IdleWaiver(over, Idleness.EXPIRED)],
        "baselined": accepted,
        "stale": [Accepted(RuleId("odd-name"), RepoPath("gone\x1b[m"), BlobId("a" * 40), Category.STRUCTURE, None)],
        "policy": ("base.toml", "hygiene.toml"),
        "rules": RULES,
        "judged": tuple(RULES),
    }


def clean_report() -> AuditReport:
    """A repository without a finding, judged by all the rules."""
    top_level = (TopLevel(RepoPath("README.md"), 1), TopLevel(RepoPath("src/"), 411))
    return report_of({}, judged=tuple(RULES), top_level=top_level)


def _line(number: int) -> Evidence:
    """What a rule says that speaks of one line of the file, as the one about waivers does."""
    return Evidence("line", f"its line {number} says so", 0, RepoPath("config/hygiene.toml"), number)


def odd_report() -> AuditReport:
    """Every kind of content that a report can have, with every kind of name."""
    shape = Evidence("runtime-shape", "the name of a program's live state", 1)
    ignored = Evidence("ignored", ".gitignore:3 ignores it (`*.db`)", 1, RepoPath(".gitignore"), 3)
    consumer = Evidence("consumer", "docs/`x`.md:7 names it; see [here](x) @user #1", -1, RepoPath("docs/`x`.md"), 7)
    caches = {
        f"pkg{n}/__pycache__/": [
            finding("python-bytecode", f"pkg{n}/__pycache__/m{m}.pyc", 1000 * (m + 1), bucket=Bucket.CACHE)
            for m in range(12)
        ]
        for n in range(5)
    }
    return report_of(
        caches
        | {
            "config/hygiene.toml": [
                finding("odd-name", "config/hygiene.toml", 90, evidence=(_line(number),)) for number in (3, 7)
            ]
        }
        | {
            "build/": [finding("copied-build", f"build/lib/mod{n}.py", 40_000 + n) for n in range(3)],
            "Input/Test.mp4": [finding("runtime-input", "Input/Test.mp4", 3_300_000)],
            "_tmp/auth.db": [
                finding("live-database", "_tmp/auth.db", None, evidence=(shape,), also=(RuleId("odd-name"),))
            ],
            "_tmp/jobs.db": [
                finding("live-database", "_tmp/jobs.db", 8192, evidence=(shape, ignored), confidence=Confidence.CERTAIN)
            ],
            "reports/": [
                finding("generated-report", f"reports/{n}.json", 512, evidence=(consumer,)) for n in ("a", "b")
            ],
        }
        | {name: [finding("odd-name", name, 1)] for name in HOSTILE_NAMES},
        cleared=(
            Cleared(
                RepoPath("vendor/x.o"),
                RuleId("copied-build"),
                Evidence("vendoring", "vendor/`modules.txt` lists it", 0),
            ),
        ),
        unreadable=(Unreadable(RepoPath("bad\x1b[2Jname"), "its content is not there: \x1b]0;title\x07"),),
        incomplete=(
            Gap("a tree could not be read", "Run `git fsck`; fetch what is missing.", RepoPath("lib/\u202etxt.exe")),
        ),
        notes=("the repository is shallow; see \x1b[1mhere\x1b[0m, <b>@user</b> and [x](y)",),
        top_level=(
            TopLevel(RepoPath("Input/"), 1),
            TopLevel(RepoPath("README.md"), 1),
            TopLevel(RepoPath("[link](https://evil.example)"), 1),
            TopLevel(RepoPath("_tmp/"), 2),
            TopLevel(RepoPath("build/"), 3),
            *(TopLevel(RepoPath(f"pkg{n}/"), 20) for n in range(5)),
            TopLevel(RepoPath("reports/"), 2),
            TopLevel(RepoPath("src/"), 200),
        ),
        **permitted(),
    )
