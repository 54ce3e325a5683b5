"""Joins ports to adapters: the only room that knows everything.

What judges is imported when somebody is to be judged: a packager has begun to compress by then.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hygiene.adapters.clock import SystemClock
from hygiene.adapters.discovery import Reader, open_repository
from hygiene.adapters.disk_store import write_atomically
from hygiene.adapters.policy_files import DiskPolicyFiles, RevisionPolicyFiles
from hygiene.errors import NoBaseline
from hygiene.model.permit import Accepted
from hygiene.model.rule import Rule
from hygiene.patterns.glob import parse_patterns
from hygiene.policy.baseline.file import MAX_BYTES, read_baseline, write_baseline
from hygiene.policy.configuration.loading import load_settings
from hygiene.policy.configuration.settings import Settings
from hygiene.policy.rules.catalogue import Catalogue, load_catalogue
from hygiene.policy.rules.team import NamedRules, load_rules
from hygiene.ports import HistoricRepository, PolicyFiles, Progress, Repository

if TYPE_CHECKING:
    from hygiene.audit.allowing import Permits
    from hygiene.audit.baseline import Baseline
    from hygiene.audit.court import Court
    from hygiene.audit.engine import Auditor

DEFAULT_BASELINE = ".hygiene-baseline.json"
"""The baseline's usual place, from the repository's root: looked for and written there if nothing names another."""


class PolicySources(NamedTuple):
    """Where the command line says that a policy comes from.

    Attributes:
        config: the configuration file to read instead of the one that is found; None finds it.
        is_wanted: whether any configuration file is read.
        revision: read from this revision instead of the disk; paths are then taken from the repository's root.
        rules: rule files and folders beside those that the configuration names: on the disk, if no revision is given.
    """

    config: Path | None = None
    is_wanted: bool = True
    revision: str | None = None
    rules: Sequence[Path] = ()


class BaselineAsked(NamedTuple):
    """What the command line says of the baseline.

    Attributes:
        file: instead of the configured one.
        ratchet: instead of what is configured, if not None.
        is_needed: whether the audit lacks something where the configured file is not there; not so where it is about to
            be written, or where only some files are judged.
    """

    file: Path | None = None
    ratchet: bool | None = None
    is_needed: bool = True


@dataclass(frozen=True)
class Policy:
    """What an audit judges by.

    Attributes:
        files: the repository's own, in which the baseline is looked for; None where none of them has a say.
        revision: what the command line said they are to be read from, if it did.
    """

    files: PolicyFiles | None
    revision: str | None
    settings: Settings
    catalogue: Catalogue


def catalogue(rule_files: Sequence[Path] = ()) -> Catalogue:
    """The built-in rules and those of the files and folders given. Raises `BrokenRules` with every problem at once."""
    return load_catalogue().extended(rules_of(rule_files))


def rules_of(files: Sequence[Path]) -> tuple[Rule, ...]:
    """The rules of the files and folders given, alone. Raises `BrokenRules`.

    They may lead anywhere on this machine's disk: a person named them, no configuration did.
    """
    return load_rules(map(_named_rules, files))


def repository(path: Path, reader: Reader, index: Path | None = None) -> HistoricRepository:
    """The repository at or above `path`, with another index file than its own if one is given.

    Raises what opening a repository raises.
    """
    return open_repository(path, reader, index)


def policy(opened: Repository, sources: PolicySources) -> Policy:
    """What the repository's own configuration decides, and the rules of all sources.

    A bare repository has nothing on the disk: its configuration is that of HEAD.
    Raises `BrokenConfiguration` or `BrokenRules`, with every problem at once.
    """
    own = _own_files(opened, sources) if sources.is_wanted else None
    rules = load_catalogue().extended(_rules(sources, own))
    settings = _settings(opened, sources, own, rules) if sources.is_wanted else Settings()
    return Policy(own, sources.revision, settings, rules.extended(settings.rules).overridden(settings.overrides))


def permits(opened: Repository, decided: Policy, asked: BaselineAsked) -> Permits:
    """What lets findings pass today: the waivers, and the baseline that is asked for, configured or in its usual place.

    Raises `BrokenBaseline`, or `NoBaseline` where the command line names one that is not there, or a ratchet without
    any.
    """
    settings = decided.settings
    place = _baseline_place(opened, decided, asked.file)
    baseline = None if place is None else _read_baseline(place)
    if baseline is None and asked.is_needed:
        if asked.file is not None:
            raise NoBaseline(f"{asked.file} is not there")
        if asked.ratchet:
            raise NoBaseline("the ratchet has nothing to compare with")
    from hygiene.audit.allowing import Permits  # noqa: PLC0415 - as the module says

    is_absent = baseline is None and place is not None and place.is_named and asked.is_needed
    return Permits(
        today=SystemClock().today(),
        waivers=settings.waivers,
        baseline=baseline,
        ratchet=settings.ratchet if asked.ratchet is None else asked.ratchet,
        absent=str(place.files.origin(place.path)) if place is not None and is_absent else "",
    )


def write_accepted(opened: Repository, decided: Policy, file: Path | None, accepted: Sequence[Accepted]) -> str:
    """Writes the baseline to its place, or to `file`; returns where, as people should see it.

    Raises `UnwritableOutput`, and `NoBaseline` where a bare repository has no place for it.
    """
    root = opened.facts.work_dir
    if file is None and root is None:
        raise NoBaseline("a bare repository has no place for one")
    named = decided.settings.baseline or DEFAULT_BASELINE
    write_atomically(file or (root or Path()) / named, write_baseline(accepted))
    return str(file or named)


def auditor(opened: Repository, decided: Policy, progress: Progress) -> Auditor:
    """An auditor of this repository by this policy."""
    from hygiene.audit.engine import Auditor  # noqa: PLC0415 - as the module says

    return Auditor(opened, court(decided), progress)


def court(decided: Policy) -> Court:
    """What judges by this policy."""
    from hygiene.adapters.media_types import LayeredMediaTypes  # noqa: PLC0415 - as the module says
    from hygiene.adapters.sqlite_tables import SqliteTableNames  # noqa: PLC0415
    from hygiene.audit.court import Court  # noqa: PLC0415
    from hygiene.policy.evidence import evidence_policy  # noqa: PLC0415

    policy = evidence_policy().with_fixtures(parse_patterns(decided.settings.fixtures))
    return Court(decided.catalogue, policy, LayeredMediaTypes(), SqliteTableNames())


def _named_rules(path: Path) -> NamedRules:
    anywhere = Path(Path(os.path.realpath(path)).anchor)
    if path.is_dir():
        return NamedRules(DiskPolicyFiles(path, str(path), anywhere), ".")
    return NamedRules(DiskPolicyFiles(path.parent, str(path.parent), anywhere), path.name)


def _rules(sources: PolicySources, own: PolicyFiles | None) -> Sequence[Rule]:
    if own is None or sources.revision is None:
        return rules_of(sources.rules)
    return load_rules(NamedRules(own, path.as_posix()) for path in sources.rules)


def _own_files(opened: Repository, sources: PolicySources) -> PolicyFiles | None:
    """The repository's own files that a policy may consist of; None where there are none: bare without a commit."""
    if sources.revision is not None:
        return RevisionPolicyFiles(opened, sources.revision)
    if opened.facts.work_dir is not None:
        return DiskPolicyFiles(opened.facts.work_dir)
    return RevisionPolicyFiles(opened, "HEAD") if opened.facts.head is not None else None


