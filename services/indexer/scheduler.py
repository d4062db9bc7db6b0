"""Publishes retries that are due by the ledger. There is no retry topic: a wait is a row."""

import asyncio

import structlog

from services.indexer.retries import next_attempts
from services.indexer.rows import rows_of
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from shared.delivery.publisher import Publisher
from shared.health import Health
from shared.loops import every

log = structlog.get_logger()

# One of all indexers publishes retries at a time; released at the end of the transaction.
ONE_ACTIVE = "SELECT pg_try_advisory_xact_lock(hashtextextended('mofcom scheduler', 0)) AS active"

_DUE = """
    SELECT l.kind, l.attempt, coalesce(q.asked, a.asked) AS asked
    FROM ingest.ledger AS l
    LEFT JOIN ingest.request AS q ON l.kind = 'request' AND q.request_id = l.id
    LEFT JOIN ingest.address AS a ON l.kind = 'address' AND a.address_id = l.id
    -- No wait is longer than a week (`unplayable_retry_seconds`): the clock was ahead when it was stored.
    WHERE l.state = 'retry'
        AND (l.next_attempt_at <= now() OR l.next_attempt_at > now() + INTERVAL '30 days')
    ORDER BY l.next_attempt_at
    LIMIT $1
"""
_SECONDS = """
    SELECT coalesce(extract(epoch FROM min(next_attempt_at) - now()), 'infinity')::float8 AS seconds
    FROM ingest.ledger WHERE state = 'retry'
"""
_LEAST_SECONDS = 0.2


class Scheduler:
    """Publishes due addresses and requests with the next attempt's number."""

    def __init__(
        self, settings: IndexerSettings, store: Store, publisher: Publisher, health: Health
    ) -> None:
        self._settings = settings
        self._store = store
        self._publisher = publisher
        self._health = health
        # Set when a retry was written.
        self.wake = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Publish what is due, when it is due, until `stop` is set.

        Every `schedule_seconds` it looks for what another indexer has written.
        """
        await every(
            self._settings.schedule_seconds,
            self._step,
            self._health,
            hold_seconds=self._settings.hold_seconds,
            stop=stop,
            wake=self.wake,
        )

    async def _step(self) -> float:
        if await self.publish_due() >= self._settings.schedule_batch:
            return 0
        async with self._store.transaction() as transaction:
            (next_one,) = await transaction.fetch(_SECONDS)
        seconds: float = next_one["seconds"]
        # Not at once again where another indexer is about to publish it.
        return min(max(_LEAST_SECONDS, seconds), self._settings.schedule_seconds)

    async def publish_due(self) -> int:
        """Publish what is due and mark it, in one transaction; returns how many.

        The mark is the ledger change of the published event, so reading that event back changes
        nothing. A crash between publishing and COMMIT publishes the same event, with the same id,
        again. Raises DependencyDown.
        """
        async with self._store.transaction() as transaction:
            (lock,) = await transaction.fetch(ONE_ACTIVE)
            if not lock["active"]:
                return 0
            due = await transaction.fetch(_DUE, self._settings.schedule_batch)
            publications = next_attempts(due)
            await self._publisher.publish(publications)
            await transaction.write(row for each in publications for row in rows_of(each.event))
        if publications:
            log.info("retries published", number=len(publications))
        return len(publications)
