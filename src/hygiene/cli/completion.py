"""`hygiene completion`: the script that makes a shell complete our commands and options."""

import click
from click.shell_completion import get_completion_class

from hygiene.cli.terminal import write_out

_PROGRAM = "hygiene"
_VARIABLE = "_HYGIENE_COMPLETE"
"""What click looks for in the environment: made from the name of the program, and so the same for `git-hygiene`."""

_ALSO = {
    "bash": r"""
complete -o nosort -F _hygiene_completion git-hygiene

# Git's own completion calls this for `git hygiene`: the words after `hygiene` are those of the command.
_git_hygiene() {
    local before=${__git_cmd_idx:-1}
    local -a after=("${COMP_WORDS[@]:before+1}")
    local -a COMP_WORDS=(hygiene "${after[@]}")
    local COMP_CWORD=$((COMP_CWORD - before))
    _hygiene_completion git-hygiene
    COMPREPLY=("${COMPREPLY[@]/%/ }")  # git has bash add no space after a word
}
""",
    "zsh": r"""
compdef _hygiene_completion git-hygiene

# Git's own completion calls this for `git hygiene`, with the words from `hygiene` on.
_git-hygiene() { _hygiene_completion "$@" }
""",
    "fish": r"""
complete --no-files --command git-hygiene --arguments "(_hygiene_completion)";
""",
}
"""What click's script leaves out: the other names that the program goes by."""


@click.command(short_help="Print the script that completes commands in a shell.")
@click.argument("shell", type=click.Choice(list(_ALSO)))
def completion(shell: str) -> None:
    """Print the script that completes commands and options in a shell.

    Bash (4.4 or newer) and zsh read it with `source <(hygiene completion bash)` in the start-up file; fish with
    `hygiene completion fish | source`.
    """
    write_out(_script(shell))


def _script(shell: str) -> str:
    """Click's script for `hygiene`, and the lines that lend it to our other names."""
    kind = get_completion_class(shell)
    if kind is None:
        raise LookupError(shell)
    completer = kind(click.Command(_PROGRAM), {}, _PROGRAM, _VARIABLE)
    # Not `source()`: that starts a bash to ask for its version, and this may be written on another machine.
    return completer.source_template % completer.source_vars() + _ALSO[shell]
