"""The files that a purge plan consists of: what the tool reads, what people read, what programs read."""

from hygiene.model.purge import PurgePlan, PurgeTool
from hygiene.report.filter_repo_paths import exact_path_line, path_line
from hygiene.report.purge_json import render_purge_json
from hygiene.report.purge_markdown import render_purge_markdown
from hygiene.report.purge_wording import INPUTS

_FIRST_LINE = b"# For git filter-repo with --invert-paths: without it, this is all that would be left.\n"


def file_names(tool: PurgeTool) -> tuple[str, ...]:
    """What the files of a plan for that tool are called."""
    return INPUTS[tool], "plan.json", "PLAN.md"


def purge_files(plan: PurgePlan) -> dict[str, bytes]:
    """Every file by its name, `PLAN.md` the last: who finds it there finds the others. Equal plans give equal bytes."""
    contents = (
        _for_filter_repo(plan) if plan.tool is PurgeTool.FILTER_REPO else _for_bfg(plan),
        render_purge_json(plan).encode("ascii"),
        render_purge_markdown(plan).encode("utf-8"),
    )
    return dict(zip(file_names(plan.tool), contents, strict=True))


def _for_filter_repo(plan: PurgePlan) -> bytes:
    lines = ((exact_path_line if each.was_folder else path_line)(each.path) for each in plan.paths)
    return _FIRST_LINE + b"".join(lines)


def _for_bfg(plan: PurgePlan) -> bytes:
    return "".join(f"{blob}\n" for blob in plan.blobs).encode("ascii")
