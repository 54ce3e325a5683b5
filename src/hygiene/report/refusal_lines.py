"""Why an archive is not written, or not trusted, for people: by kind, each with what it is about and what helps."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from hygiene.model.packaging import Refusal, RefusalKind
from hygiene.report.quoting import plain
from hygiene.report.wording import counted, located

_NAMED = 20  # refusals of one kind that are told one by one
_OF_A_RULE = 3  # of them at least, where many rules have a say
_HELPS = 3  # next steps of one kind
_LONGEST_PATH = 72  # columns, so that the reason behind it is not lost
_INDENT = "  "

KINDS: Mapping[RefusalKind, tuple[str, str]] = MappingProxyType(
    {
        RefusalKind.DENIED: ("denied file", "denied files"),
        RefusalKind.CREDENTIAL: ("credential", "credentials"),
        RefusalKind.TOO_LARGE: ("file over the cap", "files over the cap"),
        RefusalKind.LFS_POINTER: ("LFS pointer", "LFS pointers"),
        RefusalKind.MISSING: ("missing object", "missing objects"),
        RefusalKind.GITLINK: ("submodule", "submodules"),
        RefusalKind.SYMLINK: ("symlink", "symlinks"),
        RefusalKind.LEAVING_SYMLINK: ("symlink that leads to nothing inside", "symlinks that lead to nothing inside"),
        RefusalKind.SPECIAL_FILE: ("special file", "special files"),
        RefusalKind.UNSAFE_PATH: ("unsafe path", "unsafe paths"),
        RefusalKind.UNPORTABLE_NAME: ("unportable name", "unportable names"),
        RefusalKind.CASE_COLLISION: ("name that differs in case only", "names that differ in case only"),
        RefusalKind.UNICODE_COLLISION: ("name that only looks different", "names that only look different"),
        RefusalKind.DUPLICATE: ("name that is there twice", "names that are there twice"),
        RefusalKind.BELOW_FILE: ("entry below a file", "entries below files"),
        RefusalKind.BOMB: ("cap that is passed", "caps that are passed"),
        RefusalKind.BROKEN: ("broken part", "broken parts"),
        RefusalKind.UNLISTED: ("unlisted entry", "unlisted entries"),
        RefusalKind.LACKING: ("lacking entry", "lacking entries"),
        RefusalKind.CHANGED: ("changed entry", "changed entries"),
    }
)
"""What one refusal, and what several of a kind, are called."""


def refusal_lines(refusals: Sequence[Refusal]) -> Iterator[str]:
    """The lines, safe to print and not yet broken to a width: kinds in the order in which they come first.

    Long lists are cut and say so; each next step is told once.
    """
    kinds: dict[RefusalKind, list[Refusal]] = {}
    for each in refusals:
        kinds.setdefault(each.kind, []).append(each)
    for kind, alike in kinds.items():
        yield f"{counted(len(alike), *KINDS[kind])}:"
        yield from (_INDENT + line for line in _of_kind(alike))


def _of_kind(alike: Sequence[Refusal]) -> Iterator[str]:
    some = _some_of_each_rule(alike)
    yield from (located(each.path, plain(each.why), _LONGEST_PATH) for each in some)
    if rest := len(alike) - len(some):
        yield f"and {rest:,} more; --format json lists all"
    helps = list(dict.fromkeys(each.help for each in alike if each.help))
    yield from (f"help: {plain(text)}" for text in helps[:_HELPS])
    if len(helps) > _HELPS:
        yield f"help: and {counted(len(helps) - _HELPS, 'next step')} more of that kind"


def _some_of_each_rule(alike: Sequence[Refusal]) -> Sequence[Refusal]:
    """All of a few; of many some that each rule denies, so that none hides behind the files of another."""
    if len(alike) <= _NAMED:
        return alike
    by_rule: dict[str, list[Refusal]] = {}
    for each in alike:
        by_rule.setdefault(each.rule, []).append(each)
    share = max(_OF_A_RULE, _NAMED // len(by_rule))
    return [each for those in by_rule.values() for each in those[:share]]
