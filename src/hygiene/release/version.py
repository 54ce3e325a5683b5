"""What a release is called: its name and its version, from what the user, tags and metadata say."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hygiene.errors import BadPackageName, NoPackage, SeveralVersions
from hygiene.model.packaging import PackageSettings
from hygiene.model.release_name import LONGEST, is_release_name
from hygiene.release.metadata import Metadata, Told

_DIGITS_OF_COMMIT = 12
_PLACES = ("refs/tags/", "tags/")
_WORDS = "release|version"
"""What tags put before a version, beside the package's own name."""
_AT_THE_END = re.compile(r"[-_/@]v?([0-9][A-Za-z0-9.+]*(?:[-_][A-Za-z0-9.+_-]+)?)$", re.ASCII)


class Clues(NamedTuple):
    """What a version may be told by.

    Attributes:
        asked: the version that the user gave, if any.
        revision: the revision as the user named it.
        tags: the tags that lead to the commit, without `refs/tags/`.
        elsewhere: those that lead to others.
        name: the package's, as tags may begin with it.
    """

    asked: str | None
    revision: str
    tags: Sequence[str]
    elsewhere: Sequence[str]
    name: str
    metadata: Metadata
    commit: str


class Version(NamedTuple):
    """A version that an archive's name can be made of; the note says what a reader should know, if anything."""

    text: str
    note: str = ""


def version_of(clues: Clues) -> Version:
    """The version by the first that tells it: the user, the tag that they named, any tag, metadata, the commit.

    Raises:
        BadPackageName: no archive can have that version.
        SeveralVersions: tags tell different ones.
    """
    version = _version_of(clues)
    if not is_release_name(version.text):
        raise BadPackageName("version", _start(version.text))
    return version


def release_name(settings: PackageSettings, target: str | None, metadata: Metadata) -> str:
    """What the archive is called before its version; `target` is the name of the `[package.targets.…]`, if it is one.

    Raises:
        BadPackageName: no archive can have that name.
        NoPackage: nothing says a name.
    """
    name = settings.name or _name_by(metadata, target)
    if not is_release_name(name):
        raise BadPackageName("name", _start(name))
    return name


def version_by_tag(tag: str, name: str) -> str | None:
    """The version that a tag of this package reads as: `1.2` of `v1.2`, `release-1.2`, `name-1.2`, `name/v1.2`."""
    found = re.fullmatch(
        rf"(?:(?:{re.escape(name)}|{_WORDS})[-_/@]v?|v\.?)([0-9][A-Za-z0-9._+-]*)|([0-9]+(?:[.-][0-9][A-Za-z0-9._+-]*)?)",
        tag,
        re.IGNORECASE | re.ASCII,
    )
    return None if found is None else found[1] or found[2]


def _version_of(clues: Clues) -> Version:
    if clues.asked is not None:
        return Version(clues.asked)
    by_tag = _version_by_tags(clues)
    told = clues.metadata.version
    if by_tag is not None:
        return Version(by_tag, _difference(by_tag, told))
    return _version_by_commit(clues.commit) if told is None else Version(told.text, _taken(told.text, clues))


def _version_by_tags(clues: Clues) -> str | None:
    tag = _without_place(clues.revision)
    if tag in clues.tags:  # whoever names a tag means what it says, whatever stands before the version
        named = version_by_tag(tag, clues.name) or _last_version(tag)
        if named is not None:
            return named
    told = dict(_told_by(clues.tags, clues.name))
    fullest = max(told.values(), key=len, default=None)
    if any(not f"{fullest}.".startswith(f"{each}.") for each in told.values()):  # beside v1.2.3 may stand v1 and v1.2
        raise SeveralVersions(sorted(told))
    return fullest


def _told_by(tags: Sequence[str], name: str) -> Iterator[tuple[str, str]]:
    for tag in tags:
        version = version_by_tag(tag, name)
        if version is not None:
            yield tag, version


def _last_version(tag: str) -> str | None:
    found = _AT_THE_END.search(tag)
    return None if found is None else found[1]


def _taken(version: str, clues: Clues) -> str:
    """What is to be said of a commit after, or beside, the one that was released with the same version."""
    taken = [tag for tag, told in _told_by(clues.elsewhere, clues.name) if told == version]
    return f"version {version} is that of the tag {taken[0]}, which is another commit" if taken else ""


def _without_place(revision: str) -> str:
    return next((revision.removeprefix(place) for place in _PLACES if revision.startswith(place)), revision)


def _difference(version: str, told: Told | None) -> str:
    if told is None or told.text == version:
        return ""
    return f"the tag says version {version}, {told.file} says {_start(told.text)}: the tag's counts"


def _version_by_commit(commit: str) -> Version:
    version = f"0+g{commit[:_DIGITS_OF_COMMIT]}"
    return Version(version, f"no tag and no metadata tell a version: it is {version}, unless --version says another")


def _name_by(metadata: Metadata, target: str | None) -> str:
    if metadata.name is None:
        raise NoPackage("the archive has no name", 'Set one under [package] in the configuration: name = "…".')
    return metadata.name.text if target is None else f"{metadata.name.text}-{target}"


def _start(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
