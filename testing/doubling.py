"""How the work on an input grows when its size doubles, in time of the processor."""

import gc
from collections.abc import Callable
from time import process_time
from typing import NamedTuple, TypeVar

T = TypeVar("T")

# Of work that takes less, the clock and what else the machine does tell more than the input.
_NOTICEABLE_SECONDS = 0.06
# Linear work takes twice the time; what is above takes more and more of it.
MOST = 2.3
# What else the machine does only ever slows a try down, so the quickest of some is the nearest to the work.
_TRIES = (2, 3, 6)
# A work that takes longer is not asked for more.
_ENOUGH_SECONDS = 2.0


class Growth(NamedTuple):
    """Seconds for an input of `size` and for one of twice the size."""

    size: int
    once: float
    twice: float

    @property
    def ratio(self) -> float:
        """2 for linear work, 4 for quadratic work; at most 2 where neither is noticeable."""
        return self.twice / self.once if self.twice > _NOTICEABLE_SECONDS / 2 else 0.0

    @property
    def is_linear(self) -> bool:
        """Whether twice the size takes at most `MOST` times the work."""
        return self.ratio <= MOST


def growth(work: Callable[[T], object], make: Callable[[int], T], least: int, most: int) -> Growth:
    """The growth at the first size, from `least` and at most `most`, at which the work is noticeable.

    `make` makes the input of a size. A growth that is too much is measured with more tries, and then for more:
    what looks at a part of the text only, a sentence or so many characters, is linear from there on.
    """
    # All that was there before is no garbage, and takes long to look through.
    gc.freeze()
    try:
        return _growth(work, make, least, most)
    finally:
        gc.unfreeze()


def _growth(work: Callable[[T], object], make: Callable[[int], T], least: int, most: int) -> Growth:
    size = least
    while _seconds(work, make(size)) < _NOTICEABLE_SECONDS / 2 and 2 * size < most:
        size *= 2
    while True:
        found = _measured(work, make, size)
        if found.is_linear or found.twice > _ENOUGH_SECONDS or 2 * size > most:
            return found
        size *= 2


def _measured(work: Callable[[T], object], make: Callable[[int], T], size: int) -> Growth:
    one, two = make(size), make(2 * size)
    found = Growth(size, float("inf"), float("inf"))
    for tries in _TRIES:
        for _ in range(tries):
            found = Growth(
                size, min(found.once, _seconds(work, one)), min(found.twice, _seconds(work, two))
            )
        if found.is_linear:
            break
    return found


def _seconds(work: Callable[[T], object], given: T) -> float:
    gc.collect()
    gc.disable()
    try:
        started = process_time()
        work(given)
        return process_time() - started
    finally:
        gc.enable()
