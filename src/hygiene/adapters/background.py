"""Work that goes on while something else is done."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread
from typing import Generic, TypeVar

from hygiene.errors import HygieneError

T = TypeVar("T")


class Begun(Generic[T]):
    """One piece of work in a thread that never keeps the program from ending."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._results: list[T] = []
        self._thread = Thread(target=self._try, daemon=True)
        self._thread.start()

    def result(self) -> T:
        """What the work returned, waited for. Work that failed is done once more here, where its error can be told."""
        self._thread.join()
        return self._results[0] if self._results else self._work()

    def _try(self) -> None:
        with suppress(HygieneError, OSError):  # it will be met again in `result`
            self._results.append(self._work())


def fulfil(promise: Future[T], work: Callable[[], T]) -> None:
    """Does the work here and now; what it returns or raises is for those who wait for the promise."""
    try:
        promise.set_result(work())
    except BaseException as failure:  # noqa: BLE001 - whatever it is, they must not wait for ever
        promise.set_exception(failure)
