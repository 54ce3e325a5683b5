"""Waits for what should happen, and not for ever where it does not."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

from hygiene.adapters.background import fulfil

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """What the work returns or raises; `TimeoutError` where it takes longer. It does not keep the tests from ending."""
    promise: Future[T] = Future()
    Thread(target=fulfil, args=(promise, work), daemon=True).start()
    return promise.result(seconds)


def wait_until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    """Returns as soon as it is so. Raises `TimeoutError` where that takes longer."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.005)
