r"""One path as a line of the file that `git filter-repo --paths-from-file` reads.

The syntax, as git-filter-repo 2.47 reads it (`FilteringOptions.get_paths_from_file`): a line ends at `\n` and loses
every `\r` before that; empty ones and those that begin with `#` say nothing; `==>` splits it into an old and a new
name, whatever else it says; `regex:`, `glob:` and `literal:` at its beginning say what the rest is, and it is literal
otherwise. A literal also means all that lies below it; a regular expression is Python's on bytes, and searched for
anywhere in a path.
"""

import re

from hygiene.model.json_path import bytes_of
from hygiene.model.paths import RepoPath

_SPLITS = (b"\n", b"==>")
"""What no literal line can hold."""
_READS_AS_ELSE = (b"#", b"regex:", b"glob:", b"literal:")
"""How a literal line cannot begin."""
_UNSAFE = re.compile(rb"[^A-Za-z0-9_/]")


def path_line(path: RepoPath) -> bytes:
    """The line, with its line break, that means this path; and all that lies below it, where it was a folder once."""
    raw = bytes_of(path)
    if raw.endswith(b"\r") or any(part in raw for part in _SPLITS):
        return exact_path_line(path)
    return (b"literal:" if raw.startswith(_READS_AS_ELSE) else b"") + raw + b"\n"


def exact_path_line(path: RepoPath) -> bytes:
    """The line, with its line break, that means this path and nothing below it."""
    return rb"regex:\A" + _UNSAFE.sub(lambda found: b"\\x%02x" % found[0][0], bytes_of(path)) + rb"\Z" + b"\n"
