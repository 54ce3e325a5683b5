"""What `hygiene init` tells when it is done: what it saw, and the next steps."""

from collections.abc import Iterator, Sequence

from hygiene.adoption.first_settings import FirstSettings, Seen, Service
from hygiene.model.paths import RepoPath
from hygiene.report.first_words import NOT_WHOLE, seen_sentence
from hygiene.report.quoting import shown
from hygiene.report.wording import counted, listed

_MOST_NAMES = 3

_HOW = {
    Service.GITHUB: "GitHub: add the Action, or a step with hygiene audit --report github --report github-summary",
    Service.GITLAB: "GitLab: include templates/hygiene.gitlab-ci.yml",
    Service.PRE_COMMIT: "pre-commit: add the hook hygiene-audit-staged",
}


def first_steps(settings: FirstSettings, baseline: str) -> str:
    """What was seen and what to do next, a step a line, ended by a line break."""
    steps = [f"  {number}. {step}" for number, step in enumerate(_steps(settings, baseline), start=1)]
    return "\n".join(["wrote hygiene.toml", *_seen(settings), "Next:", *steps]) + "\n"


def _seen(settings: FirstSettings) -> Iterator[str]:
    seen = settings.seen
    yield seen_sentence(seen)
    if settings.allowances or settings.fixtures:
        caps, folders = len(settings.allowances), len(settings.fixtures)
        yield f"Suggested as comments: {counted(caps, 'size cap')}, {counted(folders, 'fixture folder')}."
    if not seen.is_whole:
        yield NOT_WHOLE


def _steps(settings: FirstSettings, baseline: str) -> Iterator[str]:
    seen = settings.seen
    if settings.dangers:
        yield _away_with(settings.dangers)
    if seen.failing:
        yield f"hygiene audit --write-baseline{_despite(seen)}   accepts what is there; only what is new then fails"
        yield f"git add hygiene.toml {baseline}"
    else:
        yield f"hygiene audit{_despite(seen)}   passes; what comes in from now on must too"
        yield "git add hygiene.toml"
    yield from (_HOW[service] for service in settings.services)
    if not settings.services:
        yield "run hygiene audit where your checks run; the documentation has it for GitHub, GitLab and pre-commit"


def _away_with(dangers: Sequence[RepoPath]) -> str:
    """What to do about files that give something away, the worst of them by name."""
    more = len(dangers) - _MOST_NAMES
    names = listed([*map(shown, dangers[:_MOST_NAMES]), *([f"{more:,} more"] if more > 0 else [])])
    them, they_give = ("it", "it gives") if len(dangers) == 1 else ("them", "they give")
    return (
        f"look at {names}: untrack {them} (git rm --cached FILE) and change what {they_give} away, "
        "before you accept the rest"
    )


def _despite(seen: Seen) -> str:
    return "" if seen.is_whole else " --allow-incomplete"
