"""Deletes what was sent long ago, but not that it was sent."""

from datetime import UTC, datetime, timedelta

from services.notifier.store import Store

# A notice that an alert has reported is not reported as new when its English is written anew, and its removal is.
_OLD = (
    "DELETE FROM notifier.delivery WHERE made_at < $1",
    "UPDATE notifier.match SET content = NULL WHERE told AND content IS NOT NULL AND matched_at < $1",
)
_EVERY = timedelta(days=1)


class Keeping:
    """Looks once a day."""

    def __init__(self, store: Store, days: int) -> None:
        self._store = store
        self._kept = timedelta(days=days)
        self._next = datetime.min.replace(tzinfo=UTC)

    async def look(self, now: datetime) -> None:
        """Delete, if that was not done today. Raises DependencyDown."""
        if now < self._next:
            return
        async with self._store.transaction() as transaction:
            for sql in _OLD:
                await transaction.execute(sql, now - self._kept)
        self._next = now + _EVERY
