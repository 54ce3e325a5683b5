"""Which names no archive may hold: those that lead elsewhere, that lie, or that some systems cannot keep apart."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from hygiene.model.json_path import bytes_of
from hygiene.model.packaging import Names, Refusal, RefusalKind
from hygiene.model.paths import ancestors

_LONGEST_PATH = 4096
_LONGEST_NAME = 255
"""Bytes: what Linux holds; Windows and macOS hold as much in characters."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DRIVE = re.compile(r"[A-Za-z]:")
_MISLEADING = re.compile(
    r"[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
"""Characters without a width, and those that turn the direction of what follows: a name that is not what it seems."""

_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(\..*)?", re.IGNORECASE)
"""Source: https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file"""

_INVISIBLE_ON_HFS = re.compile(r"[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
"""What macOS leaves out when it compares names; so does Git before it looks for `.git`."""
_GIT_FOLDER = re.compile(r"(\.git|git~[0-9]+)[ .]*(:.*)?", re.IGNORECASE)

_PLAIN = re.compile(
    r"(?:(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])[./])[a-z0-9_+-](?:[a-z0-9_+.-]*[a-z0-9_+-])?/)+", re.IGNORECASE
)
"""What nearly all paths are, with a slash at their end: nothing else needs to be asked about them."""
_LONGEST_PLAIN = 200

_RENAME = "Rename it, or exclude it."
_DO_NOT_UNPACK = "Nothing that a commit holds has such a name unless somebody made it so: look at where it comes from."
_AMBIGUOUS = "Which of them counts depends on who unpacks it."


def refused_names(paths: Sequence[str], names: Names) -> Iterator[Refusal]:
    """What is wrong with each of the paths alone, and with those that meet each other. A path may be told of twice."""
    for path in paths:
        if len(path) > _LONGEST_PLAIN or not _PLAIN.fullmatch(f"{path}/"):
            yield from _refused_alone(path, names)
    yield from _repeated(paths)
    yield from _below_files(frozenset(paths))
    if names is Names.PORTABLE:
        yield from _colliding(dict.fromkeys(paths))


def refused_folders(folders: Iterable[str], files: Container[str], names: Names) -> Iterator[Refusal]:
    """What is wrong with entries that are folders: they may be repeated, and may not be files at the same time."""
    for folder in dict.fromkeys(folders):
        yield from _refused_alone(folder, names)
        if folder in files:
            yield Refusal(RefusalKind.DUPLICATE, folder, "it is a folder and a file", _AMBIGUOUS)


def _refused_alone(path: str, names: Names) -> Iterator[Refusal]:
    unsafe = _unsafe(path)
    if unsafe is not None:
        yield Refusal(RefusalKind.UNSAFE_PATH, path, unsafe, _DO_NOT_UNPACK)
        return
    unportable = _unportable(path) if names is Names.PORTABLE else _too_long(path)
    if unportable is not None:
        help_text = f'{_RENAME} `names = "any"` under [package] lets in what only some systems can hold.'
        yield Refusal(RefusalKind.UNPORTABLE_NAME, path, unportable, help_text)


def _unsafe(path: str) -> str | None:
    return next((says for says, is_so in _UNSAFE.items() if is_so(path)), None)


def _leaves_or_wanders(path: str) -> bool:
    return any(part in ("", ".", "..") for part in path.split("/"))


def _is_in_git_folder(path: str) -> bool:
    return any(_GIT_FOLDER.fullmatch(_INVISIBLE_ON_HFS.sub("", part)) for part in path.split("/"))


def _is_not_utf8(path: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in path)


_UNSAFE: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "its path is absolute": lambda path: path.startswith("/"),
        "it holds a backslash, which separates folders on Windows": lambda path: "\\" in path,
        "it begins with a drive letter": _DRIVE.match,
        "its path leaves its folder, or is not written the one way that it should be": _leaves_or_wanders,
        "it holds a control character": _CONTROL.search,
        "it is not UTF-8, so every system would give it another name": _is_not_utf8,
        "it holds characters that cannot be seen or turn the direction of the text": _MISLEADING.search,
        "it would be written into a Git directory": _is_in_git_folder,
    }
)


def _unportable(path: str) -> str | None:
    parts = path.split("/")
    if any(_NOT_ON_WINDOWS.search(part) for part in parts):
        return 'it holds a character that Windows does not allow: one of < > : " | ? *'
    if any(part.endswith((" ", ".")) for part in parts):
        return "a part of it ends with a blank or a dot, which Windows drops"
    if any(_DEVICE.fullmatch(part) for part in parts):
        return "a part of it is the name of a device on Windows"
    return _too_long(path)


def _too_long(path: str) -> str | None:
    if len(bytes_of(path)) > _LONGEST_PATH or any(len(bytes_of(part)) > _LONGEST_NAME for part in path.split("/")):
        return f"it is longer than systems allow: {_LONGEST_PATH} bytes, and {_LONGEST_NAME} for each part"
    return None


def _repeated(paths: Iterable[str]) -> Iterator[Refusal]:
    seen: set[str] = set()
    for path in paths:
        if path in seen:
            yield Refusal(RefusalKind.DUPLICATE, path, "it is there more than once", _AMBIGUOUS)
        seen.add(path)


def _below_files(paths: frozenset[str]) -> Iterator[Refusal]:
    """Paths below something that is no folder: through a symlink they would be written anywhere."""
    for path in sorted(paths):
        above = next((folder for folder in ancestors(path) if folder in paths), None)
        if above is not None:
            yield Refusal(RefusalKind.BELOW_FILE, path, f"it lies below {above}, which is no folder", _DO_NOT_UNPACK)


def _colliding(paths: Iterable[str]) -> Iterator[Refusal]:
    """Paths that are one file, or a file and a folder, where case or Unicode normalisation does not count."""
    first: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        other = first.setdefault(_folded(path), path)
        if other != path:
            yield _collision(path, other)
        for folder in ancestors(path):
            folders.setdefault(_folded(folder), folder)
    for key in first.keys() & folders.keys():
        if first[key] != folders[key]:
            yield _collision(first[key], folders[key])


def _collision(path: str, other: str) -> Refusal:
    is_case = unicodedata.normalize("NFC", path) != unicodedata.normalize("NFC", other)
    kind = RefusalKind.CASE_COLLISION if is_case else RefusalKind.UNICODE_COLLISION
    says = "differs only in case from" if is_case else "looks the same as"
    return Refusal(kind, path, f"{says} {other}: many systems can hold only one of them", _RENAME)


def _folded(path: str) -> str:
    return path.casefold() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
