"""What a team has decided: the values of all configuration files together, each with the place that set it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hygiene.model.gate import Gate
from hygiene.model.packaging import PackageSettings
from hygiene.model.paths import RepoPath
from hygiene.model.permit import Origin, Waiver
from hygiene.model.rule import Override, Rule, RuleId

DEFAULT_SIZE_CAP = 5 * 1024 * 1024
"""Bytes: what the clean-up plans that this program grew out of ask for, and half of what hosts warn at."""


@dataclass(frozen=True, slots=True)
class SizeCaps:
    """How large a file may be, in bytes.

    Attributes:
        default: for every file that no pattern speaks of.
        by_glob: patterns in gitignore syntax from the repository's root, none negated, each with its cap; of several
            that match, the last one decides.
    """

    default: int = DEFAULT_SIZE_CAP
    by_glob: tuple[tuple[str, int], ...] = ()

    @property
    def lowest(self) -> int:
        """No file of at most so many bytes is over its cap."""
        return min([self.default, *(cap for _, cap in self.by_glob)])


@dataclass(frozen=True)
class Settings:
    """The settings of one audit; without any configuration file, the defaults.

    Attributes:
        baseline: the file of accepted findings, from the repository's root; None where there is none.
        ratchet: whether what the findings add up to may only shrink against the baseline.
        fixtures: patterns in gitignore syntax of folders that keep what tests and examples need, besides the built-in
            names.
        placeholders: folders that must be there in every clone, and get a `.gitkeep`; without a `/` at their ends.
        package: what a release archive holds; None where nothing says so.
        targets: other archives, by name.
        rules: the team's own rules.
        overrides: by rule; each names a rule of the catalogue or of `rules`.
        waivers: in the order of the files and of their lines.
        files: the files read: what was extended first, the deciding one last.
        origins: dotted key (`gate.fail_on`, `size.caps."*.pdf"`, `waivers[0]`) to the place that set it; a key that is
            not here has its default.
    """

    gate: Gate = field(default_factory=Gate)
    size_caps: SizeCaps = field(default_factory=SizeCaps)
    baseline: str | None = None
    ratchet: bool = False
    fixtures: tuple[str, ...] = ()
    placeholders: tuple[RepoPath, ...] = ()
    package: PackageSettings | None = None
    targets: Mapping[str, PackageSettings] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    overrides: Mapping[RuleId, Override] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    files: tuple[Origin, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
