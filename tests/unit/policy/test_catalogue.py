"""The built-in rules: what they cover, what they meet, and above all what they leave alone."""

from collections import Counter
from functools import cache

import pytest

from hygiene.audit.naming import Namer
from hygiene.model.rule import Category, Confidence, Disposition, Match, Need, Release, Rule
from hygiene.policy.never import never_flagged
from hygiene.policy.rules.catalogue import load_catalogue

RULES = load_catalogue().rules
NAMED = [rule for rule in RULES if rule.match is not None and rule.match.has_names]

# One path for each ecosystem and kind of leftover that the catalogue promises to know, and what it must be called.
KNOWN = {
    "src/__pycache__/a.cpython-312.pyc": Category.CACHE,
    "a.egg-info/PKG-INFO": Category.BUILD,
    "notebooks/.ipynb_checkpoints/a-checkpoint.ipynb": Category.BACKUP,
    "node_modules/a/index.js": Category.DEPENDENCY,
    "web/.next/server/a.js": Category.BUILD,
    "tsconfig.tsbuildinfo": Category.CACHE,
    ".pnpm-store/v3/files/00/1a": Category.DEPENDENCY,
    "target/classes/A.class": Category.BUILD,
    "app/build/intermediates/a.xml": Category.BUILD,
    ".gradle/8.5/gc.properties": Category.CACHE,
    ".kotlin/errors/a.log": Category.CACHE,
    "cmd/__debug_bin123": Category.EXECUTABLE,
    "vendor/github.com/a/b/c.go": Category.DEPENDENCY,
    "target/debug/deps/a.d": Category.BUILD,
    "src/main.o": Category.BUILD,
    "build/CMakeCache.txt": Category.BUILD,
    "lib/liba.so.1": Category.EXECUTABLE,
    "App/obj/project.assets.json": Category.BUILD,
    "App/bin/Debug/net8.0/App.dll": Category.BUILD,
    "vendor/bundle/ruby/3.2.0/gems/a.rb": Category.DEPENDENCY,
    "vendor/composer/installed.json": Category.DEPENDENCY,
    "App.xcodeproj/xcuserdata/me.xcuserdatad/a.plist": Category.EDITOR,
    "ios/Pods/A/a.m": Category.DEPENDENCY,
    "android/local.properties": Category.ENVIRONMENT,
    "app-release.apk": Category.BUILD,
    ".dart_tool/package_config.json": Category.ENVIRONMENT,
    "_build/dev/lib/a.app": Category.BUILD,
    "dist-newstyle/cache/plan.json": Category.BUILD,
    "_build/default/.dune/a": Category.BUILD,
    ".Rhistory": Category.ENVIRONMENT,
    "renv/library/R-4.3/a/DESCRIPTION": Category.DEPENDENCY,
    "src/A.jl.cov": Category.REPORT,
    "thesis.fdb_latexmk": Category.BUILD,
    "env/terraform.tfstate": Category.CREDENTIAL,
    ".terraform/modules/modules.json": Category.DEPENDENCY,
    "Library/ArtifactDB": Category.CACHE,
    "Game/Intermediate/Build/a.obj": Category.CACHE,
    "models/best.pt": Category.MODEL,
    "voices/embeddings/Speaker1.npy": Category.MODEL,
    "app.sqlite3": Category.DATABASE,
    "app.db-wal": Category.DATABASE,
    "prod.sql.gz": Category.DATABASE,
    "dump.rdb": Category.DATABASE,
    "config.yml.bak": Category.BACKUP,
    "sound.wav": Category.MEDIA,
    "clip.mp4": Category.MEDIA,
    "disk.qcow2": Category.MEDIA,
    "drop.zip": Category.MEDIA,
    "app.log": Category.REPORT,
    "htmlcov/index.html": Category.REPORT,
    "junit.xml": Category.REPORT,
    ".nyc_output/a.json": Category.REPORT,
    "playwright-report/index.html": Category.REPORT,
    "allure-results/a.json": Category.REPORT,
    "heap.hprof": Category.REPORT,
    "build/core.123": Category.REPORT,
    "hs_err_pid1.log": Category.REPORT,
    "mlruns/0/meta.yaml": Category.REPORT,
    "wandb/run-20240101_000000-x/a.yaml": Category.REPORT,
    "runs/20250101_101010/report.json": Category.REPORT,
    "a.c.rej": Category.SCRATCH,
    "a.c.orig": Category.SCRATCH,
    "_tmp_x/a.json": Category.SCRATCH,
    "Output/a.json": Category.SCRATCH,
    "Input/a.mp4": Category.INPUT,
    "uploads/a.png": Category.INPUT,
    ".venv/bin/python": Category.ENVIRONMENT,
    ".DS_Store": Category.EDITOR,
    "Thumbs.db": Category.EDITOR,
    ".a.c.swp": Category.EDITOR,
    ".idea/workspace.xml": Category.EDITOR,
    "App/.vs/a": Category.EDITOR,
    "id_rsa": Category.CREDENTIAL,
    "server.key": Category.CREDENTIAL,
    "release.jks": Category.CREDENTIAL,
    ".env": Category.CREDENTIAL,
    "credentials.json": Category.CREDENTIAL,
    "tool.exe": Category.EXECUTABLE,
    "app.min.js": Category.BUILD,
    "docs/_build/html/index.html": Category.BUILD,
    "site/index.html": Category.BUILD,
    ".cache/a": Category.CACHE,
}

