"""Ignore files: all that the rest of the program asks of them."""

from hygiene.patterns.ignore_file import IgnoreFile, parse_ignore_file
from hygiene.patterns.negations import DeadNegation, dead_negations
from hygiene.patterns.verdicts import IgnoreRules, Verdict

__all__ = ["DeadNegation", "IgnoreFile", "IgnoreRules", "Verdict", "dead_negations", "parse_ignore_file"]
