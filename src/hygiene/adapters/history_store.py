"""The database of a history index on its way from the file to memory and back."""

from hygiene.adapters.history_database import Database, NotThisSchema
from hygiene.adapters.history_place import Place
from hygiene.adapters.history_recording import forget_all_passing, forget_history, forget_sights
from hygiene.errors import BrokenIndex


class Store:
    """Reads from the kept file as long as nothing is to be changed, and from a copy in memory afterwards.

    Attributes:
        database: where to ask.
        notes: what a person should know.
        is_changed: there is something to keep.
    """

    def __init__(self, place: Place | None) -> None:
        self.notes: list[str] = []
        self._place = self._admitted(place)
        kept = self._kept()
        self.database = kept or Database.empty()
        self.is_changed = False
        self._is_private = kept is None
        self._is_keepable = True  # until it is known that what it was copied from was damaged
        self._is_closed = False

    def settle(self, made_by: str, shallow_state: str) -> None:
        """Forgets what was true for other settings only: what another maker saw, the changes of another cut.

        Where history is cut a commit counts as having no parents, and so as introducing all that it holds.
        """
        settings = {"made_by": (made_by, forget_sights), "shallow": (shallow_state, forget_history)}
        known = dict(self.database.rows("SELECT key, value FROM meta"))
        for key, (value, forget) in settings.items():
            if known.get(key) != value:
                forget(self.to_change())
                self.database.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)

    def to_change(self) -> Database:
        """The database, in memory by now."""
        if not self._is_private:
            kept, self.database = self.database, self.database.copy()
            self._is_keepable = kept.is_sound and self._place is not None and self._place.is_ours()
            kept.close()
            self._is_private = True
        return self.database

    def close(self) -> None:
        """Puts what is new in the place of what was kept; a note tells if it cannot be."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            if self.is_changed and self._is_keepable and self._place is not None and self.database.is_sound:
                forget_all_passing(self.database)
                self._note_unkept(self._place.replace(self.database.save_to))
        finally:
            self.database.close()

    def _admitted(self, place: Place | None) -> Place | None:
        if place is None or not place.refusal():
            return place
        self._note_unkept(place.refusal())
        return None

    def _kept(self) -> Database | None:
        """What the file holds; None where it holds nothing of ours."""
        if self._place is None or self._place.is_empty():
            return None
        if not self._place.is_ours():
            self.notes.append(
                f"the history index {self._place.file} is damaged or was made by somebody else;"
                " it is not used, and will be replaced"
            )
            return None
        try:
            return Database.kept(self._place.file)
        except (NotThisSchema, BrokenIndex):
            self.notes.append(f"the history index {self._place.file} is of another version, and will be replaced")
            return None

    def _note_unkept(self, reason: str) -> None:
        if reason:
            self.notes.append(f"what is known of the history cannot be kept for the next time: {reason}")
