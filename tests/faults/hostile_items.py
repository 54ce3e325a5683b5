"""Ways in which a repository's configuration can have git start a program, each with a command that shows it."""

import os
import pty
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from fixtures.repositories import RepositoryBuilder

NONE: Mapping[str, str] = MappingProxyType({})


class Trap(NamedTuple):
    """A repository that holds `a.txt`, and the program that would leave a mark."""

    builder: RepositoryBuilder
    program: Path

    def git(self, *arguments: str, stdin: bytes = b"", variables: Mapping[str, str] = NONE) -> None:
        """Runs git as a user does who trusts the repository; whether it succeeds does not matter."""
        command, environment = ["git", *arguments], plain_environment(variables)
        subprocess.run(
            command, cwd=self.builder.path, input=stdin, capture_output=True, env=environment, check=False, timeout=30
        )

    def git_at_a_terminal(self, *arguments: str) -> None:
        """The same, with a terminal to print on."""
        ours, theirs = pty.openpty()
        environment = plain_environment({"TERM": "xterm"})
        subprocess.run(
            ["git", *arguments], cwd=self.builder.path, stdout=theirs, env=environment, check=False, timeout=30
        )
        os.close(theirs)
        os.close(ours)


class Item(NamedTuple):
    """One way: how it is planted, and which everyday command starts the program."""

    name: str
    plant: Callable[[Trap], None]
    fire: Callable[[Trap], None]


def plain_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """The user's environment, but for what would make the tests depend on the user."""
    nobody = {
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@b",
    }
    isolation = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}
    return {"PATH": os.environ["PATH"], **nobody, **isolation, **variables}


def _setting(name: str, prefix: str = "") -> Callable[[Trap], None]:
    return lambda trap: trap.builder.config(name, prefix + str(trap.program))


def _command(*arguments: str, stdin: bytes = b"") -> Callable[[Trap], None]:
    return lambda trap: trap.git(*arguments, stdin=stdin)


def _attribute(line: str, setting: str) -> Callable[[Trap], None]:
    def plant(trap: Trap) -> None:
        trap.builder.file(".gitattributes", f"*.txt {line}\n".encode())
        trap.builder.commit("attributes")
        trap.builder.check_out()
        trap.builder.config(setting, str(trap.program))
        _touch(trap)

    return plant


def _touch(trap: Trap) -> None:
    """Makes git look at the file's content again: the same bytes, another time."""
    os.utime(trap.builder.path / "a.txt", (1, 1))


def _changed(trap: Trap) -> None:
    _attribute("diff=evil", "diff.evil.command")(trap)
    (trap.builder.path / "a.txt").write_bytes(b"changed\n")


def _hooks(folder: str) -> Callable[[Trap], None]:
    def plant(trap: Trap) -> None:
        hooks = trap.builder.git_dir / folder
        hooks.mkdir(exist_ok=True)
        for name in ("post-index-change", "pre-commit", "post-checkout", "reference-transaction", "fsmonitor-watchman"):
            (hooks / name).symlink_to(trap.program)
        if folder != "hooks":
            trap.builder.config("core.hooksPath", str(hooks))

    return plant


def _promisor(*settings: tuple[str, str]) -> Callable[[Trap], None]:
    """An object that is not here and that a remote has promised."""

    def plant(trap: Trap) -> None:
        trap.builder.config("remote.origin.promisor", "true")
        for name, value in settings:
            trap.builder.config(name, value.format(program=trap.program, folder=trap.builder.path))
        trap.builder.lose("HEAD:lost.txt")

    return plant


def _signed(trap: Trap) -> None:
    who = "a <a@b> 1700000000 +0000"
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
    text = f"tree {trap.builder.id_of('HEAD^{tree}')}\nauthor {who}\ncommitter {who}\n{signature}\n\nsigned\n"
    commit = trap.builder.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=text.encode()).decode().strip()
    trap.builder.git("update-ref", "HEAD", commit)
    trap.builder.config("log.showSignature", "true")
    trap.builder.config("gpg.program", str(trap.program))


