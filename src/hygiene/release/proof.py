"""What lies beside an archive and proves it: by what follows the archive's own name."""

MANIFEST_ENDING = ".manifest.json"
"""Of the manifest: every entry, and why it is there."""
CHECKSUM_ENDING = ".sha256"
"""Of the checksum, in the form of `sha256sum`."""
STATEMENT_ENDING = ".intoto.json"
"""Of the provenance statement."""

ENDINGS = (MANIFEST_ENDING, CHECKSUM_ENDING, STATEMENT_ENDING)
"""Of all that may lie beside an archive."""

DEFAULT_BUILDER = "https://github.com/OWNER/hygiene"
"""Who is said to have built an archive if nobody says otherwise: this program."""
