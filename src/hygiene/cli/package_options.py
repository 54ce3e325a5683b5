"""The options of `hygiene package`, and which of them belong together."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from hygiene.cli.options import (
    color_option,
    config_option,
    no_config_option,
    policy_rev_option,
    quiet_option,
    repository_argument,
    rules_option,
)
from hygiene.model.packaging import ArchiveFormat, Storing
from hygiene.release.proof import DEFAULT_BUILDER
from hygiene.report import PACKAGE_FORMATS

Function = Callable[..., Any]

_READ = click.Path(path_type=Path, dir_okay=False, exists=True)
_FORMATS = [each.value for each in ArchiveFormat]
_OTHER_ARCHIVES = (".7z", ".bz2", ".gz", ".rar", ".tgz", ".txz", ".xz", ".zst")
"""Endings of what nobody means to be a folder."""

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+")
"""As much of RFC 3986 as tells a URI from a word."""

_Given = tuple[str, bool]


class Mode(Enum):
    """What the command does."""

    BUILD = "build"
    LIST = "--list"
    DIFF = "--diff"
    VERIFY = "--verify"
    INIT = "--init"


@dataclass(frozen=True)
class Options:
    """The options of one call, under the names that click gives them."""

    repository: Path
    rev: str | None
    target: str | None
    version: str | None
    output: Path | None
    archive_format: str | None
    stored: bool
    attest: bool
    builder_id: str | None
    source_uri: str | None
    force: bool
    list_entries: bool
    diff: Path | None
    verify: Path | None
    manifest: Path | None
    init: bool
    format_name: str
    config: Path | None
    no_config: bool
    policy_rev: str | None
    rules: tuple[Path, ...]
    color: str
    quiet: bool

    def __post_init__(self) -> None:
        """Raises `click.UsageError` for options that contradict each other."""
        for one, other in self._contradictions():
            raise click.UsageError(f"{one} and {other} cannot be given together")
        if self.manifest is not None and self.verify is None:
            raise click.UsageError("--manifest says something of --verify, which is not given")
        if not self.attest and (self.builder_id is not None or self.source_uri is not None):
            raise click.UsageError("--builder-id and --source-uri say something of --attest, which is not given")
        for option, uri in (("--builder-id", self.builder_id), ("--source-uri", self.source_uri)):
            if uri is not None and not _URI.fullmatch(uri):
                raise click.UsageError(f"{option} is {uri[:80]!r}; a URI is meant, such as {DEFAULT_BUILDER}")
        if self.stored and self.form is not ArchiveFormat.ZIP:
            raise click.UsageError("--stored is for a zip; the uncompressed kind of a tar is --archive-format tar")
        if self.output is not None and self.archive_format is not None and self.form is not self._form_of_output():
            raise click.UsageError(f"{self.output} does not end as --archive-format {self.archive_format} does")

    @property
    def mode(self) -> Mode:
        """What the command does: build, if nothing else is asked for."""
        return next((Mode(option) for option, is_given in self._instead_of_building() if is_given), Mode.BUILD)

    @property
    def earlier(self) -> Path:
        """The archive or manifest of `--diff`."""
        return self.diff or Path()

    @property
    def archive_given(self) -> Path:
        """The archive of `--verify`."""
        return self.verify or Path()

    @property
    def revision(self) -> str:
        """The commit that is packaged."""
        return "HEAD" if self.rev is None else self.rev

    @property
    def form(self) -> ArchiveFormat:
        """The kind of archive: what is asked for, or what the name of the output ends with."""
        return ArchiveFormat(self.archive_format) if self.archive_format else self._form_of_output()

    @property
    def storing(self) -> Storing:
        """Whether a zip's entries are compressed."""
        return Storing.STORED if self.stored else Storing.DEFLATED

    @property
    def folder(self) -> Path:
        """Where the archive goes."""
        return Path() if self.output is None else self.output.parent if self.archive else self.output

    @property
    def archive(self) -> str | None:
        """The archive's name, if it is given."""
        return self.output.name if self.output is not None and self._ending_of_output() else None

    def _form_of_output(self) -> ArchiveFormat:
        return self._ending_of_output() or ArchiveFormat(self.archive_format or ArchiveFormat.ZIP)

    def _ending_of_output(self) -> ArchiveFormat | None:
        """The kind that the output's name ends with; None for a folder, which may be one to be made."""
        if self.output is None or self.output.is_dir():
            return None
        found = [each for each in ArchiveFormat if self.output.name.endswith(f".{each}")]
        if not found and self.output.suffix in _OTHER_ARCHIVES:
            endings = ", ".join(f".{each}" for each in _FORMATS)
            raise click.UsageError(f"{self.output} would be no archive of a kind that can be written: {endings}")
        return found[0] if found else None

    def _instead_of_building(self) -> list[_Given]:
        return [
            ("--list", self.list_entries),
            ("--diff", self.diff is not None),
            ("--verify", self.verify is not None),
            ("--init", self.init),
        ]

    def _of_an_archive(self) -> list[_Given]:
        return [
            ("--output", self.output is not None),
            ("--attest", self.attest),
            ("--force", self.force),
        ]

    def _of_a_plan(self) -> list[_Given]:
        return [
            ("--version", self.version is not None),
            ("--archive-format", self.archive_format is not None),
            ("--stored", self.stored),
        ]

    def _contradictions(self) -> Iterator[tuple[str, str]]:
        instead = [option for option, is_given in self._instead_of_building() if is_given]
        yield from pairwise(instead)
        needless = self._of_an_archive() if instead else []
        if self.verify is not None or self.init:
            needless += self._of_a_plan()
        if self.init:
            needless += [("--target", self.target is not None), ("--format json", self.format_name == "json")]
        yield from ((instead[0], option) for option, is_given in needless if is_given)
        if self.no_config and (self.config is not None or self.policy_rev is not None):
            yield "--no-config", "--config" if self.config is not None else "--policy-rev"


