"""Plans for ignore files keep their promises, with the installed git as the judge."""

from collections.abc import Iterable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.model.paths import RepoPath, ancestors
from hygiene.untrack.ignoring import plan_ignoring
from tests.fakes.ignore_grounds import files_after, ground_of
from tests.properties.pattern_strategies import cases, ignore_texts
from tests.properties.real_git import ScratchRepository

_FOLDERS = ("", "a", "b", "Input", "a/Input", "a/b", "data", "data/Input", "data/Output", "build", "x[1]", "log")
_NAMES = (
    *("a", "b", "a.pyc", "x.db", "c.py", "id_rsa", "id_rsa.pub", ".keep", "Input", "build", "data"),
    *(
        "x[1].pyc",
        "x1.pyc",
        "-x",
        "tail ",
        "!x",
        "#x",
        "back\\slash",
        "lat\udce9n",
        "latin",
        "new\nline",
        "new line",
        "*",
        "?",
    ),
)
_UNWRITABLE = set("\n\t\udce8\udce9")
_RULED = st.sampled_from(
    (
        *("*.pyc", "*.db", "Input/", "/Input/", "Input", "/Input", "Input/*", "Input/**", "**/Input/", "[Ii]nput/"),
        *(
            "data/",
            "/data",
            "data/*",
            "/data/Input/",
            "data/Input",
            "build/",
            "!build/",
            "!a/Input/",
            "!*.db",
            "!data/",
        ),
        *("*", "!*/", "!*.py", "!.gitignore", "!.gitkeep", "# text", "", "!Input/.gitkeep", "id_rsa*", "!Input"),
    )
)
_texts = st.builds(
    lambda lines, ending, last: (ending.join(lines) + last).encode(),
    st.lists(_RULED, min_size=1, max_size=5),
    st.sampled_from(("\n", "\r\n")),
    st.sampled_from(("", "\n")),
)
_ignore_files = st.dictionaries(
    st.sampled_from([f"{folder}/.gitignore".lstrip("/") for folder in _FOLDERS]), _texts | ignore_texts, max_size=4
)
_paths = st.builds(
    lambda folder, name: f"{folder}/{name}".lstrip("/"), st.sampled_from(_FOLDERS), st.sampled_from(_NAMES)
)
_path_lists = st.lists(_paths, min_size=1, max_size=25, unique=True)
_placeholders = st.lists(
    st.sampled_from(
        [f"{folder}/{name}" for folder in _FOLDERS if folder for name in (".gitkeep", ".gitkeep", ".keep")]
    ),
    max_size=4,
    unique=True,
)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> ScratchRepository:
    return ScratchRepository(tmp_path_factory.mktemp("ignoring"))


def _files_only(paths: Iterable[str], others: Iterable[str]) -> list[str]:
    """Those paths that no other one has for a folder."""
    every = [*paths]
    folders = {folder for path in (*every, *others) for folder in ancestors(path)}
    return [path for path in every if path not in folders]


def _ignored(repository: ScratchRepository, files: Mapping[RepoPath, bytes], paths: Sequence[str]) -> set[str]:
    repository.write({str(path): content for path, content in files.items()})
    answers = repository.check_ignore(paths)
    rules = {path: content.removeprefix(b"\xef\xbb\xbf").split(b"\n") for path, content in files.items()}
    return {
        path
        for path, (source, line) in zip(paths, answers, strict=True)
        if source and not rules[RepoPath(source)][int(line) - 1].startswith(b"!")
    }


@cases(150)
@given(files=_ignore_files, paths=_path_lists, split=st.randoms(use_true_random=False), placeholders=_placeholders)
def test_what_leaves_is_ignored_and_what_stays_is_as_it_was(
    repository: ScratchRepository, files: dict[str, bytes], paths: list[str], split: object, placeholders: list[str]
) -> None:
    possible = _files_only([path for path in paths if path not in placeholders], [*placeholders, *files])
    leaving = [path for path in possible if split.random() < 0.6]  # type: ignore[attr-defined]
    staying = [path for path in possible if path not in leaving]
    ground = ground_of(files, leaving, staying, placeholders)
    plan = plan_ignoring(ground)
    after = files_after(ground, plan)
    excepted = {path for path, _ in plan.not_ignored}
    before = _ignored(repository, ground.files, staying)
    now = _ignored(repository, after, [*leaving, *staying, *placeholders])
    assert now.issuperset(set(leaving) - excepted)
    assert all(set(path) & _UNWRITABLE for path in excepted)
    assert now & set(staying) <= before
    assert {path for path, *_ in plan.still_ignored if path in staying} == now & before
    assert not now & set(placeholders)
    assert all(change.path in after and after[change.path] != ground.files.get(change.path) for change in plan.changes)
    assert not plan_ignoring(ground._replace(files=after)).changes
