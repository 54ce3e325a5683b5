"""How this machine stands for audits."""

from collections.abc import Iterator

from hygiene.model.condition import Condition, Standing, Topic
from hygiene.model.machine import Machine, Part

_OPTIONAL = frozenset({"python-magic"})
"""Without it there is no libmagic, of which another condition tells."""


def machine_conditions(machine: Machine) -> Iterator[Condition]:
    """The system, every part of the program, git, and the tiers of file typing in the order in which they are asked."""
    yield _of("system", Standing.FINE, machine.system)
    yield from map(_part, machine.parts)
    yield _git(machine.git)
    yield _of("signatures", Standing.FINE, "built in", "the first look at what content is: formats that begin alike")
    yield _libmagic(machine.libmagic)
    yield _of("nul-test", Standing.FINE, "built in", "the last look: whether content is text at all")


def _part(part: Part) -> Condition:
    if part.version is not None:
        return _of(part.name, Standing.FINE, f"{part.version} {part.place}".rstrip())
    if part.name in _OPTIONAL:
        return _of(part.name, Standing.NOTE, "not installed")
    means = "some commands or readers will fail without it"
    return _of(part.name, Standing.NOTE, part.trouble or "not installed", means, "Install repo-hygiene anew.")


def _git(git: Part) -> Condition:
    if git.version is not None:
        return _of("git", Standing.FINE, f"{git.version} at {git.place}")
    means = "libgit2 reads instead: slower, and not sparse or split indexes, sha256 or reftable repositories"
    says = f"does not work: {git.trouble}" if git.trouble else "no git program is on PATH"
    return _of("git", Standing.NOTE, says, means, "Install git.")


def _libmagic(libmagic: Part) -> Condition:
    if libmagic.version is not None:
        means = "the second look, in a process of its own: binary formats that have no signature of ours"
        return _of("libmagic", Standing.FINE, f"{libmagic.version} {libmagic.place}", means)
    means = "binary files without a signature of ours are only known to be binary, so fewer rules meet them"
    help_ = "Install python-magic and pylibmagic, or your system's libmagic."
    return _of("libmagic", Standing.NOTE, libmagic.trouble or "none can be loaded", means, help_)


def _of(what: str, standing: Standing, says: str, means: str = "", help_: str = "") -> Condition:
    return Condition(Topic.MACHINE, what, standing, says, means, help_)
