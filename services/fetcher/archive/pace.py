"""A rate limiter: one request per interval, by priority."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from time import monotonic

_MINUTE = 60.0


class Priority(IntEnum):
    """Which requests go first when several wait."""

    LIVE = 0
    BACKLOG = 1


class Pace:
    """Grants slots at an even interval, without bursts: unused slots are not saved up.

    A slot lasts until the answer has arrived; at most `at_once` are in use or waited for. Without
    that limit, requests that wait for a connection after their slot would go out in a burst.
    """

    def __init__(self, per_second: float, at_once: int) -> None:
        self._interval = 1 / per_second
        self._at_once = asyncio.Semaphore(at_once)
        self._granted: deque[float] = deque()
        self._waiting: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._order = count()
        self._timer: asyncio.TimerHandle | None = None
        self._next_at: float | None = None

    def skip_interval(self) -> None:
        """Grant no slot for one interval: another fetcher may just have used one."""
        loop = asyncio.get_running_loop()
        self._next_at = max(loop.time() + self._interval, self._next_at or 0.0)

    def used(self) -> float:
        """Slots used in the last minute, as a share of those available."""
        self._forget(monotonic())
        return len(self._granted) * self._interval / _MINUTE

    @asynccontextmanager
    async def slot(self, priority: Priority) -> AsyncIterator[None]:
        """Wait for a slot: by priority, then first come, first served.

        The very first slot is granted after one interval.
        """
        async with self._at_once:
            await self._wait_for_slot(priority)
            yield

    async def _wait_for_slot(self, priority: Priority) -> None:
        loop = asyncio.get_running_loop()
        if self._next_at is None:
            self.skip_interval()
        slot = loop.create_future()
        heappush(self._waiting, (priority, next(self._order), slot))
        self._wake(loop)
        await slot

    def _wake(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._timer is None and self._waiting and self._next_at is not None:
            self._timer = loop.call_at(self._next_at, self._grant, loop)

    def _grant(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        while self._waiting:
            _, _, slot = heappop(self._waiting)
            # A cancelled waiter does not use its slot.
            if not slot.done():
                slot.set_result(None)
                self._forget(now := monotonic())
                self._granted.append(now)
                self._next_at = loop.time() + self._interval
                break
        self._wake(loop)

    def _forget(self, now: float) -> None:
        while self._granted and self._granted[0] < now - _MINUTE:
            self._granted.popleft()
