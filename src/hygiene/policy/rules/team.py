"""A team's own rule files: found at the paths that somebody names, and read."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hygiene.errors import BrokenRules, NoRuleFile, PolicyPathOutside, UnreadablePolicyFile
from hygiene.model.rule import Rule
from hygiene.policy.problem import Complaint, Problem, Read, complaint, problem_texts
from hygiene.policy.rules.catalogue import duplicates
from hygiene.policy.rules.file import read_rule
from hygiene.policy.toml.document import MAX_BYTES
from hygiene.ports import PolicyFiles


class NamedRules(NamedTuple):
    """A rule file or a folder of them, by its path from the root of `files`."""

    files: PolicyFiles
    path: str


def rule_files(named: NamedRules) -> Sequence[str]:
    """The path itself, or those of the `*.toml` in the folder that it is (not in its subfolders), sorted.

    Raises:
        NoRuleFile: the folder holds none.
        PolicyPathOutside, UnreadablePolicyFile: as reading raises them.
    """
    inside = named.files.toml_files(named.path)
    if inside is not None and not inside:
        raise NoRuleFile(f"{named.files.origin(named.path)} holds no *.toml")
    return [named.path] if inside is None else inside


def team_rule(files: PolicyFiles, path: str) -> Read[Rule]:
    """The rule that a file of a team states: its own name for what a pattern meets, never code of ours to call.

    Raises:
        NoRuleFile: it is not there.
        PolicyPathOutside, UnreadablePolicyFile: as reading raises them.
    """
    origin = files.origin(path)
    data = files.read(path, MAX_BYTES)
    if data is None:
        raise NoRuleFile(f"{origin} is not there")
    read = read_rule(data, origin)
    if read.sound is None or read.sound.check is None:
        return read
    return Read(None, (complaint(origin, Problem(("check",), "is for built-in rules alone", "[match]")),))


def load_rules(named: Iterable[NamedRules]) -> tuple[Rule, ...]:
    """The rules at the paths that a person named, sorted by id; a file that is named twice is read once.

    Raises:
        BrokenRules: with every problem of every file, when any file cannot be used or holds an id that another has.
    """
    read: dict[str, Read[Rule]] = {}
    for each in named:
        try:
            for path in rule_files(each):
                name = str(each.files.origin(path))
                read[name] = read.get(name) or team_rule(each.files, path)
        except (NoRuleFile, PolicyPathOutside, UnreadablePolicyFile) as trouble:
            origin = each.files.origin(each.path)
            wrong = f"{trouble.message}; a rule file, or a folder that holds *.toml"
            read[str(origin)] = Read(None, (Complaint(origin, wrong),))
    rules = sorted((each.sound for each in read.values() if each.sound is not None), key=lambda rule: rule.id)
    problems = problem_texts([*(told for each in read.values() for told in each.problems), *duplicates(rules)])
    if problems:
        raise BrokenRules(problems)
    return tuple(rules)
