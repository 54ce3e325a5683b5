"""A configuration file and all that it extends, in the order in which they count."""

from hygiene.errors import PolicyPathOutside, UnreadablePolicyFile
from hygiene.policy.configuration.discovery import absence
from hygiene.policy.configuration.file import ConfigFile, read_config
from hygiene.policy.problem import Complaint, Read
from hygiene.ports import PolicyFiles

MAX_DEPTH = 10
"""Files that extend one another, the first included."""
MAX_FILES = 32
"""Files in all."""


class Chain:
    """Files that extend one another, as far as they have been read.

    Attributes:
        sound: what is sound of each file, a file before those that extend it, each once.
        problems: everything that is wrong with them.
    """

    def __init__(self, files: PolicyFiles) -> None:
        self._files = files
        self._seen: set[str] = set()
        self.sound: list[ConfigFile] = []
        self.problems: list[Complaint] = []

    def add(self, path: str, read: Read[ConfigFile], above: tuple[str, ...] = ()) -> None:
        """Adds a file that was read from `path`, after all that it extends. `above` are the files that led here."""
        self._seen.add(path)
        self.problems += read.problems
        if read.sound is None:
            return
        for number, base in enumerate(read.sound.table.extend):
            wrong = self._add_base(read.sound.beside(base), (*above, path))
            if wrong:
                self.problems.append(read.sound.complaint(("extend", number), wrong, "a file of the repository"))
        self.sound.append(read.sound)

    def _add_base(self, path: str, above: tuple[str, ...]) -> str:
        """Adds one base; returns what is wrong with naming it here, or nothing."""
        if path in self._seen and path not in above:
            return ""
        excess = self._excess(path, above)
        if excess:
            return excess
        try:
            read = read_config(self._files, path)
        except (PolicyPathOutside, UnreadablePolicyFile) as trouble:
            return trouble.message
        if not read.is_there:
            return f"{path} {absence(path)}"
        self.add(path, read, above)
        return ""

    def _excess(self, path: str, above: tuple[str, ...]) -> str:
        """Why following this path would not come to an end soon; nothing where it does."""
        if path in above:
            return f"goes round in a circle: {' > '.join((*above[above.index(path) :], path))}"
        if len(above) >= MAX_DEPTH:
            return f"is one file too deep: at most {MAX_DEPTH} extend one another"
        return f"is one file too many: at most {MAX_FILES} count" if len(self._seen) >= MAX_FILES else ""
