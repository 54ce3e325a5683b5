"""Adding up what findings cost: each blob once, however many paths, rules or commits speak of it."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from hygiene.history.books import Books
from hygiene.model.days import day
from hygiene.model.finding import Finding
from hygiene.model.history import Version
from hygiene.model.past import Account, Accounts, Growth
from hygiene.model.paths import BlobId, name_of


class Item(NamedTuple):
    """One version of a path, one finding that was made of it, and the author of the commit that introduced it."""

    finding: Finding
    version: Version
    author: str


def account_for(findings: Iterable[Finding], books: Books) -> Accounts:
    """What these findings, each of a path and all its versions, cost."""
    items = [
        Item(finding, version, books.commit(version.commit).author)
        for finding in findings
        for version in books.versions.get(finding.path, ())
    ]
    return Accounts(
        total=_account("", items, books),
        by_category=_accounts(items, lambda item: item.finding.category, books),
        by_rule=_accounts(items, lambda item: item.finding.rule, books),
        by_folder=_accounts(items, _top_folder, books),
        by_extension=_accounts(items, _extension, books),
        by_author=_accounts(items, lambda item: item.author, books),
        growth=_growth(items, books),
    )


def _accounts(items: Sequence[Item], key_of: Callable[[Item], str], books: Books) -> Sequence[Account]:
    by_key: dict[str, list[Item]] = {}
    for item in items:
        by_key.setdefault(key_of(item), []).append(item)
    accounts = (_account(key, some, books) for key, some in by_key.items())
    return sorted(accounts, key=lambda account: (-account.stored, -account.size, account.key))


def _account(key: str, items: Sequence[Item], books: Books) -> Account:
    paths = {item.version.path for item in items}
    sizes = {item.version.blob: item.version.size for item in items}
    stored = {blob: books.stored[blob] for blob in sizes if blob in books.stored}
    return Account(
        key=key,
        paths=len(paths),
        blobs=len(sizes),
        size=sum(size for size in sizes.values() if size is not None),
        stored=sum(stored.values()),
        reclaimable=sum(size for blob, size in stored.items() if not books.is_held_beside(paths, blob)),
        unsized=sum(blob not in stored for blob in sizes),
    )


def _growth(items: Sequence[Item], books: Books) -> Sequence[Growth]:
    firsts: dict[tuple[str, BlobId], Version] = {}
    for item in items:
        key = str(item.finding.category), item.version.blob
        known = firsts.get(key)
        if known is None or item.version.time < known.time:
            firsts[key] = item.version
    months: dict[tuple[str, str], list[Version]] = {}
    for (category, _), version in firsts.items():
        months.setdefault((day(version.time)[:7], category), []).append(version)
    return [_month(month, category, versions, books) for (month, category), versions in sorted(months.items())]


def _month(month: str, category: str, versions: Sequence[Version], books: Books) -> Growth:
    size = sum(version.size or 0 for version in versions)
    return Growth(month, category, size, sum(books.stored.get(version.blob, 0) for version in versions))


def _top_folder(item: Item) -> str:
    folder, slash, _ = item.version.path.partition("/")
    return folder if slash else ""


def _extension(item: Item) -> str:
    name = name_of(item.version.path)
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""
