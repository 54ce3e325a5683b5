"""The names of what lies beside an archive and proves it: what follows the archive's own name."""

MANIFEST_ENDING = ".manifest.json"
"""Of the manifest: every entry, and why it is there."""
CHECKSUM_ENDING = ".sha256"
"""Of the checksum, in the form of `sha256sum`."""
STATEMENT_ENDING = ".intoto.json"
"""Of the provenance statement."""
