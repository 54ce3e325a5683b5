"""What forbids a package: entries, names, rules."""

from dataclasses import replace
from datetime import date

from hygiene.model.finding import Evidence, Unreadable
from hygiene.model.inventory import Gap, Inventory
from hygiene.model.packaging import (
    ArchiveForm,
    ArchiveFormat,
    Line,
    PackagePlan,
    PackageSettings,
    Source,
    Storing,
    Symlinks,
)
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Origin, Waiver
from hygiene.model.report import AuditReport
from hygiene.model.rule import Category, Confidence, Release, Rule
from hygiene.release.denial import Denier
from hygiene.release.plan import Package, plan
from tests.fakes.reports import plain_finding, plain_report, plain_rule
from tests.fakes.repository import FakeRepository

_ALL = (Line("*", Origin("hygiene.toml", 2)),)
_TODAY = date(2026, 6, 1)
_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 9\n"


def _planned(
    repository: FakeRepository,
    settings: PackageSettings | None = None,
    report: AuditReport | None = None,
    *waivers: Waiver,
) -> PackagePlan:
    commit = repository.commit()
    inventory: Inventory = repository.list_revision(commit)
    package = Package(
        repository=repository,
        inventory=inventory,
        sizing=lambda: repository.sizes(entry.blob for entry in inventory.entries if entry.mode != "160000"),
        settings=settings or PackageSettings(_ALL),
        source=Source("HEAD", commit, "t" * 40, "sha1", 0),
        name="demo",
        version="1",
        target=None,
        form=ArchiveForm(ArchiveFormat.ZIP, Storing.DEFLATED, "demo-1", 0),
        archive_name="demo-1.zip",
    )
    return plan(package, report or plain_report([]), Denier(waivers, _TODAY), "digest")


def _refused(planned: PackagePlan) -> list[tuple[str, str]]:
    return [(each.kind.value, each.path) for each in planned.refusals]


def test_every_kind_of_entry_that_must_not_be_is_told_at_once() -> None:
    repository = FakeRepository()
    repository.file("a.bin", b"x" * 11)
    repository.file("data.bin", _POINTER)
    repository.symlink("link", b"a.bin")
    repository.gitlink("module")
    repository.file("con/x")
    repository.file("Readme")
    repository.file("README")
    lost = repository.file("lost", b"gone")
    repository.lose(lost)
    settings = PackageSettings(_ALL, max_size=10)
    assert _refused(_planned(repository, settings)) == [
        ("too-large", "a.bin"),
        ("too-large", "data.bin"),
        ("lfs-pointer", "data.bin"),
        ("missing", "lost"),
        ("gitlink", "module"),
        ("symlink", "link"),
        ("unportable-name", "con/x"),
        ("case-collision", "Readme"),
    ]


def test_how_much_too_large_a_file_is_can_be_read() -> None:
    repository = FakeRepository()
    repository.file("a.bin", b"x" * 1_234)
    (refusal,) = _planned(repository, PackageSettings(_ALL, max_size=1_000)).refusals
    assert refusal.why == "it has 1,234 bytes, and max_size is 1,000"


def test_what_is_not_chosen_forbids_nothing() -> None:
    repository = FakeRepository()
    repository.file("src/a")
    repository.symlink("link", b"/etc")
    repository.gitlink("module")
    database = plain_finding(plain_rule("database-file"), "x.db")
    report = plain_report([database], rules={database.rule: plain_rule("database-file")})
    settings = PackageSettings((Line("/src/", Origin("hygiene.toml")),))
    assert _refused(_planned(repository, settings, report)) == []


def test_links_are_kept_if_asked_for_but_none_that_leaves() -> None:
    repository = FakeRepository()
    repository.file("app/a")
    repository.symlink("app/b", b"a")
    repository.symlink("app/c", b"../outside")
    repository.symlink("app/d", b"x" * 5000)
    settings = PackageSettings(_ALL, symlinks=Symlinks.KEEP, root=RepoPath("app"))
    assert _refused(_planned(repository, settings)) == [("leaving-symlink", "app/c"), ("leaving-symlink", "app/d")]


def test_a_refusal_about_a_name_tells_the_path_in_the_repository() -> None:
    repository = FakeRepository()
    repository.file("app/nul")
    assert _refused(_planned(repository, PackageSettings(_ALL, root=RepoPath("app")))) == [
        ("unportable-name", "app/nul")
    ]


def test_denied_files_are_refused_however_unsure_the_finding_is() -> None:
    rules = {
        each.id: each
        for each in (plain_rule("scratch"), plain_rule("backup"), plain_rule("maybe", release=Release.DECIDE))
    }
    scratch, backup, maybe = (
        plain_finding(rule, f"{rule.id}.x", evidence=(Evidence("name", "its name"),)) for rule in rules.values()
    )
    report = plain_report([scratch, maybe, backup], rules=rules)
    repository = FakeRepository.holding({"scratch.x": b"1", "backup.x": b"2", "maybe.x": b"3"})
    planned = _planned(repository, None, report)
    assert [(each.path, each.rule) for each in planned.refusals] == [("backup.x", "backup"), ("scratch.x", "scratch")]
    assert planned.refusals[0].why == "backup denies it (review): its name"
    assert "hygiene waive" in planned.refusals[0].help
    assert [each.path for each in planned.undecided] == ["maybe.x"]