# What well-kept repositories track on purpose, under names that careless patterns hit.
SOURCE = [
    "src/anime_v2/cache/store.py",
    "src/anime_v2/reports/drift.py",
    "src/anime_v2/runtime/scheduler.py",
    "src/x/backup/restore.py",
    "api/types/build/build.go",
    "gopls/internal/cache/session.go",
    "internal/ui/backup/progress.go",
    "src/output/json.rs",
    "log/logger.go",
    "build/tasks/minify.js",
    "build.rs",
    "cache/redis.go",
    "bin/deploy",
    "target/mod.rs",
    "tmp/.keep",
    "Input/.gitkeep",
    "Output/.gitkeep",
    "backups/README.md",
    "logs/.gitignore",
    "data/reports/.gitkeep",
    ".env.example",
    "web/.env.production.example",
    ".vscode/settings.json",
    ".idea/vcs.xml",
    ".idea/codeStyles/Project.xml",
    "package-lock.json",
    "yarn.lock",
    "Cargo.lock",
    "go.sum",
    "uv.lock",
    ".terraform.lock.hcl",
    "gradle/wrapper/gradle-wrapper.jar",
    ".mvn/wrapper/maven-wrapper.jar",
    ".yarn/releases/yarn-4.1.0.cjs",
    "app/migrations/0001_initial.py",
    "db/migrate/20240101_create_users.rb",
    "migrations/0001_dump.sql",
    "src/__snapshots__/App.test.tsx.snap",
    "docs/images/logo.png",
    "assets/icon.svg",
    "docs/paper.pdf",
    "fonts/body.woff2",
    "data.json",
    "schema.sql",
    "tests/test_basic.py",
    "scripts/cleanup.sh",
    "id_rsa.pub",
    "android/app/debug.keystore",
    "CMakeLists.txt",
    "configure",
    "Makefile",
    "README.md",
    ".npmrc",
    ".gitignore",
]

# The inventory of the clean-up plan that this program grew out of: a path of each kind, and a rule that must meet it.
PLAN = {
    "__pycache__/main.cpython-312.pyc": "python-bytecode",
    "tests/__pycache__/test_basic.cpython-312-pytest-8.3.3.pyc": "python-bytecode",
    "build/lib/anime_v2/cache/store.py": "python-build-tree",
    "build/lib/config/secret_config.py": "python-build-tree",
    "_tmp_director/expressive/director_plans.jsonl": "scratch-folder",
    "_tmp_qa_job/qa/top_issues.md": "scratch-folder",
    "_tmp_qa_job/tts_clips/0001_B.wav": "audio-file",
    "_tmp_ops2/Output/jobs.db": "database-file",
    "Input/Test.mp4": "runtime-input-folder",
    "backups/backup-20260101-0254.manifest.json": "backup-folder",
    "backups/backup-20260101-0254.zip": "backup-archive",
    "samples/sample.mp4": "video-file",
    "data/reports/default/season_report.md": "generated-report-folder",
    "data/reports/default/episodes/25fc400e824a2b87556c0afae8a341c6.json": "generated-report-folder",
    "voices/embeddings/Speaker1.npy": "embedding-array",
}

CHECKS = {
    "tracked-but-ignored",
    "dead-negation",
    "copied-source-tree",
    "duplicate-large-blobs",
    "case-collision",
    "unicode-collision",
    "gitlink-without-gitmodules",
    "symlink-leaves-repository",
    "buried-repository",
    "lfs-raw-blob",
    "oversized-file",
    "unused-waiver",
    "expired-waiver",
    "growing-clutter",
}


MAYBE_MEANT = [
    "generated-report-folder",
    "embedding-array",
    "video-file",
    "bundled-script",
    "archive-file",
    "model-weights",
]

FOLDER_WORDS = [
    *("backup", "bin", "build", "cache", "coverage", "data", "dist", "env", "input", "lib", "logs", "models", "obj"),
    *("out", "output", "packages", "public", "reports", "results", "runs", "site", "target", "temp", "tmp", "uploads"),
    "vendor",
]

