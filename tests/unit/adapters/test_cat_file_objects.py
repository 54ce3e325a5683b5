"""Whether an answer of `git cat-file` is taken only for what was asked."""

from pathlib import Path

import pytest

from fixtures.repositories import RepositoryBuilder
from hygiene.adapters.cat_file import read_objects
from hygiene.adapters.cat_file_objects import CatFileObjects
from hygiene.adapters.process import Git, find_git

ONE, TWO, THREE = "1" * 40, "2" * 40, "3" * 40
TREE = f"{ONE} tree 4\\nTREE\\n"
COMMIT = f"{TWO} commit 6\\nCOMMIT\\n"


def git_that_says(folder: Path, builder: RepositoryBuilder, *answers: str) -> Git:
    """A program that gives these answers, whatever is asked, and ends."""
    program = folder / "git"
    program.write_text("#!/bin/sh\n" + "".join(f"read name; printf '{answer}'\n" for answer in answers))
    program.chmod(0o755)
    return Git(program, builder.git_dir)


@pytest.mark.parametrize(
    "first",
    [
        f"{THREE} commit 6\\nCOMMIT\\n",  # of what was asked before
        f"{ONE} tree 4\\nTREE",
        f"{ONE} tree 400\\nTREE\\n",
        f"{THREE} missing\\n",
        "\\n",
        "",
    ],
)
def test_after_an_answer_to_something_else_git_is_asked_anew(
    builder: RepositoryBuilder, tmp_path: Path, first: str
) -> None:
    once = tmp_path / "once"
    git = git_that_says(tmp_path, builder, TREE)
    told = f"#!/bin/sh\n[ -e {once} ] || {{ touch {once}; read name; printf '{first}'; exit; }}\n"
    git.program.write_text(git.program.read_text().replace("#!/bin/sh\n", told))
    with CatFileObjects(git) as objects:
        assert objects.tree(ONE) is None
        assert objects.tree(ONE) == b"TREE"


def test_what_is_missing_or_of_another_kind_disturbs_nothing(builder: RepositoryBuilder, tmp_path: Path) -> None:
    with CatFileObjects(git_that_says(tmp_path, builder, f"{THREE} missing\\n", TREE, COMMIT, TREE)) as objects:
        assert objects.commit(THREE) is None
        assert objects.commit(ONE) is None
        assert objects.commit(TWO) == b"COMMIT"
        assert objects.tree(ONE) == b"TREE"


def test_of_many_only_the_one_that_git_gave_up_on_is_lost(builder: RepositoryBuilder) -> None:
    names = [builder.blob(content) for content in (b"one", b"two", b"three")]
    tree = builder.git("mktree").decode().strip()
    builder.break_object(names[1])
    program = find_git()
    assert program is not None
    git = Git(program, builder.git_dir)
    asked = [names[0], tree, names[1], "4" * 40, names[2]]
    assert list(read_objects(git, asked, b"blob")) == [(names[0], b"one"), (names[2], b"three")]
    assert list(read_objects(git, asked, b"blob", largest=3)) == [(names[0], b"one")]
