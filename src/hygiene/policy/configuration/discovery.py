"""Where the configuration is: the file that was named, or the one that lies at the root."""

from hygiene.errors import BrokenConfiguration, PolicyPathOutside, UnreadablePolicyFile
from hygiene.policy.configuration.file import PYPROJECT, ConfigFile, read_config
from hygiene.policy.problem import Complaint, Read, problem_texts
from hygiene.ports import PolicyFiles

NAMES = ("hygiene.toml", ".hygiene.toml", PYPROJECT)
"""What a configuration file at the root may be called; only one of them may be there."""


def discover(files: PolicyFiles, given: str | None) -> tuple[str, Read[ConfigFile]] | None:
    """The path of the configuration file and what came of it; None where no file was named and none is there.

    Raises:
        BrokenConfiguration: the named file says nothing to us, several are there, or one cannot be read.
    """
    return _found(files) if given is None else (given, _named(files, given))


def _named(files: PolicyFiles, path: str) -> Read[ConfigFile]:
    read = _read(files, path)
    if not read.is_there:
        raise BrokenConfiguration([f"{files.origin(path)} {absence(path)}"])
    return read


def configurations(files: PolicyFiles) -> tuple[str, ...]:
    """The names of those at the root that speak to us, be they broken, in the order in which they are looked for."""
    return tuple(name for name in NAMES if _read(files, name).is_there)


def absence(path: str) -> str:
    """What is wrong with a path at which `read_config` finds nothing."""
    is_shared = path.rpartition("/")[2] == PYPROJECT
    return "is not there, or has no [tool.hygiene]" if is_shared else "is not there"


def _found(files: PolicyFiles) -> tuple[str, Read[ConfigFile]] | None:
    there = [(name, read) for name in NAMES if (read := _read(files, name)).is_there]
    if len(there) > 1:
        *others, last = (str(files.origin(name)) for name, _ in there)
        names = f"{', '.join(others)} and {last} {'both' if len(there) == 2 else 'all'}"
        problems = problem_texts(problem for _, read in there for problem in read.problems)
        raise BrokenConfiguration([f"{names} configure the audit; keep one of them", *problems])
    return there[0] if there else None


def _read(files: PolicyFiles, path: str) -> Read[ConfigFile]:
    try:
        return read_config(files, path)
    except (PolicyPathOutside, UnreadablePolicyFile) as trouble:
        return Read(None, (Complaint(files.origin(path), f"{trouble.message}; {trouble.hint}"),))
