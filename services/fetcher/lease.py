"""The lease to use the archives, which one fetcher holds at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from uuid import uuid4

import structlog

from services.fetcher.archive.gate import Pause
from services.fetcher.store.connection import Store
from services.fetcher.store.leases import Leases
from services.fetcher.store.pauses import Pauses
from shared.errors import DependencyDown
from shared.health import Health
from shared.loops import every

log = structlog.get_logger()

# As shares of the lease's duration: it expires earlier by the holder's clock than for the others,
# and is renewed long before that.
_OURS, _PROLONG = 0.8, 0.4
# How often another fetcher tries to take it, and its holder looks whether the work is still its own.
_POLL, _LOOK = 1 / 60, 1 / 10

Begin = Callable[[Mapping[str, Pause]], None]


class Lease:
    """Held while Kafka assigns the work to this fetcher and Postgres renews the lease.

    Kafka's assignment alone is not a fence: a process that was frozen resumes before it learns that
    its partitions belong to another. A lease that expires by the holder's own clock is one.
    """

    def __init__(
        self,
        owns: Callable[[], bool],
        store: Store,
        health: Health,
        seconds: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._owns = owns
        self._leases = Leases(store)
        self._pauses = Pauses(store)
        self._health = health
        self._seconds = seconds
        self._clock = clock
        self._holder = uuid4().hex
        self._until = 0.0
        self._taken = asyncio.Event()

    def held(self) -> bool:
        """Whether this fetcher may ask the archive now."""
        return self._clock() < self._until

    async def wait(self) -> None:
        """Return when it is held. Raises DependencyDown after the duration of a lease."""
        try:
            async with asyncio.timeout(self._seconds):
                while not self.held():
                    self._taken.clear()
                    await self._taken.wait()
        except TimeoutError:
            raise DependencyDown("lease", "standing by, another may hold the lease") from None

    async def run(self, begin: Begin, prepare: Callable[[], Awaitable[None]] | None = None) -> None:
        """Take, renew and release the lease until cancelled.

        `begin` is called with the last pause of each archive, by its name, whenever the lease is newly
        acquired, `prepare` before that.
        """

        async def poll() -> float | None:
            if prepare is not None and self._owns() and not self.held():
                await prepare()
            await self._poll(begin)
            return self._seconds * _LOOK if self.held() else None

        await every(self._seconds * _POLL, poll, self._health)

    async def end(self) -> None:
        """Release it, so that another need not wait for its expiry."""
        self._until = 0.0
        await self._leases.end(self._holder)

    async def _poll(self, begin: Begin) -> None:
        if not self._owns():
            if self._until:
                await self.end()
                log.info("standing by")
            return
        asked_at = self._clock()
        if self.held() and asked_at < self._until - self._seconds * (_OURS - _PROLONG):
            return
        if not await self._leases.take(self._holder, self._seconds):
            self._until = 0.0
            return
        if not self.held():
            begin(await self._pauses.last())
            log.info("lease acquired")
        self._until = asked_at + self._seconds * _OURS
        self._taken.set()