AMBIGUOUS_SUFFIXES = [
    *(".a", ".bak", ".bin", ".dat", ".db", ".dll", ".exe", ".h5", ".hi", ".img", ".jar", ".key", ".log", ".mp4"),
    *(".npy", ".o", ".obj", ".pb", ".pem", ".pkl", ".png", ".pt", ".so", ".tmp", ".zip"),
]

HOMONYMS = {"a.pkl": "pickled-object", "a.obj": "windows-object-file", "a.key": "private-key"}

SPELLED_SMALL = (".NET", "pytest", "setuptools", "rustfmt", "libtool", "knitr", "macOS")


@cache
def namer() -> Namer:
    return Namer(load_catalogue())


def ids_for(path: str) -> set[str]:
    return {rule.id for rule in namer().rules_for(path)}


def said_by(rule: Rule) -> tuple[Match | None, str | None]:
    return rule.match, rule.check


def test_there_are_at_least_a_hundred_rules() -> None:
    assert len(RULES) >= 100


def test_every_category_has_a_rule() -> None:
    assert {rule.category for rule in RULES} == set(Category)


def test_no_two_rules_say_the_same() -> None:
    doubles = [said for said, count in Counter(said_by(rule) for rule in RULES).items() if count > 1]

    assert doubles == []
    assert len({rule.summary for rule in RULES}) == len(RULES)
    assert len({rule.why for rule in RULES}) == len(RULES)


def test_the_computed_rules_are_all_there() -> None:
    assert {rule.check for rule in RULES if rule.check is not None} == CHECKS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_reads_well(rule: Rule) -> None:
    assert not rule.summary.endswith(".")
    assert rule.summary[0].isupper() or rule.summary.startswith(SPELLED_SMALL)
    assert rule.why.endswith(".")
    assert 60 <= len(rule.why) <= 400
    assert all(url.startswith("https://") for url in rule.references)


@pytest.mark.parametrize("rule", NAMED, ids=lambda rule: rule.id)
def test_a_rule_meets_its_examples_and_leaves_the_others(rule: Rule) -> None:
    assert [path for path in rule.examples.match if rule.id not in ids_for(path)] == []
    assert [path for path in rule.examples.ignore if rule.id in ids_for(path)] == []


@pytest.mark.parametrize(("path", "category"), KNOWN.items())
def test_each_kind_of_leftover_is_known(path: str, category: Category) -> None:
    assert category in {rule.category for rule in namer().rules_for(path)}


@pytest.mark.parametrize("path", SOURCE)
def test_source_is_left_alone(path: str) -> None:
    assert ids_for(path) == set()


@pytest.mark.parametrize(("path", "rule_id"), PLAN.items())
def test_the_clean_up_plan_is_covered(path: str, rule_id: str) -> None:
    assert rule_id in ids_for(path)


@pytest.mark.parametrize("rule_id", MAYBE_MEANT)
def test_what_may_be_meant_is_for_a_person_to_decide(rule_id: str) -> None:
    rule = load_catalogue().get(rule_id)

    assert (rule.confidence, rule.disposition) == (Confidence.REVIEW, Disposition.DECIDE)


@pytest.mark.parametrize("word", FOLDER_WORDS)
def test_a_folder_word_proves_nothing_by_itself(word: str) -> None:
    """Neither at the root nor below: such a folder may hold anything."""
    for path in (f"{word}/a.xyz", f"src/{word}/a.xyz"):
        assert [rule.id for rule in namer().rules_for(path) if rule.confidence > Confidence.REVIEW] == []


@pytest.mark.parametrize("suffix", AMBIGUOUS_SUFFIXES)
def test_a_suffix_with_two_meanings_proves_nothing_by_itself(suffix: str) -> None:
    assert [rule.id for rule in namer().rules_for(f"src/thing{suffix}") if rule.confidence > Confidence.REVIEW] == []


@pytest.mark.parametrize(("path", "rule_id"), HOMONYMS.items())
def test_a_homonym_counts_only_with_its_content(path: str, rule_id: str) -> None:
    match = load_catalogue().get(rule_id).match

    assert ids_for(path) == {rule_id}
    assert match is not None
    assert match.needs is Need.CONTENT


def test_every_credential_and_database_is_kept_out_of_releases() -> None:
    secret = [rule for rule in RULES if rule.category in {Category.CREDENTIAL, Category.DATABASE}]

    assert [rule.id for rule in secret if rule.release is not Release.DENY] == []


def test_every_entry_of_the_never_list_holds() -> None:
    assert all(entry.why and entry.patterns for entry in never_flagged())
    assert ids_for("logs/.gitkeep") == ids_for("node_modules/.gitkeep") == set()
    assert ids_for("node_modules/a/.gitkeep") == {"node-modules"}  # nothing of ours is that deep in installed packages
    assert ids_for("node_modules/a/gitkeep") == {"node-modules"}
    assert ids_for("lib/gradle-wrapper.jar") == {"java-archive"}
