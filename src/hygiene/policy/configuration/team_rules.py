"""A team's own rules, from the files that its configuration names."""

from collections.abc import Iterable

from hygiene.errors import PolicyPathOutside, UnreadablePolicyFile
from hygiene.model.rule import Rule
from hygiene.policy.configuration.file import ConfigFile
from hygiene.policy.configuration.merging import Said
from hygiene.policy.rules.catalogue import team_rule
from hygiene.policy.toml.document import MAX_BYTES
from hygiene.ports import PolicyFiles

MAX_RULE_FILES = 500
"""Rule files in all; the whole catalogue that comes with the program has half as many."""

_MEANT = "a rule file of the repository, or a folder that holds *.toml"


class TeamRules:
    """What has been read so far.

    Attributes:
        rules: the sound ones, each by the key that names its file.
        paths: every rule file that was named, sound or not, to the entry that names it.
        problems: everything that is wrong with them, for people.
    """

    def __init__(self) -> None:
        self.rules: list[Said[Rule]] = []
        self.paths: dict[str, Said[str]] = {}
        self.problems: list[str] = []


def read_team_rules(files: PolicyFiles, configs: Iterable[ConfigFile]) -> TeamRules:
    """The rules that the configuration files name, in their order. Raises nothing."""
    team = TeamRules()
    for config in configs:
        for number, entry in enumerate(config.table.rules):
            said = Said(entry, config, ("rules", number))
            try:
                wrong = _add(files, said, team)
            except (PolicyPathOutside, UnreadablePolicyFile) as trouble:
                wrong = trouble.message
            if wrong:
                team.problems.append(config.complaint(said.key, wrong, _MEANT))
    return team


def _add(files: PolicyFiles, said: Said[str], team: TeamRules) -> str:
    """Adds the rules at one entry's path; returns what is wrong with naming it, or nothing."""
    path = said.file.beside(said.value)
    inside = files.toml_files(path)
    if inside is not None and not inside:
        return f"{path} holds no *.toml"
    for file in [path] if inside is None else inside:
        if file in team.paths:
            return f"{file} is named twice, first at {team.paths[file].place}"
        if len(team.paths) >= MAX_RULE_FILES:
            return f"{file} is one rule file too many: at most {MAX_RULE_FILES} count"
        data = files.read(file, MAX_BYTES)
        if data is None:
            return f"{file} is not there"
        team.paths[file] = said
        read = team_rule(data, files.origin(file))
        team.problems += read.problems
        team.rules += [] if read.rule is None else [Said(read.rule, said.file, said.key)]
    return ""
