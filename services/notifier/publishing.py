"""Publishes both logs as the topic `notice.changed`."""

import asyncpg

from services.notifier.changes import LOGS, Log
from services.notifier.store import Store
from shared.delivery.publisher import Publication, Publisher
from shared.events import NoticeChanged
from shared.topics import NOTICE_CHANGED

_READ = {
    "changes": """
        SELECT c.sequence, c.notice_key, c.kind AS change, c.fields, c.at, c.page_kind,
            p.document_number, p.title, p.title_en, p.issued_on, p.archived_url
        FROM changes AS c LEFT JOIN pages AS p ON p.notice_key = c.notice_key
        WHERE c.sequence > $1 ORDER BY c.sequence LIMIT $2
    """,
    "statuses": """
        SELECT c.sequence, c.notice_key, 'status' AS change, c.entry, c.old_status, c.status, c.until,
            c.by_notice_key, c.at, p.page_kind, p.document_number, p.title, p.title_en, p.issued_on, p.archived_url
        FROM notifier.status_change AS c LEFT JOIN pages AS p ON p.notice_key = c.notice_key
        WHERE c.sequence > $1 ORDER BY c.sequence LIMIT $2
    """,
}
# The reader without a name.
_CURSOR = "SELECT sequence FROM notifier.cursor WHERE reader = '' AND log = $1 FOR UPDATE"
_MOVE = "UPDATE notifier.cursor SET sequence = $2 WHERE reader = '' AND log = $1"


class Publishing:
    """Publishes what both logs have more, and then notes how far: killed in between, it publishes the same
    events, with the same ids, again.
    """

    def __init__(self, store: Store, publisher: Publisher, batch: int) -> None:
        self._store = store
        self._publisher = publisher
        self._batch = batch

    async def step(self) -> float | None:
        """Publish; 0 if there may be more yet. Raises DependencyDown."""
        full = [await self._publish(log) for log in LOGS]
        return 0 if any(full) else None

    async def _publish(self, log: Log) -> bool:
        async with self._store.transaction() as transaction:
            cursor = await transaction.fetchval(_CURSOR, log)
            rows = await transaction.fetch(_READ[log], cursor, self._batch)
            if rows:
                await self._publisher.publish(
                    Publication(NOTICE_CHANGED, event_of(log, row)) for row in rows
                )
                await transaction.execute(_MOVE, log, rows[-1]["sequence"])
        return len(rows) == self._batch


def event_of(log: Log, row: asyncpg.Record) -> NoticeChanged:
    """A row of a log as an event."""
    return NoticeChanged(log=log, **dict(row))
