"""Reading the configuration: found, read with all that it extends, checked, and made into settings."""

from itertools import islice

from hygiene.errors import BrokenConfiguration
from hygiene.policy.agreement import disagreements, known_rules, taken_ids
from hygiene.policy.composing import settings_of
from hygiene.policy.config_file import MOST_PROBLEMS
from hygiene.policy.discovery import discover
from hygiene.policy.extending import follow
from hygiene.policy.merging import merged
from hygiene.policy.rules import Catalogue
from hygiene.policy.settings import Settings
from hygiene.policy.team_rules import read_team_rules
from hygiene.ports import PolicyFiles


def load_settings(files: PolicyFiles, given: str | None, catalogue: Catalogue) -> Settings:
    """What the configuration decides; the defaults where there is none.

    `given` is the configuration file to read, by its path from the root of `files`; None looks for one at the root.
    `catalogue` holds every rule that the configuration may speak of, but for those that it brings along.

    Raises:
        BrokenConfiguration: with every problem of every file at once.
    """
    found = discover(files, given)
    if found is None:
        return Settings()
    chain = follow(files, *found)
    team = read_team_rules(files, chain.sound)
    together = merged(chain.sound)
    problems = [*chain.problems, *team.problems, *taken_ids(catalogue, team)]
    problems += islice(disagreements(together, known_rules(catalogue, team)), MOST_PROBLEMS)
    if problems:
        raise BrokenConfiguration(problems)
    return settings_of(together, team.rules, chain.sound)
