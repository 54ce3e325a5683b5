"""What packaging tools put into the distributions that they build, and no release lacks."""

import re

from hygiene.model.verification import ArchiveKind
from hygiene.release.denial import Exempt

_METADATA_RULES = frozenset({"python-package-metadata", "python-installed-package"})

_OWN = {
    # https://packaging.python.org/en/latest/specifications/source-distribution-format/; setuptools adds its folder
    ArchiveKind.SDIST: re.compile(r"(src/|lib/)?[^/]+\.egg-info/[^/]+"),
    # https://packaging.python.org/en/latest/specifications/binary-distribution-format/
    ArchiveKind.WHEEL: re.compile(r"[^/]+\.dist-info/.+"),
}


def own_metadata(kind: ArchiveKind) -> Exempt:
    """Tells which files are what makes the archive a distribution, where a repository should not hold them.

    Only rules about such metadata are silent: a database in there is a database.
    """
    own = _OWN.get(kind)
    return lambda rule, path: rule in _METADATA_RULES and own is not None and own.fullmatch(path) is not None
