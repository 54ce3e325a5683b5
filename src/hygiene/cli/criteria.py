"""Findings as people name them on a command line."""

from collections.abc import Mapping, Sequence

import click

from hygiene.model.criterion import Aspect, Criterion
from hygiene.model.rule import Category, Confidence

_WORDS: Mapping[Aspect, Sequence[str]] = {
    Aspect.CATEGORY: [category.value for category in Category],
    Aspect.CONFIDENCE: [confidence.word for confidence in reversed(Confidence)],
}


class CriterionOption(click.ParamType):  # type: ignore[type-arg]  # a generic only since click 8.4
    """An aspect, a colon and its value, such as `category:database` or `path:data/*.db`."""

    name = "criterion"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Criterion:
        """The criterion; a usage error that names what is wrong. Whether there is such a rule is not known here."""
        if isinstance(value, Criterion):
            return value
        aspect, _, asked = str(value).partition(":")
        if aspect not in list(Aspect) or not asked:
            self.fail(f"{value!r} is none of {', '.join(f'{each}:…' for each in Aspect)}", param, ctx)
        words = _WORDS.get(Aspect(aspect))
        if words is not None and asked not in words:
            self.fail(f"{asked!r} is no {aspect}; there are {', '.join(words)}", param, ctx)
        return Criterion(Aspect(aspect), asked)
