"""Publishes what is due by the tables: a wait is a row."""

import asyncio
from abc import ABC, abstractmethod

from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from shared.delivery.publisher import Publisher
from shared.health import Health
from shared.loops import every


class Due(ABC):
    """Looks when `wake` is set, and every `schedule_seconds` for what another indexer has written."""

    def __init__(
        self, settings: IndexerSettings, store: Store, publisher: Publisher, health: Health
    ) -> None:
        self._settings = settings
        self._store = store
        self._publisher = publisher
        self._health = health
        # Set when something was written that may be due.
        self.wake = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Publish what is due, when it is due, until `stop` is set."""
        await every(
            self._settings.schedule_seconds,
            self._step,
            self._health,
            hold_seconds=self._settings.hold_seconds,
            stop=stop,
            wake=self.wake,
        )

    @abstractmethod
    async def _step(self) -> float | None:
        """Publish what is due; returns the seconds until the next look, None for the usual ones."""
