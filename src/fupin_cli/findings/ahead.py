"""Steps in; the same steps out, each made in another thread while the one before is used."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Step = TypeVar("Step")

_TURN = 0.0002  # seconds; a thread back from the engine else waits 0.005 for Python's lock, query after query


def each_ahead(steps: Iterator[Step]) -> Iterator[Step]:
    """Yield each step; the engine is asked for the next one meanwhile."""
    with _short_turns(), ThreadPoolExecutor(1) as asking:
        upcoming = asking.submit(next, steps, None)
        while (step := upcoming.result()) is not None:
            upcoming = asking.submit(next, steps, None)
            yield step


@contextmanager
def _short_turns() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
