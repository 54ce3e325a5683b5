"""Finds out what this machine brings to an audit: versions, the git program, and a libmagic that is really tried."""

import platform
from importlib import metadata
from pathlib import Path

from hygiene import __version__
from hygiene.adapters.magic_process import WORKER, MagicProcess
from hygiene.adapters.magic_worker import ABOUT, bundled_folder
from hygiene.adapters.process import Git, GitFailed, find_git
from hygiene.model.machine import Machine, Part

_LIBRARIES = ("click", "msgspec", "tomlkit", "tabulate", "wcwidth", "pygit2", "python-magic")

_TRIAL = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"
_EXPECTED = "image/png"


def this_machine() -> Machine:
    """What is here now. Starts git once and libmagic's worker twice; raises nothing for what is not there."""
    return Machine(
        system=f"{platform.system()} {platform.release()}, {platform.machine()}",
        parts=(
            Part("hygiene", __version__),
            Part("python", platform.python_version(), platform.python_implementation()),
            *map(_library, _LIBRARIES),
            _libgit2(),
        ),
        git=_git(),
        libmagic=_libmagic(),
    )


def _library(name: str) -> Part:
    try:
        return Part(name, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Part(name, None)


def _libgit2() -> Part:
    try:
        import pygit2  # noqa: PLC0415 - its C library may not load here, which is worth telling
    except ImportError as failure:
        return Part("libgit2", None, trouble=str(failure))
    return Part("libgit2", pygit2.LIBGIT2_VERSION)


def _git() -> Part:
    program = find_git()
    if program is None:
        return Part("git", None)
    try:
        said = Git(program, Path(program.anchor)).run("version").decode("utf-8", "replace").strip()
    except GitFailed as failure:
        return Part("git", None, str(program), failure.message)
    return Part("git", said.removeprefix("git version "), str(program))


def _libmagic() -> Part:
    answer = _asked(MagicProcess(), _TRIAL)
    if answer is None:
        return Part("libmagic", None)
    if not answer.startswith(_EXPECTED):
        return Part("libmagic", None, trouble=f"it calls a PNG image {answer or 'nothing'}")
    version, _, file = (_asked(MagicProcess((*WORKER, ABOUT)), b"") or "").partition(" ")
    bundled = bundled_folder()
    is_bundled = bundled is not None and Path(file).is_relative_to(bundled)
    return Part("libmagic", version or "?", f"from {'pylibmagic' if is_bundled else 'the system'}")


def _asked(worker: MagicProcess, head: bytes) -> str | None:
    """The worker's answer; None where there is no worker."""
    try:
        return (worker.ask(head) or "") if worker.ready() else None
    finally:
        worker.stop()
