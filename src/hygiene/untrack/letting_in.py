"""Ignore files that only this work tree has: they can let in again, here, what leaves."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hygiene.model.paths import ROOT, RepoPath, ancestors, folder_of, join
from hygiene.model.untracking import IgnorePlan, NotIgnored, OnDisk
from hygiene.patterns.ignore import IgnoreRules, parse_ignore_file
from hygiene.ports.checkout import Checkout
from hygiene.untrack.ignore_ground import ROOT_FILE, by_folder
from hygiene.untrack.ignore_text import changed_text
from hygiene.untrack.ignore_versions import IGNORE_FILE, LARGEST_IGNORE_FILE
from hygiene.untrack.scene import Chosen


def with_let_in(plan: IgnorePlan, checkout: Checkout, chosen: Chosen, files: Mapping[RepoPath, bytes]) -> IgnorePlan:
    """The plan, with every path that leaves and that an ignore file which is not tracked lets in, among `not_ignored`.

    `files` holds the tracked ignore files that stay. No line is written against others: who made them meant something.
    """
    untracked = dict(_untracked(checkout, chosen, files))
    if not untracked:
        return plan
    changed = {change.path: changed_text(change, files.get(change.path)) for change in plan.changes}
    texts = {**files, **changed, **untracked}
    rules = IgnoreRules(parse_ignore_file(path, text) for path, text in texts.items())
    told = {each.path for each in plan.not_ignored}
    leaving = [path for path in chosen.on_disk if path not in told]
    ignored = {path for path, _ in rules.ignored_files(by_folder(leaving))}
    let_in = [NotIgnored(path, _why(rules, path)) for path in leaving if path not in ignored]
    return replace(plan, not_ignored=sorted([*plan.not_ignored, *let_in]))


def _why(rules: IgnoreRules, path: RepoPath) -> str:
    found = rules.revived(path)
    return f"{found.source if found else 'an ignore file'}, which is not tracked, lets it in"


def _untracked(checkout: Checkout, chosen: Chosen, files: Mapping[RepoPath, bytes]) -> Iterator[tuple[RepoPath, bytes]]:
    """The ignore files on disk, at the top or above what leaves, that are not tracked or leave themselves.

    The root's own becomes tracked where the plan changes it, and is part of that change.
    """
    wanted = {join(folder, IGNORE_FILE) for folder in _folders_above(chosen.on_disk)} - files.keys() - {ROOT_FILE}
    for path, found in checkout.on_disk(sorted(wanted)).items():
        content = checkout.read_file(path, LARGEST_IGNORE_FILE) if found is OnDisk.FILE else None
        if content is not None:
            yield path, content


def _folders_above(paths: Iterable[RepoPath]) -> set[RepoPath]:
    folders = {folder_of(path) for path in paths}
    return {ROOT, *folders, *(above for folder in folders for above in ancestors(folder))}
