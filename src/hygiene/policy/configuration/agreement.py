"""What configuration files and rules say together that cannot be meant."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from hygiene.policy.configuration.merging import Merged, Said
from hygiene.policy.configuration.team_rules import TeamRules
from hygiene.policy.nearest import suggestion
from hygiene.policy.problem import Complaint
from hygiene.policy.rules.catalogue import Catalogue, duplicates

_LIST = "`hygiene rule list` shows every rule"


class KnownRules(NamedTuple):
    """The ids that a configuration may name: those of the catalogue, and those of its own rule files, broken or not."""

    catalogue: Catalogue
    own: Collection[str]

    def wrong_with(self, rule_id: str) -> tuple[str, str] | None:
        """What is wrong with this id and what may be meant; None where there is such a rule."""
        if rule_id in self.catalogue or rule_id in self.own:
            return None
        near = self.catalogue.nearest(rule_id)
        return f"no rule is called {rule_id!r}", suggestion(rule_id, (*near, *self.own), _LIST)


def known_rules(catalogue: Catalogue, team: TeamRules) -> KnownRules:
    """The ids of the catalogue and of the team's files: a broken file is one problem, not one for each of its names."""
    names = {path.rpartition("/")[2].removesuffix(".toml") for path in team.paths}
    return KnownRules(catalogue, tuple(sorted(names | {said.value.id for said in team.rules})))


def disagreements(merged: Merged, known: KnownRules) -> Iterator[Complaint]:
    """Every one of them."""
    for rule in merged.table.overrides:
        wrong = known.wrong_with(rule)
        if wrong:
            said = merged.deciding(rule)
            yield said.file.complaint(said.key[:2], *wrong)
    for number, waiver in enumerate(merged.table.waivers):
        wrong = known.wrong_with(waiver.rule)
        if wrong:
            said = merged.said["waivers", number]
            yield said.file.complaint((*said.key, "rule"), *wrong)
    yield from _equal_waivers(merged)


def taken_ids(catalogue: Catalogue, team: TeamRules) -> Iterator[Complaint]:
    """The ids of a team's rules that another rule has."""
    return duplicates((*catalogue.rules, *catalogue.disabled, *(said.value for said in team.rules)))


def _equal_waivers(merged: Merged) -> Iterator[Complaint]:
    first: dict[tuple[object, ...], Said[object]] = {}
    for number, waiver in enumerate(merged.table.waivers):
        said = merged.said["waivers", number]
        known = first.setdefault((waiver.rule, waiver.path, waiver.blob), said)
        if known is not said:
            yield said.file.complaint(said.key, f"{known.place} waives the same", "one waiver for one thing")
