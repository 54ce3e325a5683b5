"""An identifier of content without libmagic."""

from collections.abc import Sequence

from hygiene.adapters.nul_test import identify_by_nul_test
from hygiene.adapters.signatures import identify_by_signature
from hygiene.ports import MediaType


class FakeMediaTypes:
    """The signature table and the NUL test; `breaking` content breaks it, as other content may break libmagic."""

    def __init__(self, breaking: bytes | None = None) -> None:
        self._breaking = breaking

    def identify(self, heads: Sequence[bytes]) -> list[MediaType | None]:
        """One answer for each head, in order; None for those that hold `breaking`."""
        return [self._identify(head) for head in heads]

    def _identify(self, head: bytes) -> MediaType | None:
        if self._breaking and self._breaking in head:
            return None
        return identify_by_signature(head) or identify_by_nul_test(head)
