"""`python -m benchmarks NAME`: runs one benchmark and prints its table."""

import argparse
import sys
from pathlib import Path

from benchmarks import tracked


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = parser.add_subparsers(dest="name", required=True)
    command = names.add_parser("tracked", help="the default audit of the index beside check-added-large-files")
    command.add_argument("repository", nargs="?", type=Path, help="an existing repository; built if left out")
    command.add_argument("--files", type=int, nargs="+", default=[100_000, 200_000, 400_000], help="sizes to build")
    command.add_argument("--runs", type=int, default=5, help="counted runs of each command, after one that is not")
    given = parser.parse_args()
    sys.stdout.writelines(f"{line}\n" for line in tracked.run(given.repository, given.files, given.runs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
