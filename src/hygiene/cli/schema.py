"""`hygiene schema`: the JSON Schemas, for editors and programs."""

from types import FunctionType

import click

from hygiene.cli.terminal import write_out
from hygiene.loading import loaded

# Each is made of types that the others have no use for.
_SCHEMAS = {
    "config": "hygiene.policy.configuration.shape:config_schema",
    "audit": "hygiene.report.json_v1:audit_schema",
    "history": "hygiene.report.history_json:history_schema",
    "history-stats": "hygiene.report.stats_json:stats_schema",
    "purge": "hygiene.report.purge_json:purge_schema",
    "untrack-plan": "hygiene.report.untrack_json:untrack_schema",
    "untrack-receipts": "hygiene.report.receipts_json:receipts_schema",
    "package": "hygiene.report.package_manifest:package_schema",
    "package-plan": "hygiene.report.package_json:package_plan_schema",
    "package-diff": "hygiene.report.package_diff_json:package_diff_schema",
    "package-verify": "hygiene.report.verify_json:package_verify_schema",
    "baseline": "hygiene.policy.baseline.shape:baseline_schema",
}


@click.command(short_help="Print the JSON Schema of a file that hygiene reads or writes.")
@click.argument("what", type=click.Choice(list(_SCHEMAS)), default="config", metavar="[WHAT]")
def schema(what: str) -> None:
    """Print the JSON Schema of the configuration, of a report or plan in JSON, of receipts, a manifest or a baseline.

    WHAT is one of config (the default), audit, history, history-stats, purge, untrack-plan, untrack-receipts, package,
    package-plan, package-diff, package-verify and baseline.
    """
    write_out(loaded(_SCHEMAS[what], FunctionType)())
