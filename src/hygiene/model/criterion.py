"""How a person names findings: by their category, their rule, their path, or how sure they are."""

from enum import StrEnum
from typing import NamedTuple


class Aspect(StrEnum):
    """What a criterion looks at."""

    CATEGORY = "category"
    RULE = "rule"
    PATH = "path"
    CONFIDENCE = "confidence"


class Criterion(NamedTuple):
    """One thing that a person names to say which findings are meant; it prints as people write it: `category:database`.

    `value` is the word of a category or confidence, the id of a rule, or a pattern in gitignore syntax from the
    repository's root.
    """

    aspect: Aspect
    value: str

    def __str__(self) -> str:
        return f"{self.aspect}:{self.value}"
