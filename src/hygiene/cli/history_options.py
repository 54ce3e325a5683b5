"""The options that say which part of a history is asked about."""

from collections.abc import Callable
from typing import TypeVar

import click

from hygiene.model.history import DEFAULT_ROOTS, RangeAsked, RootKind, RootsAsked

Function = TypeVar("Function", bound=Callable[..., object])

_KINDS = frozenset(kind.value for kind in RootKind)


class RootsOption(click.ParamType):  # type: ignore[type-arg]  # a generic only since click 8.4
    """Kinds of references and revisions, with commas between them."""

    name = "roots"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> RootsAsked:
        """What is asked for; a usage error where nothing is."""
        if isinstance(value, RootsAsked):
            return value
        words = [word.strip() for word in str(value).split(",")]
        if not all(words):
            self.fail(f"{value!r} names no root between two commas", param, ctx)
        kinds = [RootKind(word) for word in dict.fromkeys(words) if word in _KINDS]
        return RootsAsked(kinds, [word for word in dict.fromkeys(words) if word not in _KINDS])


class RangeOption(click.ParamType):  # type: ignore[type-arg]  # as above
    """`BASE..TIP`; without TIP it is HEAD."""

    name = "range"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> RangeAsked:
        """What is asked for; a usage error for anything else."""
        if isinstance(value, RangeAsked):
            return value
        base, dots, tip = str(value).partition("..")
        if not base or not dots or tip.startswith("."):
            self.fail(f"{value!r} is no BASE..TIP", param, ctx)
        return RangeAsked(base, tip or "HEAD")


roots_option = click.option(
    "--roots",
    type=RootsOption(),
    metavar="ROOTS",
    help=f"Where history begins: {', '.join(_kind.value for _kind in RootKind)}, or revisions; with commas between "
    f"them.  [default: {','.join(kind.value for kind in DEFAULT_ROOTS)}]",
)

no_index_option = click.option(
    "--no-index", is_flag=True, help="Neither use nor write what is kept of the history under the Git directory."
)

range_option = click.option(
    "--range",
    "commits",
    type=RangeOption(),
    metavar="BASE..TIP",
    help="Judge every commit of a range, as a pull request's.",
)


def roots_of(roots: RootsAsked | None, *, no_index: bool) -> RootsAsked:
    """What the two options say together."""
    return (roots or RootsAsked())._replace(keeps_index=not no_index)
