"""Joins what the statistics of a history need."""

from hygiene.adapters.git_files import common_dir
from hygiene.adapters.object_store import DiskObjectStore
from hygiene.history.statistics import Measured, statistics
from hygiene.model.history import RootsAsked
from hygiene.model.statistics import HistoryStatistics
from hygiene.wiring.history import BegunReading, Historian


def history_statistics(historian: Historian, asked: RootsAsked, top: int) -> HistoryStatistics:
    """The whole table, with the `top` worst blobs and paths. Raises what reading a history raises."""

    def add_up(begun: BegunReading) -> HistoryStatistics:
        reading = begun.finish()
        historian.progress.step("adding up")
        store = DiskObjectStore(common_dir(historian.opened.facts.git_dir) / "objects")
        measured = Measured(historian.opened, reading.history, reading.ever.index, store, reading.roots.commits)
        found = statistics(measured, top, reading.ever.gaps)
        historian.progress.done()
        return found

    return historian.with_reading(asked, add_up)
