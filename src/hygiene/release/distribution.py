"""What packaging tools put into the distributions that they build, and no release lacks."""

import re

from hygiene.model.finding import Finding
from hygiene.model.verification import ArchiveKind

_METADATA_RULES = frozenset({"python-package-metadata", "python-installed-package"})

_OWN = {
    # https://packaging.python.org/en/latest/specifications/source-distribution-format/; setuptools adds its folder
    ArchiveKind.SDIST: re.compile(r"(src/|lib/)?[^/]+\.egg-info/[^/]+"),
    # https://packaging.python.org/en/latest/specifications/binary-distribution-format/
    ArchiveKind.WHEEL: re.compile(r"[^/]+\.dist-info/.+"),
}


def is_own_metadata(finding: Finding, kind: ArchiveKind) -> bool:
    """Whether the file is what makes the archive a distribution, where a repository should not hold it."""
    own = _OWN.get(kind)
    return finding.rule in _METADATA_RULES and own is not None and own.fullmatch(finding.path) is not None
