"""From an inventory to a report: the steps of `docs/design.md`, "The way of a path"."""
