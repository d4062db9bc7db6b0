"""What takes long to find out and may be a little old."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """A value that is found out again once it is so many seconds old. All who ask at a time wait for the first;
    while it is found out again, they get the old one, but for who finds it out.
    """

    def __init__(
        self,
        find: Callable[[], Awaitable[T]],
        seconds: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._find = find
        self._seconds = seconds
        self._clock = clock
        self._lock = asyncio.Lock()
        self._known: tuple[T, float] | None = None

    async def __call__(self) -> T:
        """The value. Raises what finding it out raises, and keeps nothing then."""
        if self._known is not None and self._lock.locked():
            return self._known[0]
        async with self._lock:
            if self._known is None or self._clock() - self._known[1] > self._seconds:
                self._known = await self._find(), self._clock()
            return self._known[0]
