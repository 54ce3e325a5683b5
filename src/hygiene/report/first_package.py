"""The `[package]` that `hygiene package --init` proposes, as text to append to a configuration.

A suggestion is a line that begins with `#` and no space: the text can be read as it is, and with all of them taken in.
"""

from collections.abc import Iterator, Sequence

from hygiene.policy.toml.toml_string import toml_string
from hygiene.release.proposal import Proposal, Proposed
from hygiene.report.quoting import shown
from hygiene.report.toml_notes import SUGGESTIONS, toml_note
from hygiene.report.wording import counted

_MOST_NAMES = 40


def first_package(proposal: Proposal, above: Sequence[str] = ()) -> str:
    """The text; `above` is the table that holds our settings: `tool.hygiene` in `pyproject.toml`.

    Every line of it is free of control characters. Where nothing is to be proposed, all of it is a comment.
    """
    lines = [*_head(proposal, above), *_include(proposal), *_exclude(proposal), *_left_out(proposal)]
    return "".join(f"{line}\n" for line in lines)


def _head(proposal: Proposal, above: Sequence[str]) -> Iterator[str]:
    yield from toml_note(
        "What a release archive holds, as `hygiene package` makes it: what is named here, and nothing else.",
        "Proposed by the names at the root of the repository; read it before you ship by it.",
        SUGGESTIONS,
    )
    yield _unless_empty(proposal, f"[{'.'.join((*above, 'package'))}]")
    yield from _name(proposal)


def _name(proposal: Proposal) -> Iterator[str]:
    told = proposal.told
    if told is not None:
        yield from toml_note(f"The archive's name before its version; without this line it is as {told.file} says.")
        yield f"#name = {toml_string(told.text)}"
        return
    yield from toml_note(
        "The archive's name before its version. The project's metadata say none that an archive can have."
    )
    own = toml_string(proposal.name or "name")
    yield f"name = {own}" if proposal.name and proposal.include else f"#name = {own}"


def _include(proposal: Proposal) -> Iterator[str]:
    if not proposal.include:
        yield from toml_note("Nothing was seen at the root that a release should surely hold.")
    yield from toml_note(
        "Patterns in gitignore syntax from the repository's root. One that matches nothing is an error."
    )
    if proposal.denied is not None:
        held = counted(proposal.denied.files, "file")
        yield from toml_note(
            f"Below these {'is' if proposal.denied.files == 1 else 'are'} {held} that no release may hold, such as",
            f"{shown(proposal.denied.example)}. `hygiene package` refuses as long as one is in the commit: untrack it",
            "with `hygiene untrack` instead of excluding it, or say with `hygiene waive` why it is meant to ship.",
        )
    yield _unless_empty(proposal, "include = [")
    yield from (f"  {_line(each)}" for each in proposal.include)
    if proposal.optional:
        yield "  # What only some releases hold:"
        yield from (f"  #{_line(each)}" for each in proposal.optional)
    yield _unless_empty(proposal, "]")


def _line(proposed: Proposed) -> str:
    files = f": {counted(proposed.files, 'file')}" if proposed.pattern.endswith("/") else ""
    return f"{toml_string(proposed.pattern)},  # {proposed.part.value}{files}"


def _exclude(proposal: Proposal) -> Iterator[str]:
    excluding = proposal.denied.excluding if proposal.denied is not None else ()
    yield from toml_note("What of that stays out all the same, in the same syntax.")
    if not excluding:
        yield '# An example: exclude = ["*.psd"]'
        return
    yield from toml_note("What tests need holds some of the files that no release may hold; a release can do without.")
    yield f"#exclude = [{', '.join(map(toml_string, excluding))}]"


def _left_out(proposal: Proposal) -> Iterator[str]:
    names = proposal.left_out
    if names:
        more = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
        yield from toml_note(f"At the root and not proposed: {', '.join(map(shown, names[:_MOST_NAMES]))}{more}.")


def _unless_empty(proposal: Proposal, line: str) -> str:
    """A package that includes nothing would be a mistake, so that it is only a suggestion."""
    return line if proposal.include else f"#{line}"