def _waiver(rule: Rule, path: str = "*", expires: date | None = None) -> Waiver:
    return Waiver(rule.id, path, "the demo opens it", Origin("hygiene.toml", 9), expires=expires)


def test_every_rule_that_a_file_meets_denies_it_and_each_takes_a_waiver_of_its_own() -> None:
    folder, key, maybe = plain_rule("tree"), plain_rule("key", category=Category.CREDENTIAL), plain_rule("maybe")
    maybe = replace(maybe, release=Release.DECIDE)
    rules = {each.id: each for each in (folder, key, maybe)}
    finding = plain_finding(maybe, "dist/sign.p12", also=(folder.id, key.id))
    repository, report = FakeRepository.holding({"dist/sign.p12": b""}), plain_report([finding], rules=rules)

    def told(*waivers: Waiver) -> list[tuple[str, str]]:
        planned = _planned(repository, None, report, *waivers)
        assert not planned.undecided
        return [(each.kind.value, each.rule) for each in planned.refusals]

    assert told() == [("denied", "tree"), ("credential", "key")]
    assert told(_waiver(folder)) == [("credential", "key")]
    assert told(_waiver(maybe)) == [("denied", "tree"), ("credential", "key")]
    assert told(_waiver(folder), _waiver(key)) == []


def test_secrets_are_a_kind_of_their_own_and_cannot_be_decided_by_a_rule() -> None:
    rule = plain_rule("key", category=Category.CREDENTIAL, release=Release.DECIDE, confidence=Confidence.REVIEW)
    report = plain_report([plain_finding(rule, "id_rsa")], rules={rule.id: rule})
    assert _refused(_planned(FakeRepository.holding({"id_rsa": b""}), None, report)) == [("credential", "id_rsa")]


def test_a_waiver_in_force_lets_a_denied_file_in_and_is_told() -> None:
    rule = plain_rule("database-file")
    repository = FakeRepository.holding({"x.db": b""})
    report = plain_report([plain_finding(rule, "x.db")], rules={rule.id: rule})
    planned = _planned(repository, None, report, _waiver(rule, "x.db", _TODAY))
    assert planned.refusals == []
    assert [each.waiver.reason for each in planned.waived] == ["the demo opens it"]
    over = _planned(repository, None, report, _waiver(rule, "x.db", date(2026, 5, 31)))
    assert "its waiver at hygiene.toml:9 expired on 2026-05-31" in over.refusals[0].why
    assert _refused(_planned(repository, None, report, _waiver(rule, "y.db"))) == [("denied", "x.db")]


def test_what_is_waived_is_not_to_be_decided_any_more() -> None:
    rule = plain_rule("maybe", release=Release.DECIDE)
    report = plain_report([plain_finding(rule, "x.so")], rules={rule.id: rule})
    repository = FakeRepository.holding({"x.so": b""})
    assert len(_planned(repository, None, report).undecided) == 1
    assert _planned(repository, None, report, _waiver(rule)).undecided == []


def test_export_ignore_can_be_switched_off() -> None:
    files = {"a": b"1", ".gitattributes": b"a export-ignore\n"}
    shipped = [each.path for each in _planned(FakeRepository.holding(files)).chosen]
    assert shipped == [".gitattributes"]
    all_of_it = _planned(FakeRepository.holding(files), PackageSettings(_ALL, export_ignore=False)).chosen
    assert [each.path for each in all_of_it] == [".gitattributes", "a"]


def test_attributes_that_cannot_be_read_might_leave_something_out() -> None:
    repository = FakeRepository.holding({"a": b"1"})
    repository.lose(repository.file(".gitattributes", b"a export-ignore\n"))
    assert ("missing", ".gitattributes") in _refused(_planned(repository))
    settings = PackageSettings((Line("/a", Origin("hygiene.toml")),), export_ignore=False)
    assert _refused(_planned(repository, settings)) == []


def test_a_file_that_could_not_be_judged_forbids_the_package_if_it_is_in_it() -> None:
    unreadable = [Unreadable(RepoPath("a"), "its content broke the identifier"), Unreadable(RepoPath("b"), "the same")]
    report = plain_report([], unreadable=unreadable, incomplete=[Gap("2 files could not be read", "Fetch them.")])
    settings = PackageSettings((Line("/a", Origin("hygiene.toml")),))
    assert _refused(_planned(FakeRepository.holding({"a": b"1", "b": b"2"}), settings, report)) == [("missing", "a")]


def test_a_blob_that_is_missing_elsewhere_forbids_nothing() -> None:
    repository = FakeRepository.holding({"a": b"1"})
    repository.lose(repository.file("b", b"gone"))
    assert _refused(_planned(repository, PackageSettings((Line("/a", Origin("hygiene.toml")),)))) == []
