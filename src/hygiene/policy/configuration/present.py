"""Which configuration files lie at a root, whether or not they can be used."""

from hygiene.errors import PolicyPathOutside, UnreadablePolicyFile
from hygiene.policy.configuration.discovery import NAMES
from hygiene.policy.configuration.file import read_config
from hygiene.ports import PolicyFiles


def configurations(files: PolicyFiles) -> tuple[str, ...]:
    """The names of those that are there and speak to us, be they broken, in the order in which they are looked for."""
    return tuple(name for name in NAMES if _is_there(files, name))


def _is_there(files: PolicyFiles, name: str) -> bool:
    try:
        return read_config(files, name).is_there
    except (PolicyPathOutside, UnreadablePolicyFile):  # a pipe, a folder, a symlink that leads away
        return True
