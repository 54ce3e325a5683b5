"""A commit that is packaged, or that an archive is compared with."""

from typing import NamedTuple

from hygiene.model.inventory import Inventory
from hygiene.model.packaging import Source


class Listed(NamedTuple):
    """A commit, and all that it holds."""

    source: Source
    inventory: Inventory
