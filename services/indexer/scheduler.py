"""Publishes retries that are due by the ledger. There is no retry topic: a wait is a row."""

import structlog

from services.indexer.due import Due
from services.indexer.retries import next_attempts
from services.indexer.rows import rows_of

log = structlog.get_logger()

LOCK = "mofcom scheduler"
"""One of all indexers publishes retries at a time."""

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


class Scheduler(Due):
    """Publishes due addresses and requests with the next attempt's number."""

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
            if not await transaction.lock(LOCK):
                return 0
            due = await transaction.fetch(_DUE, self._settings.schedule_batch)
            publications = next_attempts(due)
            await self._publisher.publish(publications)
            await transaction.write(row for each in publications for row in rows_of(each.event))
        if publications:
            log.info("retries published", number=len(publications))
        return len(publications)
