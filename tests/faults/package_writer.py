"""The program that `test_killed_package` kills: it packs a commit, puts the archive in place, and says what it does."""

import sys
from pathlib import Path

from tests.packing import begin


def main() -> None:
    """Packs the repository named first into the folder named second."""
    place, folder = map(Path, sys.argv[1:])
    draft = begin(place, folder)
    _say("writing")
    written = draft.finish()
    _say("publishing")
    draft.publish(folder / "demo.zip", {".sha256": written.sha256.encode(), ".manifest.json": b"{}"})
    draft.discard()
    _say("done")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
