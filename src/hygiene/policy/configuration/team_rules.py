"""A team's own rules, from the files that its configuration names."""

from collections.abc import Iterable

from hygiene.errors import NoRuleFile, PolicyPathOutside, UnreadablePolicyFile
from hygiene.model.rule import Rule
from hygiene.policy.configuration.file import ConfigFile
from hygiene.policy.configuration.merging import Said
from hygiene.policy.problem import Complaint
from hygiene.policy.rules.team import NamedRules, rule_files, team_rule
from hygiene.ports import PolicyFiles

MAX_RULE_FILES = 500
"""Rule files in all; the whole catalogue that comes with the program has half as many."""

_MEANT = "a rule file of the repository, or a folder that holds *.toml"


class TeamRules:
    """What has been read so far.

    Attributes:
        rules: the sound ones, each by the key that names its file.
        paths: every rule file that was named, sound or not, to the entry that names it.
        problems: everything that is wrong with them.
    """

    def __init__(self) -> None:
        self.rules: list[Said[Rule]] = []
        self.paths: dict[str, Said[str]] = {}
        self.problems: list[Complaint] = []


def read_team_rules(files: PolicyFiles, configs: Iterable[ConfigFile]) -> TeamRules:
    """The rules that the configuration files name, in their order. Raises nothing."""
    team = TeamRules()
    for config in configs:
        for number, entry in enumerate(config.table.rules):
            said = Said(entry, config, ("rules", number))
            try:
                wrong = _add(files, said, team)
            except (NoRuleFile, PolicyPathOutside, UnreadablePolicyFile) as trouble:
                wrong = trouble.message
            if wrong:
                team.problems.append(config.complaint(said.key, wrong, _MEANT))
    return team


def _add(files: PolicyFiles, said: Said[str], team: TeamRules) -> str:
    """Adds the rules at one entry's path; returns what is wrong with naming it, or nothing."""
    for path in rule_files(NamedRules(files, said.file.beside(said.value))):
        if path in team.paths:
            return f"{path} is named twice, first at {team.paths[path].place}"
        if len(team.paths) >= MAX_RULE_FILES:
            return f"{path} is one rule file too many: at most {MAX_RULE_FILES} count"
        read = team_rule(files, path)
        team.paths[path] = said
        team.problems += read.problems
        team.rules += [] if read.sound is None else [Said(read.sound, said.file, said.key)]
    return ""
