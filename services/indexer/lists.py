"""Requests that notices be read together with their attachments, when these are read."""

import structlog

from services.indexer.due import Due
from services.indexer.lists_requests import REQUESTS, requests_of

log = structlog.get_logger()

# Of all indexers.
_ONE_AT_A_TIME = "mofcom lists"
_MARK = """
    INSERT INTO ingest.lists_requested (inputs, requested_at, attempt)
    SELECT inputs, now(), attempt FROM ingest.lists_due LIMIT $1
    ON CONFLICT (inputs) DO UPDATE SET requested_at = excluded.requested_at, attempt = excluded.attempt
    RETURNING inputs, requested_at
"""


class RequestLists(Due):
    """Requests what is due when a page or an attachment was read."""

    async def _step(self) -> float | None:
        return 0 if await self.request_due() >= self._settings.schedule_batch else None

    async def request_due(self) -> int:
        """Mark what is due and request it, in one transaction; returns how many.

        A crash between publishing and COMMIT requests it twice, which gives the same rows. Raises DependencyDown.
        """
        async with self._store.transaction() as transaction:
            if not await transaction.lock(_ONE_AT_A_TIME):
                return 0
            due = await transaction.fetch(_MARK, self._settings.schedule_batch)
            if not due:
                return 0
            rows = await transaction.fetch(REQUESTS, [row["inputs"] for row in due])
            await self._publisher.publish(requests_of(rows, due[0]["requested_at"]))
        log.info("to be read with attachments", number=len(due))
        return len(due)