_WHAT = [
    repository_argument,
    click.option("--rev", metavar="REV", help="The commit to package.  [default: HEAD]"),
    click.option("--target", metavar="NAME", help="What [package.targets.NAME] describes, instead of [package]."),
    click.option(
        "--version",
        metavar="V",
        help="The release's version.  [default: the tag's, or that of the project's metadata]",
    ),
]

_HOW = [
    click.option(
        "--output",
        "-o",
        type=click.Path(path_type=Path),
        metavar="PATH",
        help="A folder for the archive, or its whole path.  [default: the current folder]",
    ),
    click.option(
        "--archive-format", type=click.Choice(_FORMATS), help="Kind of archive.  [default: as --output ends, or zip]"
    ),
    click.option("--stored", is_flag=True, help="Compress nothing in the zip: the same bytes with every zlib."),
    click.option("--attest", is_flag=True, help="Write a provenance statement too: in-toto v1, SLSA v1, unsigned."),
    click.option("--builder-id", metavar="URI", help=f"Who builds, for --attest.  [default: {DEFAULT_BUILDER}]"),
    click.option("--source-uri", metavar="URI", help="Where the commit is to be had, for --attest."),
    click.option("--force", is_flag=True, help="Replace an archive of the same name and other bytes."),
]

_INSTEAD = [
    click.option("--list", "list_entries", is_flag=True, help="Show what would ship and what not, and write nothing."),
    click.option("--diff", type=_READ, metavar="OLD", help="Show what changed since an earlier archive or manifest."),
    click.option("--verify", type=_READ, metavar="ARCHIVE", help="Check an archive, also a wheel or sdist."),
    click.option(
        "--manifest", type=_READ, metavar="FILE", help="For --verify.  [default: ARCHIVE.manifest.json, if it is there]"
    ),
    click.option("--init", is_flag=True, help="Print a [package] table that fits the repository."),
    click.option(
        "--format",
        "format_name",
        type=click.Choice(list(PACKAGE_FORMATS)),
        default="table",
        help="Form of what is printed.",
        show_default=True,
    ),
]

_POLICY = [config_option, no_config_option, policy_rev_option, rules_option, color_option, quiet_option]


def package_options(function: Function) -> Function:
    """Gives a command all of them, in the order of its help."""
    for option in reversed([*_WHAT, *_HOW, *_INSTEAD, *_POLICY]):
        function = option(function)
    return function
