"""How much an archive of unknown origin may be before it is not read any further.

Every cap is far above what releases are, and far below what brings a machine down.
"""

CHUNK = 64 << 10
"""Bytes that are read, unpacked or handed on at once."""

MAX_ENTRIES = 500_000
"""Entries; the largest source trees that are public hold about that many. Each takes some 300 bytes of memory here."""

MAX_HEADERS = 2 * MAX_ENTRIES
"""Headers of a tar, with those that only say more about the next one: skipping them takes time, if no memory."""

MAX_DIRECTORY = 128 << 20
"""Bytes of all names and what goes with them: of a zip's directory, of a tar's names and targets."""

MAX_NAME = 4096
"""Bytes of one name or link target; no system takes longer ones (Linux: PATH_MAX)."""

MAX_EXTENSION = 1 << 20
"""Bytes of one header of a tar that says more about the next one; pax headers can hold attributes of a few KiB."""

MAX_UNPACKED = 64 << 30
"""Bytes that an archive may unpack to."""

SMALL = 256 << 20
"""Bytes that an archive may unpack to however small it is: text of one letter is no attack."""

MAX_RATIO = 200
"""Beyond `SMALL`, how many times its own size an archive may unpack to; deflate reaches 1,032, source some 5."""

MAX_STREAMS = 100_000
"""Compressed streams one after the other in one file; each begins anew, which takes time."""

MAX_WINDOW_LOG = 27
"""Base-2 logarithm of the memory that unpacking zstd may take: 128 MiB, what `zstd` itself allows."""


def room_for(archive: int) -> int:
    """Bytes that an archive of so many bytes may unpack to."""
    return min(MAX_UNPACKED, max(SMALL, MAX_RATIO * archive))
