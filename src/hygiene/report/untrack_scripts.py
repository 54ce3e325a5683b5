"""Which stand-alone scripts carry out a plan on a machine without Python."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from hygiene.model.untracking import UntrackPlan
from hygiene.report.untrack_ps1 import emitted_ps1
from hygiene.report.untrack_sh import emitted_sh


class ScriptKind(StrEnum):
    """The language of a script, by the ending of its file's name."""

    SH = "sh"
    PS1 = "ps1"


EMITTERS: Mapping[ScriptKind, Callable[[UntrackPlan], str]] = MappingProxyType(
    {ScriptKind.SH: emitted_sh, ScriptKind.PS1: emitted_ps1}
)
"""What writes each: text in pure ASCII with LF line ends; equal plans give equal text."""
