"""The parts that the JSON reports about packages have in common."""

from collections import Counter
from collections.abc import Sequence

from hygiene.model.json_path import json_path
from hygiene.model.packaging import PackagePlan, Refusal, RefusalKind
from hygiene.release.manifest_shape import Package
from hygiene.report import shape_package as shape
from hygiene.report.json_parts import given
from hygiene.report.quoting import json_text


def package(plan: PackagePlan) -> Package:
    """What was asked for."""
    root = json_path(plan.root)
    return Package(
        name=json_text(plan.name),
        version=json_text(plan.version),
        target=None if plan.target is None else json_text(plan.target),
        root=root.text,
        root_b64=given(root.b64),
    )


def refusal(each: Refusal) -> shape.Refusal:
    """One thing that must not be."""
    path = json_path(each.path)
    return shape.Refusal(
        kind=each.kind,
        path=path.text,
        path_b64=given(path.b64),
        why=json_text(each.why),
        help=json_text(each.help),
        rule=given(json_text(each.rule) or None),
    )


def by_kind(refusals: Sequence[Refusal]) -> dict[str, int]:
    """How many there are of each kind that there is, in the order of the kinds."""
    number = Counter(each.kind for each in refusals)
    return {kind.value: number[kind] for kind in RefusalKind if number[kind]}
