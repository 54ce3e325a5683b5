"""The checksum beside an archive, as `sha256sum` writes and checks it."""

from hygiene.model.release import Written

_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r"})


def checksum_text(written: Written, name: str) -> str:
    """The one line that `sha256sum -c` reads in the archive's folder; bytes of `name` that are not UTF-8 are escaped.

    A name that would break the line is escaped as coreutils does it, with a backslash before the whole line. No name
    that a package gives its archive needs that; a file that the user names may.
    """
    escaped = name.translate(_ESCAPES)
    mark = "" if escaped == name else "\\"
    return f"{mark}{written.sha256}  {escaped}\n"
