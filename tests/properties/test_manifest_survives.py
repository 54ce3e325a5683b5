"""Whatever a package holds, its manifest leads back to it; whatever a manifest holds, reading it ends well."""

import contextlib
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from hygiene.errors import BrokenManifest
from hygiene.model.json_path import bytes_of
from hygiene.model.package_proof import content_digest
from hygiene.model.packaging import PackagePlan
from hygiene.model.paths import RepoPath
from hygiene.release.manifest_reading import read_manifest
from hygiene.report.package_manifest import manifest_json
from tests.fakes.packages import chosen, full_package_plan, package_plan, written

parts = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=6).filter(
    lambda part: part not in {".", ".."}
)
odd_parts = st.one_of(parts, parts.map(lambda part: f"{part}\udce9"))
paths = st.lists(odd_parts, min_size=1, max_size=4).map("/".join)
modes = st.sampled_from(["100644", "100755", "120000"])
sizes = st.integers(0, 2**63 - 1)
packages = st.dictionaries(paths, st.tuples(modes, sizes), max_size=8)
PLAN = full_package_plan()
TEXT = manifest_json(PLAN, written(PLAN))


def plan_of(files: dict[str, tuple[str, int]], root: str) -> PackagePlan:
    below = f"{root}/" if root else ""
    found = [chosen(path, size, mode=mode) for path, (mode, size) in files.items()]
    below_root = (each._replace(source=RepoPath(f"{below}{each.path}")) for each in found)
    return package_plan(below_root, root=RepoPath(root))


@given(packages, st.one_of(st.just(""), paths))
def test_a_manifest_leads_back_to_what_was_written(files: dict[str, tuple[str, int]], root: str) -> None:
    plan = plan_of(files, root)
    read = read_manifest(manifest_json(plan, written(plan)).encode("ascii"), "x")
    assert list(read.entries) == list(written(plan).entries)
    assert read.content_digest == content_digest(written(plan).entries)
    assert bytes_of(read.root) == bytes_of(root)


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 40), st.text(max_size=8))
@settings(max_examples=300)
def test_a_damaged_manifest_is_read_or_refused(start: int, length: int, instead: str) -> None:
    damaged = TEXT[:start] + instead + TEXT[start + length :]
    try:
        read = read_manifest(damaged.encode("utf-8", "surrogatepass"), "x")
    except BrokenManifest:
        return
    assert content_digest(read.entries) == read.content_digest


json_values: st.SearchStrategy[object] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=True), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)


@given(st.data())
@settings(max_examples=150)
def test_a_manifest_with_another_value_is_read_or_refused(data: st.DataObject) -> None:
    document = json.loads(TEXT)
    place: object = document
    while True:
        assert isinstance(place, dict | list)
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not inner or not isinstance(inner, dict | list) or data.draw(st.booleans()):
            place[key] = data.draw(json_values)
            break
        place = inner
    with contextlib.suppress(BrokenManifest):
        read = read_manifest(json.dumps(document).encode("utf-8"), "x")
        assert content_digest(read.entries) == read.content_digest
