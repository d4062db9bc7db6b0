"""Live work first: what is in the background waits while a live notice is in hand."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from shared.health import Health


class Turns:
    """Counts live notices in hand, and lets the background wait until there are none."""

    def __init__(self, health: Health) -> None:
        self._health = health
        self._live = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    @contextmanager
    def live(self) -> Iterator[None]:
        """While a live notice is in hand."""
        self._live += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._live -= 1
            if not self._live:
                self._quiet.set()

    async def of_live(self) -> None:
        """Awaited before each chunk of live work: it may go on at once."""
        self._health.moved()

    async def of_background(self) -> None:
        """Awaited before each chunk in the background: it goes on when no live work is in hand."""
        await self._quiet.wait()
        self._health.moved()
