"""`python -m benchmarks NAME`: runs one benchmark and prints its table."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import formats, history, package, staged, tracked, untrack


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = parser.add_subparsers(dest="name", required=True)
    command = names.add_parser("tracked", help="the default audit of the index beside check-added-large-files")
    command.add_argument("repository", nargs="?", type=Path, help="an existing repository; built if left out")
    command.add_argument("--files", type=int, nargs="+", default=[100_000, 200_000, 400_000], help="sizes to build")
    command = names.add_parser("staged", help="the audit of what is staged beside git's own listing of it")
    command.add_argument("--files", type=int, default=100_000, help="size of the repository to build")
    command = names.add_parser("formats", help="what all formats together add to an audit with 20,000 findings")
    command.add_argument("--files", type=int, default=100_000, help="size of the repository to build")
    command = names.add_parser("history", help="the audit of the whole history beside git log and git-filter-repo")
    command.add_argument("repository", type=Path, help="an existing repository; it is not changed")
    command.add_argument(
        "--slow", action="store_true", help="also git-filter-repo --analyze and the libgit2 reader, once"
    )
    command = names.add_parser("untrack", help="untracking half of a repository beside git rm --cached")
    command.add_argument("--files", type=int, default=100_000, help="size of the repository to build")
    command.add_argument("--slow", action="store_true", help="also git rm with every file's name, once")
    command = names.add_parser("package", help="packing all of a commit beside git archive, and a file of 1 GiB")
    command.add_argument("repository", type=Path, help="an existing repository; it is not changed")
    for each in names.choices.values():
        each.add_argument("--runs", type=int, default=5, help="counted runs of each command, after one that is not")
    sys.stdout.writelines(f"{line}\n" for line in _lines(parser.parse_args()))
    return 0


def _lines(given: argparse.Namespace) -> Iterator[str]:
    match given.name:
        case "tracked":
            return tracked.run(given.repository, given.files, given.runs)
        case "staged":
            return staged.run(given.files, given.runs)
        case "history":
            return history.run(given.repository, given.runs, with_slow=given.slow)
        case "untrack":
            return untrack.run(given.files, given.runs, with_slow=given.slow)
        case "package":
            return package.run(given.repository, given.runs)
        case _:
            return formats.run(given.files, given.runs)


if __name__ == "__main__":
    sys.exit(main())
