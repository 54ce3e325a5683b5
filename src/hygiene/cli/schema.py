"""`hygiene schema`: the JSON Schemas, for editors and programs."""

import click

from hygiene.cli.terminal import write_out


@click.command()
@click.argument(
    "what", type=click.Choice(["config", "audit", "baseline"]), default="config", metavar="[config|audit|baseline]"
)
def schema(what: str) -> None:
    """Print the JSON Schema of the configuration file, of the report that `--format json` writes, or of a baseline."""
    write_out({"config": _config, "audit": _audit, "baseline": _baseline}[what]())


# Each is imported when somebody asks for it: each is made of types that the others have no use for.


def _config() -> str:
    from hygiene.policy.configuration.shape import config_schema  # noqa: PLC0415  # see above

    return config_schema()


def _audit() -> str:
    from hygiene.report.json_v1 import audit_schema  # noqa: PLC0415  # see above

    return audit_schema()


def _baseline() -> str:
    from hygiene.policy.baseline.shape import baseline_schema  # noqa: PLC0415  # see above

    return baseline_schema()
