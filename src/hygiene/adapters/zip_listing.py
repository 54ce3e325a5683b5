"""Lists a zip by its directory, and holds each entry's header and place to what that says."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import BinaryIO

from hygiene.adapters.archive_caps import MAX_NAME, room_for
from hygiene.adapters.archive_flaws import Flawed, bomb, broken, text_of, too_much
from hygiene.adapters.zip_end import Directory, find_directory
from hygiene.adapters.zip_entries import (
    flaws_of_header,
    flaws_of_record,
    is_accounted_for,
    kind_of,
    mode_of,
    resolved,
)
from hygiene.adapters.zip_records import Record, read_header, read_records
from hygiene.adapters.zip_unpacking import Spot, unpacked
from hygiene.errors import BrokenArchive
from hygiene.model.packaging import Refusal
from hygiene.ports.archive import Member, MemberKind

_OWNER_MAY_RUN = 0o100


class ZipLook:
    """One look at a zip's directory and headers.

    Attributes:
        members: in the directory's order.
        refusals: first that of the whole archive, if there is one, then those of its entries.
        spots: where the entries are that can be read, by their number; none where the whole archive is refused.
    """

    def __init__(self, file: BinaryIO, size: int) -> None:
        """Looks at once. Raises `OSError` where the file cannot be read, and nothing else."""
        self._file = file
        self._size = size
        self._records: list[Record] = []
        self._flaws: dict[int, list[Refusal]] = defaultdict(list)
        self._of_all: list[Refusal] = []
        self._targets: dict[int, str] = {}
        self.spots: dict[int, Spot] = {}
        self._read()
        self.members: Sequence[Member] = list(map(self._member, range(len(self._records))))
        of_entries = (refusal for number in sorted(self._flaws) for refusal in self._flaws[number])
        self.refusals: Sequence[Refusal] = [*self._of_all, *of_entries]

    def _read(self) -> None:
        try:
            directory = find_directory(self._file, self._size)
            self._read_records(directory)
            self._hold_to_size()
            self._look_at_headers(directory)
        except Flawed as flaw:
            self._of_all.append(flaw.refusal)
            self.spots.clear()
        else:
            self._read_targets()

    def _member(self, number: int) -> Member:
        record = self._records[number]
        is_executable = bool(mode_of(record) & _OWNER_MAY_RUN)
        target = self._targets.get(number, "")
        return Member(self._name(number), kind_of(record), record.extents.unpacked, is_executable, target)

    def _name(self, number: int) -> str:
        record = self._records[number]
        return text_of(record.name.rstrip(b"/") if kind_of(record) is MemberKind.FOLDER else record.name)

    def _refuse(self, number: int, why: str) -> None:
        refusal = broken(why, self._name(number))
        if refusal not in self._flaws[number]:
            self._flaws[number].append(refusal)

    def _read_records(self, directory: Directory) -> None:
        for number, record in enumerate(read_records(self._file, directory)):
            if len(record.name) > MAX_NAME:
                raise Flawed(bomb(f"a name in it has {len(record.name):,} bytes"))
            self._records.append(resolved(record)._replace(fields=b""))
            for why in flaws_of_record(record):
                self._refuse(number, why)

    def _hold_to_size(self) -> None:
        if sum(record.extents.unpacked for record in self._records) > room_for(self._size):
            raise Flawed(too_much(self._size))

    def _look_at_headers(self, directory: Directory) -> None:
        """Every byte before the directory must belong to one entry, and to one only."""
        order = sorted(range(len(self._records)), key=lambda number: self._records[number].start)
        starts = [*(self._records[number].start for number in order), directory.at]
        if starts[0] > 0:
            raise Flawed(broken("something stands before its first entry"))
        for number, (_, limit) in zip(order, pairwise(starts), strict=True):
            self._look_at_header(number, min(limit, directory.at), directory.at)

    def _look_at_header(self, number: int, limit: int, directory: int) -> None:
        record = self._records[number]
        header = read_header(self._file, record.start, directory)
        if header is None:
            self._refuse(number, "its data are not where the directory says")
            return
        end = header.data + record.extents.packed
        if end > limit:
            self._flaws[number].append(bomb("its data overlap with what comes next in the archive", self._name(number)))
            return
        for why in flaws_of_header(record, header):
            self._refuse(number, why)
        if not is_accounted_for(self._file, record, end, limit - end):
            self._refuse(number, "something that belongs to no entry follows it")
        if number not in self._flaws:
            self.spots[number] = Spot(header.data, record.method, record.extents)

    def _read_targets(self) -> None:
        for number, record in enumerate(self._records):
            if kind_of(record) is MemberKind.SYMLINK and number in self.spots:
                try:
                    self._targets[number] = text_of(b"".join(unpacked(self._file, self.spots[number], "")))
                except BrokenArchive as flaw:
                    self._refuse(number, flaw.reason)
                    del self.spots[number]
