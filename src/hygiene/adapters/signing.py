"""Whether a commit is signed, and by which programs: the user's own, whatever the repository's configuration names."""

from collections.abc import Iterator, Sequence

from hygiene.adapters.personal_git import PersonalGit, Setting
from hygiene.adapters.process import GitFailed
from hygiene.errors import CommitFailed

_PROGRAMS = {
    ("gpg.program", "gpg.openpgp.program"): "gpg",
    ("gpg.x509.program",): "gpgsm",
    ("gpg.ssh.program",): "ssh-keygen",
    ("gpg.ssh.defaultkeycommand",): "false",
}
"""Every setting of git (2.50) that names a program which signing starts, and git's default; names in one key are one
setting, the first outdoing the others on the command line. The last has no default: `false` finds no key."""

_NOT_SET = 1
"""The status of `git config --get` for a name that nothing sets."""


def is_wanted(git: PersonalGit) -> bool:
    """Whether the configuration has commits signed, the repository's or the user's. Raises `GitFailed`."""
    try:
        return git.run("config", "--type=bool", "--get", "commit.gpgSign").strip() == b"true"
    except GitFailed as failure:
        if failure.exit_code == _NOT_SET:
            return False
        raise


def programs(settings: Sequence[Setting]) -> Iterator[str]:
    """What names each program that signing may start, for the command line: never one that the repository names.

    Raises:
        CommitFailed: the key would be an option to such a program.
    """
    key = next((setting.value for setting in reversed(settings) if setting.name == "user.signingkey"), None)
    if key is not None and key.startswith("-"):
        raise CommitFailed(f"the signing key {key!r} begins with a dash", "Set user.signingKey to a key or its file.")
    for names, default in _PROGRAMS.items():
        own = (setting.value for setting in reversed(settings) if setting.is_own and setting.name in names)
        chosen = next((value for value in own if value is not None), default)
        yield from (f"{name}={chosen}" for name in names)
