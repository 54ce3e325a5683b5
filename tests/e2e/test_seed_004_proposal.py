"""The repository whose clean-up plan this program grew out of: what is proposed to ship is what the plan says."""

from pathlib import Path

from fixtures.repositories import RepositoryBuilder
from fixtures.seed_004 import build_inventory
from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.audit.engine import AuditRequest
from hygiene.cli.terminal import progress
from hygiene.release.metadata import METADATA_FILES, read_metadata
from hygiene.release.proposal import proposal

SHIPS = {
    *("/src/", "/config/", "/projects/", "/scripts/", "/tools/"),
    *("/pyproject.toml", "/README.md", "/README-deploy.md", "/.env.example", "/main.py", "/Makefile"),
}
MAY_SHIP = {"/docs/", "/docker/", "/deploy/", "/tests/"}
NEVER_SHIPS = {"/build/", "/backups/", "/Input/", "/Output/", "/uploads/", "/outputs/"}


def test_the_plans_allowlist_is_proposed(tmp_path: Path) -> None:
    files = build_inventory()
    built = RepositoryBuilder(tmp_path / "anime")
    built.files(files)
    built.commit()
    opened = wiring.repository(built.path, Reader.AUTO)
    decided = wiring.policy(opened, wiring.PolicySources(is_wanted=False))
    report = wiring.auditor(opened, decided, progress(quiet=True)).audit(AuditRequest())
    metadata = read_metadata({path: files[path] for path in METADATA_FILES if path in files})
    some = proposal(opened.list_index().entries, report.findings, metadata, "anime")
    assert {line.pattern for line in some.include} == SHIPS
    optional = {line.pattern for line in some.optional}
    assert optional >= MAY_SHIP
    assert not optional & NEVER_SHIPS
