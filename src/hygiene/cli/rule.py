"""`hygiene rule`: the catalogue for people, and the check of a rule file."""

from collections.abc import Iterator
from pathlib import Path

import click

from hygiene import wiring
from hygiene.adapters.discovery import Reader
from hygiene.audit.examples import mistakes
from hygiene.cli.options import rule_ids, rules_option
from hygiene.cli.terminal import say, write_out
from hygiene.errors import BrokenConfiguration, NotARepository, WrongExamples
from hygiene.model.rule import Category, Rule
from hygiene.policy.rules.catalogue import Catalogue
from hygiene.report.rule_page import rule_page
from hygiene.report.rule_table import rule_table


@click.group()
def rule() -> None:
    """Show the rules, explain one, or check a rule file."""


@rule.command("list")
@rules_option
@click.option(
    "--category", type=click.Choice([each.value for each in Category]), help="Only the rules of this category."
)
def list_rules(category: str | None, rules: tuple[Path, ...]) -> None:
    """List every rule: id, category, confidence of the name alone, disposition, summary."""
    chosen = [each for each in _here(rules).rules if category in (None, each.category)]
    write_out(rule_table(chosen))


@rule.command("explain")
@rules_option
@click.argument("rule_id", metavar="ID", shell_complete=rule_ids)
def explain(rule_id: str, rules: tuple[Path, ...]) -> None:
    """Explain one rule: what it meets, why that is no source, and what should become of it."""
    write_out(rule_page(_here(rules).get(rule_id)))


def _here(rules: tuple[Path, ...]) -> Catalogue:
    """The rules that an audit of the repository around us judges by; without one that can be, the built-in ones."""
    try:
        opened = wiring.repository(Path(), Reader.AUTO)
    except NotARepository:
        return wiring.catalogue(rules)
    try:
        return wiring.policy(opened, wiring.PolicySources(rules=rules)).catalogue
    except BrokenConfiguration:
        say("the configuration cannot be used, so these are the rules without it; `hygiene doctor` tells what is wrong")
        return wiring.catalogue(rules)


@rule.command("check")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE...")
def check(files: tuple[Path, ...]) -> None:
    """Check rule files: their form, and that their examples hold."""
    rules = wiring.rules_of(files)
    problems = [problem for each in rules for problem in mistakes(each)]
    if problems:
        raise WrongExamples(problems)
    write_out("".join(f"{line}\n" for line in _praise(rules)))


def _praise(rules: tuple[Rule, ...]) -> Iterator[str]:
    for each in rules:
        examples = len(each.examples.match) + len(each.examples.ignore)
        yield f"ok: {each.id} ({examples} examples hold)"