def _settings(opened: Repository, sources: PolicySources, own: PolicyFiles | None, rules: Catalogue) -> Settings:
    if sources.config is None:
        return load_settings(own, None, rules) if own is not None else Settings()
    if own is not None and sources.revision is not None:
        return load_settings(own, sources.config.as_posix(), rules)
    return load_settings(*_on_disk(opened.facts.work_dir, sources.config), rules)


def _on_disk(root: Path | None, file: Path) -> tuple[PolicyFiles, str]:
    """A named file: below the root as one of the root's, elsewhere as one of its own folder's."""
    folder = Path(os.path.realpath(file.parent))
    if root is not None and folder.is_relative_to(os.path.realpath(root)):
        return DiskPolicyFiles(root), (folder.relative_to(os.path.realpath(root)) / file.name).as_posix()
    return DiskPolicyFiles(folder, str(file.parent)), file.name


class _Place(NamedTuple):
    files: PolicyFiles
    path: str
    is_named: bool


def _baseline_place(opened: Repository, decided: Policy, given: Path | None) -> _Place | None:
    if given is not None and decided.revision is None:
        return _Place(*_on_disk(opened.facts.work_dir, given), is_named=True)
    if decided.files is None:
        return None
    named = decided.settings.baseline if given is None else given.as_posix()
    return _Place(decided.files, named or DEFAULT_BASELINE, is_named=named is not None)


def _read_baseline(place: _Place) -> Baseline | None:
    from hygiene.audit.baseline import Baseline  # noqa: PLC0415 - as the module says

    data = place.files.read(place.path, MAX_BYTES)
    origin = place.files.origin(place.path)
    return None if data is None else Baseline(origin.file, read_baseline(data, str(origin)))
