"""Live work first: background translations wait while a live notice is in flight."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from shared.health import Health


class Priority:
    """Counts live notices in flight, and makes the background wait until there are none."""

    def __init__(self, health: Health) -> None:
        self._health = health
        self._live = 0
        self._no_live = asyncio.Event()
        self._no_live.set()

    @contextmanager
    def live(self) -> Iterator[None]:
        """Mark a live notice as in flight during this block."""
        self._live += 1
        self._no_live.clear()
        try:
            yield
        finally:
            self._live -= 1
            if not self._live:
                self._no_live.set()

    async def before_live_call(self) -> None:
        """Awaited before each engine call for live work; returns at once."""
        self._health.moved()

    async def before_background_call(self) -> None:
        """Wait until no live notice is in flight; awaited before each background call."""
        await self._no_live.wait()
        self._health.moved()
