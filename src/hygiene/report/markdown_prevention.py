"""The part of the clean-up plan that keeps leftovers out: ignore lines, release lists, the gate, the order of work."""

from collections.abc import Iterator, Sequence

from hygiene.errors import ExitStatus
from hygiene.model.paths import RepoPath
from hygiene.model.rule import Disposition
from hygiene.model.titles import CATEGORY_TITLES
from hygiene.report.markdown_parts import bullets, folded, numbered, paragraphs, path_block, table
from hygiene.report.markdown_quoting import code_path, fenced
from hygiene.report.markdown_untracking import untracking_section
from hygiene.report.release_lists import ReleaseLists, Root
from hygiene.report.removals import removals
from hygiene.report.report_view import ReportView
from hygiene.report.risks import calls_for_new_credentials
from hygiene.report.wording import counted

_EXITS = (
    (ExitStatus.CLEAN, "no finding fails the audit"),
    (ExitStatus.FINDINGS, "at least one finding is as sure as `--fail-on` asks"),
    (ExitStatus.USAGE, "the command or its rules are wrong"),
    (ExitStatus.NOTHING_TO_AUDIT, "there is no repository, or nothing is tracked"),
    (ExitStatus.INCOMPLETE, "something could not be read, and nothing else failed"),
    (ExitStatus.BUG, "a bug in the program"),
)


def gitignore_section(view: ReportView) -> str:
    """The lines to add to the root's `.gitignore`."""
    delta = view.gitignore_delta
    if not delta:
        return paragraphs("## `.gitignore` delta", "Nothing to add: no finding calls for a line that is not there.")
    blocks = ["\n".join([f"# {CATEGORY_TITLES[each.category].lower()}", *each.lines]) for each in delta]
    return paragraphs(
        "## `.gitignore` delta",
        "Add these lines to the `.gitignore` at the root. They stop new files; what is tracked stays so until it is"
        " untracked. `hygiene gitignore` does the same for every ignore file, and proves that nothing which stays is"
        " lost.",
        fenced("\n\n".join(blocks).split("\n"), "gitignore"),
    )


def release_section(view: ReportView) -> str:
    """What a release should take, and what it must leave out whatever else it takes."""
    lists = view.release_lists
    return paragraphs(
        "## Release allowlist",
        "Build releases from a list of what belongs in them, not from the whole repository.",
        _entries("Include:", lists.whole),
        _entries("Include, without what the lists below name:", lists.in_part),
        _entries("Leave out altogether:", lists.denied),
        _entries("Leave out until somebody has decided:", lists.open),
        *_denials(lists),
    )


def gate_section() -> str:
    """The command for continuous integration, and what its exit status means."""
    return paragraphs(
        "## CI gate",
        "Run this on every push. The audit changes nothing and needs no network:",
        fenced(["pipx install repo-hygiene", "hygiene audit --fail-on certain"], "sh"),
        table(["Exit status", "Meaning"], ([f"{int(status)}", meaning] for status, meaning in _EXITS)),
    )


def order_section(view: ReportView) -> str:
    """The steps of the clean-up, in an order in which each makes the next one safe."""
    steps = list(_steps(view))
    untracked = {number: paths for number, (_, paths) in enumerate(steps, 1) if paths}
    return paragraphs(
        "## Recommended execution order",
        numbered(words for words, _ in steps),
        untracking_section(view, untracked),
    )


def _steps(view: ReportView) -> Iterator[tuple[str, Sequence[RepoPath]]]:
    """Every step in words, and the files that it untracks."""
    report = view.report
    if any(map(calls_for_new_credentials, report.findings)):
        yield (
            "Replace every credential that a listed file may hold: history and clones keep it, whatever is untracked.",
            (),
        )
    for way, paths in removals(report).items():
        yield way.value.format(counted(len(paths), "file")), paths
    if view.gitignore_delta:
        yield "Add the `.gitignore` delta, in the same commit, so that nothing comes back.", ()
    if any(finding.disposition is Disposition.DECIDE for finding in report.findings):
        yield "Take the decisions, and write down each that keeps a file.", ()
    yield "Add the CI gate once it passes.", ()
    yield "Build the next release from the allowlist.", ()


def _entries(title: str, roots: list[Root]) -> str:
    if not roots:
        return ""
    return paragraphs(title, folded(bullets(map(_entry, roots)), len(roots), counted(len(roots), "entry", "entries")))


def _entry(root: Root) -> str:
    name = code_path(f"{root.path}**" if root.path.endswith("/") else root.path)
    numbers = {"denied": root.denied, "to leave out until decided": root.held, "to decide": root.undecided}
    notes = [f"{counted(number, 'file')} {what}" for what, number in numbers.items() if 0 < number < root.files]
    if not notes and root.undecided:
        notes = ["to decide"]
    return f"{name} ({', '.join(notes)})" if notes and not root.shut else name


def _denials(lists: ReleaseLists) -> Iterator[str]:
    if lists.patterns:
        yield "Deny list, whatever is included (gitignore syntax):"
        yield folded(fenced(lists.patterns, "gitignore"), len(lists.patterns), counted(len(lists.patterns), "line"))
    if lists.until_decided:
        yield "Leave these out of what is included, until somebody has decided:"
        yield path_block(lists.until_decided)
