"""How a person carries out a purge plan: before, the commands, how to see that it worked, and what remains to do."""

from collections.abc import Iterator

from hygiene.model.history import REFERENCE_FOLDERS, RootKind
from hygiene.model.purge import PurgePlan, PurgeTool
from hygiene.model.rule import Category
from hygiene.report.markdown_parts import bullets, numbered, paragraphs
from hygiene.report.markdown_quoting import fenced

_BEFORE = (
    (
        "Agree on a time with everybody who pushes. What is pushed between the clone and the last command is lost to "
        "it, and every branch from before the purge brings the old history back when it is merged after it."
    ),
    "Keep the backup that the commands make until everything below is done. It is the only way back.",
    "Protected branches must allow a forced push for as long as it takes.",
    "Signatures of rewritten commits and tags are lost: they were made for something else.",
    (
        "What names a commit by its id stops leading there: links in issues and documents, submodules of other "
        "repositories, pinned dependencies, deployments."
    ),
)
_MORE = (
    "More may change than is counted above. Both tools put new ids into the messages of commits that mention old ones, "
    "which changes those commits too (git-filter-repo leaves messages alone with `--preserve-commit-hashes`); signed "
    "tags lose their signature; and git-filter-repo writes trees anew whose modes are as Git wrote them in 2005."
)
_ADORNED = (
    " of the commits carry a signature, an encoding or what another tool put into them. git-filter-repo writes none of "
    "that again, so they and all that come after them get new ids, even where nothing is taken out of them. They are "
    "counted above."
)
_NOTES = (
    "git-filter-repo leaves the files of `refs/notes` alone, whatever their names: what goes stays there. Remove such "
    "a note with `git notes remove`, or the whole reference."
)
_SHA256 = (
    "This repository has SHA-256 ids. The rewriting tools were made for SHA-1: try it on a copy, and expect to fail."
)
_STASH = "A stash keeps the old history in the clone that it was made in. Apply or drop it there."
_ROTATE = (
    "**Credentials are among the findings. Change them now, before all else:** whoever has a clone, a fork or a cache "
    "has them, and no purge takes them back."
)

_AFTER = (
    (
        "Everybody deletes their clone and clones anew. A `git pull` in an old clone merges the old history into "
        "the new, and the next push brings all of it back. Work that is not pushed is carried over with "
        "`git format-patch` and `git am`."
    ),
    "Forks keep the old history. Only their owners can delete them or purge them in the same way.",
    (
        "The hosting service keeps the old commits: in the references of pull or merge requests, which no push can "
        "change, in its caches and in its own copies. Ask its support to remove them and to collect the garbage; they "
        "ask for the first changed commits and the pull requests above."
    ),
    "Mirrors, continuous integration caches, build images and package archives hold copies too.",
    "Keep it from coming back: run `hygiene audit --range BASE..HEAD` on pull requests, and the pre-commit hook.",
)

_CLONE = (
    "set -eu                                      # in a shell of its own, which ends at the first failure",
    "URL=ssh://git.example.com/team/project.git   # where the repository is",
    "PLAN=$PWD                                    # the folder that holds this file",
    'cd "$(mktemp -d)"                            # a place with room for the repository twice',
    'git clone --mirror --no-local "$URL" purged.git',
    "cp -R purged.git backup.git",
)
_PUSH = (
    "git count-objects --verbose --human-readable",
    "# Look at the result before this; it cannot be taken back:",
    'git push --force --mirror "$URL"',
)
_FILTER_REPO = (
    *_CLONE,
    "cd purged.git",
    'git filter-repo --invert-paths --paths-from-file "$PLAN/paths.txt"',
    *_PUSH,
)
_BFG = (
    *_CLONE,
    'java -jar bfg.jar {options}--strip-blobs-with-ids "$PLAN/blobs.txt" purged.git',
    "cd purged.git",
    "git reflog expire --expire=now --all",
    "git gc --prune=now",
    *_PUSH,
)
_VERIFY = (
    'git clone --mirror "$URL" check.git',
    "hygiene audit --history check.git",
    "git -C check.git fsck",
)


def before_section(plan: PurgePlan) -> str:
    """What to know and do first."""
    return paragraphs("## Before you begin", bullets(_warnings(plan)))


def doing_section(plan: PurgePlan) -> str:
    """The commands, for a fresh clone."""
    return paragraphs("## The commands", _how(plan), fenced(_commands(plan), "sh"), _about_push(plan))


def verifying_section() -> str:
    """How to see that it worked."""
    return paragraphs(
        "## See that it worked",
        "In a clone that knows nothing of the old one; the audit must not list the paths above any more:",
        fenced(_VERIFY, "sh"),
    )


def after_section() -> str:
    """What remains to do."""
    return paragraphs("## Afterwards", numbered(_AFTER))


def _warnings(plan: PurgePlan) -> Iterator[str]:
    if _leaked(plan):
        yield _ROTATE
    yield from _BEFORE
    if plan.reach.adorned:
        yield f"{plan.reach.adorned:,}{_ADORNED}"
    yield _MORE
    if plan.tool is PurgeTool.FILTER_REPO and _leads_to_notes(plan):
        yield _NOTES
    if any("stash" in root.name for root in plan.reach.roots):
        yield _STASH
    if plan.head is not None and len(plan.head) > 40:
        yield _SHA256


def _how(plan: PurgePlan) -> str:
    if plan.tool is PurgeTool.FILTER_REPO:
        return (
            "With [git-filter-repo](https://github.com/newren/git-filter-repo), in a fresh mirror clone and nowhere "
            "else. Commits that become empty go with the paths, and so does a branch of which nothing is left."
        )
    return (
        "With the [BFG](https://rtyley.github.io/bfg-repo-cleaner/), in a fresh mirror clone and nowhere else. It "
        "takes no paths, so it is told of blobs, and removes each wherever it lies."
    )


def _commands(plan: PurgePlan) -> Iterator[str]:
    if plan.tool is PurgeTool.FILTER_REPO:
        return iter(_FILTER_REPO)
    options = "--private " if _leaked(plan) else ""  # it else writes the old id into each new message
    return (line.replace("{options}", options) for line in _BFG)


def _about_push(plan: PurgePlan) -> str:
    refused = "The push reports each reference of a pull request as refused: the hosting service owns them. "
    sensitive = (
        "With git-filter-repo 2.47 or newer, `--sensitive-data-removal` also lists the first changed commits for the "
        "support of the hosting service."
    )
    return refused + (sensitive if plan.tool is PurgeTool.FILTER_REPO else "")


def _leads_to_notes(plan: PurgePlan) -> bool:
    return any(root.name.startswith(REFERENCE_FOLDERS[RootKind.NOTES]) for root in plan.reach.roots)


def _leaked(plan: PurgePlan) -> bool:
    return any(each.category is Category.CREDENTIAL for each in plan.paths)
