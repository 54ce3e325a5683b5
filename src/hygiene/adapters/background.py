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
    with _HandingOn(promise):
        promise.set_result(work())


class _HandingOn(Generic[T]):
    """Nothing that a thread meets is lost or shown here: it is raised where the promise is asked for."""

    def __init__(self, promise: Future[T]) -> None:
        self._promise = promise

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, failure: BaseException | None, trace: object) -> bool:
        """Whatever it is, they must not wait for ever."""
        if failure is not None:
            self._promise.set_exception(failure)
        return True
