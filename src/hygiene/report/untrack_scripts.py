"""Stands in until the scripts are merged."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from hygiene.model.untracking import UntrackPlan


class ScriptKind(StrEnum):
    """The language of a script."""

    SH = "sh"
    PS1 = "ps1"


EMITTERS: Mapping[ScriptKind, Callable[[UntrackPlan], str]] = {}
