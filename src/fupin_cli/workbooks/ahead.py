"""Pieces that take time to make in; the same pieces out, each made while the one before is used."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial


def ahead(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces; the next is made in a thread meanwhile, so that cutting XML and packing it share two cores."""
    following = partial(next, iter(pieces), None)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(following)
        while (piece := waiting.result()) is not None:
            waiting = thread.submit(following)
            yield piece
