"""Writes docs/man/ from the commands, or with --check says whether it is up to date.

One page a command, as git does it: `hygiene-audit(1)` is the page of `hygiene audit`, and tells its sub-commands too.
`git-hygiene(1)` tells the same as `hygiene(1)`, so that `git hygiene --help` finds a page.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

import generated_pages
from hygiene import __version__
from hygiene.cli.main import hygiene
from hygiene.errors import ExitStatus

FOLDER = Path(__file__).parents[1] / "docs" / "man"

_WIDEST = 60
"""Characters of a choice that stands beside its option: the tag of a paragraph is not broken into lines."""

_STATUSES = {
    ExitStatus.CLEAN: "Nothing that fails the audit, and everything was read.",
    ExitStatus.FINDINGS: "There are findings that fail the audit.",
    ExitStatus.USAGE: "The command line, a configuration or rule file, or a revision cannot be used.",
    ExitStatus.NOTHING_TO_AUDIT: "There is nothing to audit: not a repository, or no commit and an empty index.",
    ExitStatus.INCOMPLETE: "Nothing failed, but something could not be read.",
    ExitStatus.REFUSED: "Refused: nothing was changed that must not be, and no archive may be released that must not.",
    ExitStatus.BUG: "A bug in hygiene; the message names a file to send.",
    ExitStatus.INTERRUPTED: "Interrupted; nothing was left half-written.",
}


def pages() -> dict[str, str]:
    """Every page by its file name."""
    top = hygiene.context_class(hygiene, info_name="hygiene", **hygiene.context_settings)
    own = {f"hygiene-{context.info_name}.1": _page(context, f"hygiene-{context.info_name}") for context in _below(top)}
    return own | {f"{name}.1": _page(top, name) for name in ("hygiene", "git-hygiene")}


def _below(context: click.Context) -> Iterator[click.Context]:
    """A context for each sub-command that is shown, in the order of the help."""
    group = context.command
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            yield click.Context(command, info_name=name, parent=context)


def _page(context: click.Context, name: str) -> str:
    lines = [
        f'.TH {_roff(name.upper())} 1 "" "hygiene {_roff(__version__)}" "Hygiene Manual"',
        ".SH NAME",
        f"{_roff(name)} \\- {_roff(_summary(context.command))}",
        *_synopsis(context),
        ".SH DESCRIPTION",
        *_description(context.command),
        ".SH OPTIONS",
        *_options(context),
        *_commands(context),
        *_exit_status(),
        *_see_also(context),
    ]
    return "\n".join(lines) + "\n"


def _summary(command: click.Command) -> str:
    """The first sentence of the help, as whatis(1) wants it: without a full stop."""
    first = (command.help or "").partition("\n\n")[0]
    sentence = re.split(r"(?<=[.:])\s", " ".join(first.split()))[0]
    return sentence.rstrip(".:")


def _synopsis(context: click.Context) -> Iterator[str]:
    yield ".SH SYNOPSIS"
    # The commands below `hygiene` have pages of their own; those below another group are told on its page.
    told_here = list(_below(context)) if context.parent is not None else []
    for number, each in enumerate(told_here or [context]):
        if number:
            yield ".br"
        yield f".B {_roff(each.command_path)}"
        yield _roff(" ".join(each.command.collect_usage_pieces(each)))


def _description(command: click.Command) -> Iterator[str]:
    paragraphs = (command.help or "").split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        if number:
            yield ".PP"
        yield _text(paragraph)


def _options(context: click.Context) -> Iterator[str]:
    """What the help says of each option; of a positional argument the description speaks."""
    for option in context.command.get_params(context):
        if isinstance(option, click.Option) and not option.hidden:
            yield from _option(option, context)


def _option(option: click.Option, context: click.Context) -> Iterator[str]:
    """A tagged paragraph: the names in bold, what the option takes in italics, and what it does."""
    _, meaning = option.get_help_record(context) or ("", "")
    takes = "" if option.is_flag else option.make_metavar(context)
    if isinstance(option.type, click.Choice) and len(takes) > _WIDEST:
        takes = option.human_readable_name.upper()
        meaning += f" One of {', '.join(map(str, option.type.choices))}."
    names = f"\\fB{_roff(', '.join(option.opts))}\\fR"
    yield from (".TP", f"{names} \\fI{_roff(takes)}\\fR" if takes else names, _text(meaning))


def _commands(context: click.Context) -> Iterator[str]:
    below = list(_below(context))
    if below:
        yield ".SH COMMANDS"
    for each in below:
        if context.parent is None:
            yield from (".TP", f".BR {_page_name(each)} (1)", _text(_summary(each.command) + "."))
        else:
            yield from _subcommand(each)


def _subcommand(context: click.Context) -> Iterator[str]:
    yield f".SS {_roff(context.command_path)}"
    yield from _description(context.command)
    yield from _options(context)


def _exit_status() -> Iterator[str]:
    yield ".SH EXIT STATUS"
    for status, meaning in _STATUSES.items():
        yield from (".TP", f".B {int(status)}", _text(meaning))


def _see_also(context: click.Context) -> Iterator[str]:
    top = context.find_root()
    others = [each for each in (top, *_below(top)) if each.command is not context.command]
    yield ".SH SEE ALSO"
    references = [f".BR {_page_name(each)} (1)" for each in others]
    yield from (f"{reference} ," for reference in references)
    yield ".BR git (1)"


def _page_name(context: click.Context) -> str:
    return _roff(context.command_path.replace(" ", "-"))


def _text(paragraph: str) -> str:
    """A paragraph on one line, which no first letter makes a request."""
    text = _roff(" ".join(paragraph.split()))
    return f"\\&{text}" if text.startswith((".", "'")) else text


def _roff(text: str) -> str:
    """Text that roff shows as it is: hyphens that can be copied, and nothing that it takes for an escape."""
    return text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("'", "\\(aq")


if __name__ == "__main__":
    sys.exit(generated_pages.main(FOLDER, pages()))
