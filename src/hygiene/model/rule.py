"""A rule: a named judgement about a kind of file, in declared or computed form."""

from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum
from typing import Literal, NewType, get_args

RuleId = NewType("RuleId", str)
"""A rule's name: lower-case words with hyphens, naming the problem, so that "allow <rule>" reads."""


class Category(StrEnum):
    """What kind of leftover a file is."""

    CACHE = "cache"
    BUILD = "build"
    SCRATCH = "scratch"
    DATABASE = "database"
    BACKUP = "backup"
    MEDIA = "media"
    REPORT = "report"
    MODEL = "model"
    INPUT = "input"
    DEPENDENCY = "dependency"
    ENVIRONMENT = "environment"
    CREDENTIAL = "credential"
    EDITOR = "editor"
    EXECUTABLE = "executable"
    OVERSIZE = "oversize"
    IGNORE_FILE = "ignore-file"
    STRUCTURE = "structure"


class Bucket(StrEnum):
    """What a file is to a run: may it be deleted, and who would miss it?"""

    CACHE = "CACHE"
    EVIDENCE = "EVIDENCE"
    EPHEMERAL = "EPHEMERAL"
    PRODUCT = "PRODUCT"


ConfidenceWord = Literal["review", "likely", "certain"]
"""How people and formats write a confidence, from the least on."""
_CONFIDENCE_WORDS: tuple[ConfidenceWord, ...] = get_args(ConfidenceWord)

SeverityWord = Literal["info", "low", "medium", "high", "critical"]
"""How people and formats write a severity, from the least on."""
_SEVERITY_WORDS: tuple[SeverityWord, ...] = get_args(SeverityWord)


class Confidence(IntEnum):
    """How sure we are that a file is not source; the values are the points that evidence adds up to."""

    REVIEW = 0
    LIKELY = 1
    CERTAIN = 2

    @classmethod
    def of(cls, word: ConfidenceWord) -> "Confidence":
        """The confidence that is written so."""
        return cls(_CONFIDENCE_WORDS.index(word))

    @property
    def word(self) -> ConfidenceWord:
        """How it is written."""
        return _CONFIDENCE_WORDS[self]

    def __str__(self) -> str:
        return self.word


class Severity(IntEnum):
    """How much harm the file does while it stays."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @classmethod
    def of(cls, word: SeverityWord) -> "Severity":
        """The severity that is written so."""
        return cls(_SEVERITY_WORDS.index(word))

    @property
    def word(self) -> SeverityWord:
        """How it is written."""
        return _SEVERITY_WORDS[self]

    def __str__(self) -> str:
        return self.word


class Disposition(StrEnum):
    """What should become of a file."""

    DELETE_AND_UNTRACK = "delete-and-untrack"
    UNTRACK = "untrack"
    DECIDE = "decide"
    KEEP = "keep"


class Release(StrEnum):
    """Whether a file of this kind may be in a release archive."""

    DENY = "deny"
    DECIDE = "decide"
    ALLOW = "allow"


class Need(Enum):
    """Whether a rule's declared content must be seen before a name counts."""

    NAME = "name"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Match:
    """The declared form of a rule. `names`, `suffixes`, `folders` and `globs` are alternatives: one is enough.

    Attributes:
        names: exact last parts of a path, case-sensitive.
        suffixes: endings of the last part, each beginning with a dot, matched without regard to case.
        folders: exact names of a folder anywhere above the file, case-sensitive.
        globs: patterns in gitignore syntax, from the repository's root.
        exempt: patterns in gitignore syntax that this rule never meets.
        content: media types of which the file's content should be one. Seeing one is a witness; seeing text where
            none of them is text acquits the file. A rule with `content` alone judges files that no name explains.
        needs: with `Need.CONTENT`, a name counts only together with one of `content`.
    """

    names: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    needs: Need = Need.NAME

    @property
    def has_names(self) -> bool:
        """Whether any path can meet this rule by its name."""
        return bool(self.names or self.suffixes or self.folders or self.globs)


@dataclass(frozen=True, slots=True)
class Examples:
    """Paths that the rule must and must not meet; tests and `hygiene rule check` execute them."""

    match: tuple[str, ...]
    ignore: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """What a team has decided about one rule, whatever the evidence says. None leaves it to the rule.

    Attributes:
        confidence: of every finding of the rule.
        enabled: whether the rule judges at all.
        origin: the file and line that decided, as people should see them.
    """

    origin: str
    confidence: Confidence | None = None
    severity: Severity | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """One judgement, with all that a report says about it.

    Attributes:
        confidence: what a match by name alone is worth; evidence adds to it.
        match: the declared form; None for a computed check, which `check` then names.
        gitignore: the lines that keep this kind of file out, in gitignore syntax.
        origin: the file that the rule was read from, as people should see it.
        override: what a team has decided about it; its severity already stands in `severity`.
    """

    id: RuleId
    summary: str
    why: str
    producer: str
    category: Category
    bucket: Bucket
    confidence: Confidence
    severity: Severity
    disposition: Disposition
    release: Release
    examples: Examples
    match: Match | None = None
    check: str | None = None
    gitignore: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    origin: str = ""
    override: Override | None = None
