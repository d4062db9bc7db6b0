"""Looks for troubles that no single service sees, for the metric `mofcom_trouble`."""

import asyncio
from contextlib import suppress

import structlog

from services.indexer.metrics import DEAD_LETTERS, DISK, MISSING_BODIES, OUTDATED, PENDING_ENGLISH
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from shared.health import Health
from shared.loops import every
from shared.offsets import Offsets
from shared.pipeline_facts import look_at_readers, look_at_rows, look_at_state
from shared.troubles.facts import Facts
from shared.troubles.find import troubles

log = structlog.get_logger()


class TroubleWatch:
    """Looks every `troubles_seconds`, logs what is new, and hands the codes to the metric."""

    def __init__(self, settings: IndexerSettings, store: Store, health: Health) -> None:
        self._settings = settings
        self._store = store
        self._health = health
        self._offsets = Offsets(settings)

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set; not at once, for the other services are starting too."""
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._settings.troubles_seconds)
            await every(self._settings.troubles_seconds, self.look, stop=stop)
        finally:
            await self._offsets.stop()

    async def look(self) -> None:
        """Raises DependencyDown."""
        facts = await self._facts()
        _measure(facts)
        found = troubles(facts)
        for trouble in found:
            if trouble.code not in self._health.troubles:
                log.warning("trouble", code=trouble.code, cause=trouble.cause)
        self._health.troubles = frozenset(trouble.code for trouble in found)

    async def _facts(self) -> Facts:
        await self._offsets.start()
        progress = await look_at_readers(self._offsets)
        facts = Facts(readers={name: one.reader for name, one in progress.items()})
        async with self._store.transaction() as transaction:
            facts = await look_at_state(facts, transaction.fetch)
            return await look_at_rows(facts, transaction.fetch, self._settings.blob_url)


def _measure(facts: Facts) -> None:
    DEAD_LETTERS.set(facts.dead_letters)
    PENDING_ENGLISH.set(facts.without_english)
    OUTDATED.set(facts.outdated)
    if facts.bodies:
        MISSING_BODIES.set(facts.bodies[0])
    if facts.disk:
        free, size = facts.disk
        DISK.labels("free").set(free)
        DISK.labels("size").set(size)
