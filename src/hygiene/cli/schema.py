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
    "baseline": "hygiene.policy.baseline.shape:baseline_schema",
}


@click.command(short_help="Print the JSON Schema of a file that hygiene reads or writes.")
@click.argument("what", type=click.Choice(list(_SCHEMAS)), default="config", metavar=f"[{'|'.join(_SCHEMAS)}]")
def schema(what: str) -> None:
    """Print the JSON Schema of the configuration file, of a report or a plan in JSON, of receipts, or of a baseline."""
    write_out(loaded(_SCHEMAS[what], FunctionType)())
