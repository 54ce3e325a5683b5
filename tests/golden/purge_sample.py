"""Two plans of purges made by hand: one full of names that nobody wishes for, and a plain one."""

from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.history import Root
from hygiene.model.inventory import Gap
from hygiene.model.paths import BlobId, RepoPath
from hygiene.model.purge import PurgedPath, PurgePlan, PurgeTool, Reach, Saving, Spared, Sparing
from hygiene.model.rule import Category, Confidence, RuleId

_HEAD = "c0ffee" + "0" * 34
_ODD = [
    "#not a comment",
    "a==>b",
    "data/`tick`|pipe<b>.db",
    "glob:*.db",
    "line\nbreak.db",
    "lat\udce9n.db",
    "\x1b[31mred\u202e.db",
]


def odd_plan() -> PurgePlan:
    """For git-filter-repo: names of every kind, credentials, paths at HEAD, and much that stays."""
    paths = [_path(name, number) for number, name in enumerate(sorted(_ODD))]
    return PurgePlan(
        tool=PurgeTool.FILTER_REPO,
        tool_version="0.0.0",
        criteria=[Criterion(Aspect.CATEGORY, "database"), Criterion(Aspect.PATH, "`x`|<y>\x1b")],
        scope="branches, tags, `head`",
        head=_HEAD,
        paths=[*paths, _path("secret.key", 90)._replace(rule=RuleId("private-key"), category=Category.CREDENTIAL)],
        blobs=[_blob(number) for number in range(4)],
        spared=[
            Spared(_blob(7), paths[0].path, Sparing.SHARED, RepoPath("src/`x`.py")),
            Spared(_blob(8), paths[1].path, Sparing.SUBMODULE),
        ],
        saving=Saving(blobs=4, size=5 << 20, stored=3 << 20, unsized=1),
        reach=Reach(
            rewritten=1204,
            commits=1999,
            adorned=17,
            roots=[
                Root("HEAD", _HEAD),
                Root("refs/heads/`x`\udce9", _HEAD),
                Root("refs/notes/x", _HEAD),
                Root("refs/stash", _HEAD),
            ],
            pulls=[Root("refs/pull/7/head", _HEAD)],
        ),
        incomplete=[Gap("tree of @user is missing", "Run `git fsck`.", RepoPath("src/|"))],
    )


def plain_plan() -> PurgePlan:
    """For the BFG: one path, of which HEAD protects the last content."""
    path = RepoPath("data/a.db")
    return PurgePlan(
        tool=PurgeTool.BFG,
        tool_version="0.0.0",
        criteria=[],
        scope="branches, tags, head",
        head=_HEAD,
        paths=[_path(path, 2)._replace(innocent=1, stored=80, freed=40)],
        blobs=[_blob(1)],
        spared=[Spared(_blob(2), path, Sparing.AT_HEAD)],
        saving=Saving(blobs=1, size=100, stored=40, unsized=0),
        reach=Reach(rewritten=2, commits=3, adorned=0, roots=[Root("refs/heads/main", _HEAD)], pulls=[]),
        incomplete=[],
    )


def _path(name: str, number: int) -> PurgedPath:
    return PurgedPath(
        path=RepoPath(name),
        rule=RuleId("database-file"),
        category=Category.DATABASE,
        confidence=Confidence.LIKELY,
        at_head=number == 2,
        versions=number + 1,
        innocent=number % 2,
        was_folder=number == 1,
        stored=1000 * number,
        freed=900 * number,
    )


def _blob(number: int) -> BlobId:
    return BlobId(f"{number:040x}")
