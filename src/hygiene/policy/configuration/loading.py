"""Reading the configuration: found, read with all that it extends, checked, and made into settings."""

from itertools import islice

from hygiene.errors import BrokenConfiguration
from hygiene.policy.configuration.agreement import disagreements, known_rules, taken_ids
from hygiene.policy.configuration.composing import settings_of
from hygiene.policy.configuration.discovery import discover
from hygiene.policy.configuration.extending import Chain
from hygiene.policy.configuration.file import MOST_PROBLEMS
from hygiene.policy.configuration.merging import merged
from hygiene.policy.configuration.packages import unfilled
from hygiene.policy.configuration.settings import Settings
from hygiene.policy.configuration.team_rules import read_team_rules
from hygiene.policy.problem import problem_texts
from hygiene.policy.rules.catalogue import Catalogue
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
    chain = Chain(files)
    chain.add(*found)
    team = read_team_rules(files, chain.sound)
    together = merged(chain.sound)
    problems = [*chain.problems, *team.problems, *taken_ids(catalogue, team)]
    problems += islice(disagreements(together, known_rules(catalogue, team)), MOST_PROBLEMS)
    problems += islice(unfilled(chain.sound), MOST_PROBLEMS)
    if problems:
        raise BrokenConfiguration(problem_texts(problems))
    return settings_of(together, team.rules, chain.sound)
