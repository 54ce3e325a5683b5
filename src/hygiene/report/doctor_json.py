"""What `hygiene doctor` found, as JSON of the schema `hygiene.doctor/1`."""

from collections.abc import Sequence
from typing import Final

from hygiene.errors import ExitStatus
from hygiene.model.condition import Condition
from hygiene.report.ascii_json import encoded
from hygiene.report.quoting import json_text

SCHEMA_NAME: Final = "hygiene.doctor/1"


def render_doctor_json(conditions: Sequence[Condition], status: ExitStatus) -> str:
    """Every condition in its order, and the status that the command ends with."""
    told = [
        {
            "topic": each.topic.value,
            "what": json_text(each.what),
            "standing": each.standing.value,
            "says": json_text(each.says),
            "means": json_text(each.means),
            "help": json_text(each.help),
        }
        for each in conditions
    ]
    return encoded({"schema": SCHEMA_NAME, "status": int(status), "conditions": told})
