"""Grounds for plans of ignore files, made from a few paths."""

from collections.abc import Iterable, Mapping

from hygiene.audit.grouping import grouped
from hygiene.model.finding import Finding
from hygiene.model.inventory import Entry
from hygiene.model.paths import BlobId, RepoPath, join
from hygiene.model.rule import Category, Rule, RuleId
from hygiene.model.untracking import IgnorePlan
from hygiene.patterns.covering import Covering
from hygiene.patterns.glob import parse_patterns
from hygiene.untrack.ignore_ground import IgnoreGround, by_folder
from hygiene.untrack.ignore_text import changed_text
from tests.fakes.reports import plain_finding, plain_rule


def rule_with_lines(name: str, category: Category, *lines: str) -> Rule:
    """A rule with these ignore lines."""
    return plain_rule(name, category=category, gitignore=lines)


RULES = (
    rule_with_lines("bytecode", Category.CACHE, "__pycache__/", "*.py[cod]"),
    rule_with_lines("database", Category.DATABASE, "*.db"),
    rule_with_lines("input", Category.INPUT, "Input/", "!Input/.gitkeep"),
    rule_with_lines("build", Category.BUILD, "build/"),
    rule_with_lines("log", Category.SCRATCH, "/log/*", "!/log/.keep"),
    rule_with_lines("keys", Category.CREDENTIAL, "id_rsa*", "!*.pub"),
    rule_with_lines("anything", Category.OVERSIZE),
)


def found(paths: Iterable[str]) -> list[Finding]:
    """One finding for each path, of the first of the rules that has a line for it, or else of the last."""
    covering = Covering((pattern, rule) for rule in RULES for pattern in parse_patterns(rule.gitignore))
    return [plain_finding((covering.of_file(RepoPath(path)) or [RULES[-1]])[0], path) for path in sorted(set(paths))]


def ground_of(
    files: Mapping[str, bytes], leaving: Iterable[str], staying: Iterable[str], placeholders: Iterable[str] = ()
) -> IgnoreGround:
    """The ground on which these paths leave and those stay, beside the ignore files themselves."""
    findings = found(leaving)
    kept = {*map(RepoPath, staying), *map(RepoPath, files)}
    tracked = by_folder([*kept, *(each.path for each in findings)])
    folders = {folder: {name: _entry(join(folder, name)) for name in names} for folder, names in tracked.items()}
    return IgnoreGround(
        files={RepoPath(path): content for path, content in files.items()},
        leaving=findings,
        groups=grouped(findings, folders),
        staying=kept,
        placeholders=sorted(map(RepoPath, placeholders)),
        rules={RuleId(rule.id): rule for rule in RULES},
    )


def _entry(path: RepoPath) -> Entry:
    return Entry("100644", BlobId("a" * 40), path)


def files_after(ground: IgnoreGround, plan: IgnorePlan) -> dict[RepoPath, bytes]:
    """Every ignore file with the plan's changes made."""
    changed = {change.path: changed_text(change, ground.files.get(change.path)) for change in plan.changes}
    return {**ground.files, **changed}