def _included(condition: str) -> Callable[[Trap], None]:
    def plant(trap: Trap) -> None:
        outside = trap.builder.path.parent / "outside.config"
        outside.write_text(f"[core]\n\tfsmonitor = {trap.program}\n")
        trap.builder.config(condition.format(git_dir=trap.builder.git_dir), str(outside))

    return plant


def _work_tree_configuration(trap: Trap) -> None:
    trap.builder.config("core.repositoryFormatVersion", "1")
    trap.builder.config("extensions.worktreeConfig", "true")
    (trap.builder.git_dir / "config.worktree").write_text(f"[core]\n\tfsmonitor = {trap.program}\n")


def _git_file(trap: Trap) -> None:
    trap.builder.config("core.fsmonitor", str(trap.program))
    elsewhere = trap.builder.git_dir.rename(trap.builder.path.parent / "elsewhere")
    (trap.builder.path / ".git").write_text(f"gitdir: {elsewhere}\n")


def _buried(trap: Trap) -> None:
    """A bare repository among the tracked files, with a configuration of its own."""
    config = f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = ..\n\tfsmonitor = {trap.program}\n"
    files = {"HEAD": "ref: refs/heads/main\n", "config": config, "objects/.keep": "", "refs/.keep": ""}
    for name, text in files.items():
        trap.builder.file(f"buried/{name}", text.encode())
    trap.builder.commit("buried")
    trap.builder.check_out()


_ON_STATUS = _command("status")
_ON_MISSING = _command("cat-file", "-p", "HEAD:lost.txt")
_ASKING = _command("credential", "fill", stdin=b"protocol=https\nhost=example.invalid\n\n")

ITEMS = (
    Item("fsmonitor", _setting("core.fsmonitor"), _ON_STATUS),
    Item("hooks", _hooks("hooks"), _command("commit", "--allow-empty", "-m", "x")),
    Item("hooks-path", _hooks("hooks-elsewhere"), _command("commit", "--allow-empty", "-m", "x")),
    Item("filter-clean", _attribute("filter=evil", "filter.evil.clean"), _ON_STATUS),
    Item("filter-process", _attribute("filter=evil", "filter.evil.process"), _ON_STATUS),
    Item("filter-smudge", _attribute("filter=evil", "filter.evil.smudge"), _command("checkout-index", "-f", "-a")),
    Item("textconv", _attribute("diff=evil", "diff.evil.textconv"), _command("log", "-p")),
    Item("diff-command", _changed, _command("diff")),
    Item("diff-external", _setting("diff.external"), _command("diff")),
    Item(
        "ssh-command",
        _promisor(("remote.origin.url", "ssh://example.invalid/x"), ("core.sshCommand", "{program}")),
        _ON_MISSING,
    ),
    Item(
        "remote-program",
        _promisor(("remote.origin.url", "ext::{program}"), ("protocol.ext.allow", "always")),
        _ON_MISSING,
    ),
    Item(
        "upload-pack",
        _promisor(
            ("remote.origin.url", "{folder}"),
            ("remote.origin.uploadpack", "{program}"),
            ("protocol.file.allow", "always"),
        ),
        _ON_MISSING,
    ),
    Item("pager", _setting("core.pager"), lambda trap: trap.git_at_a_terminal("log")),
    Item("pager-of-command", _setting("pager.ls-files"), lambda trap: trap.git_at_a_terminal("ls-files")),
    Item("alias", _setting("alias.cat-everything", "!"), _command("cat-everything")),
    Item("signature", _signed, _command("log")),
    Item("include", _included("include.path"), _ON_STATUS),
    Item("include-if", _included("includeIf.gitdir:{git_dir}.path"), _ON_STATUS),
    Item("work-tree-configuration", _work_tree_configuration, _ON_STATUS),
    Item("credential-helper", _setting("credential.helper", "!"), _ASKING),
    Item("ask-pass", _setting("core.askPass"), _ASKING),
    Item("editor", _setting("core.editor"), _command("commit", "--allow-empty")),
    Item("git-file", _git_file, _ON_STATUS),
    Item("buried-repository", _buried, _command("-C", "buried", "status")),
)
