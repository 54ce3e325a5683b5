"""Puts the commands where a shell finds them, without an installation: as hooks, pipelines and people call them."""

import os
import sys
from pathlib import Path

from tests.e2e.command import SOURCE, environment

NAMES = ("hygiene", "git-hygiene")


def programs(folder: Path) -> Path:
    """A folder that holds the commands of this checkout, and the Python that runs them."""
    folder.mkdir(parents=True)
    for name in NAMES:
        script = folder / name
        script.write_text(f'#!/bin/sh\nPYTHONPATH="{SOURCE}" exec "{sys.executable}" -P -m hygiene "$@"\n')
        script.chmod(0o755)
    (folder / "python").symlink_to(sys.executable)
    return folder


def with_programs(folder: Path, **more: str) -> dict[str, str]:
    """A user's environment in which the commands of `folder` come first."""
    given = environment(**more)
    del given["PYTHONPATH"]
    return given | {"PATH": f"{folder}{os.pathsep}{given['PATH']}"}


def network() -> dict[str, str]:
    """What pip needs of this machine's environment to reach its package index."""
    names = ("PIP_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE")
    return {name: value for name, value in os.environ.items() if name.upper().startswith(names)}
