"""Requests that notices be read together with their attachments, when these are read. A wait is a row."""

import asyncio

import structlog

from services.indexer.lists_requests import REQUESTS, requests_of
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from shared.delivery.publisher import Publisher
from shared.health import Health
from shared.loops import every

log = structlog.get_logger()

# One of all indexers requests at a time; released at the end of the transaction.
_ONE_ACTIVE = (
    "SELECT pg_try_advisory_xact_lock(hashtextextended('mofcom lists', 0)) AS active, now()"
)
_DUE = "SELECT inputs, attempt FROM ingest.lists_due LIMIT $1"
_REQUESTED = """
    INSERT INTO ingest.lists_requested AS old (inputs, requested_at, attempt) VALUES ($1, $2, $3)
    ON CONFLICT (inputs) DO UPDATE SET requested_at = excluded.requested_at, attempt = excluded.attempt
"""


class RequestLists:
    """Looks when a page or an attachment was read, and every `schedule_seconds`."""

    def __init__(
        self, settings: IndexerSettings, store: Store, publisher: Publisher, health: Health
    ) -> None:
        self._settings = settings
        self._store = store
        self._publisher = publisher
        self._health = health
        # Set when a page or an attachment was written.
        self.wake = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Request what is due until `stop` is set."""
        await every(
            self._settings.schedule_seconds,
            self._step,
            self._health,
            hold_seconds=self._settings.hold_seconds,
            stop=stop,
            wake=self.wake,
        )

    async def _step(self) -> float | None:
        return 0 if await self.request_due() >= self._settings.schedule_batch else None

    async def request_due(self) -> int:
        """Request what is due and mark it, in one transaction; returns how many.

        A crash between publishing and COMMIT requests it twice, which gives the same rows. Raises DependencyDown.
        """
        async with self._store.transaction() as transaction:
            (lock,) = await transaction.fetch(_ONE_ACTIVE)
            if not lock["active"]:
                return 0
            due = await transaction.fetch(_DUE, self._settings.schedule_batch)
            rows = await transaction.fetch(REQUESTS, [row["inputs"] for row in due])
            await self._publisher.publish(requests_of(rows, lock["now"]))
            await transaction.execute_many(
                _REQUESTED, [(row["inputs"], lock["now"], row["attempt"]) for row in due]
            )
        if due:
            log.info("to be read with attachments", number=len(due))
        return len(due)
