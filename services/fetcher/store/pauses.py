"""The last pause of requests to the archive, kept for the next holder of the lease."""

from services.fetcher.archive.gate import Pause
from services.fetcher.store.connection import Store

_SAVE = """
INSERT INTO fetcher.pause (until, seconds, why, "over") VALUES (to_timestamp($1), $2, $3, $4)
ON CONFLICT (one) DO UPDATE SET
    until = excluded.until,
    seconds = excluded.seconds,
    why = excluded.why,
    "over" = excluded."over"
"""
_LAST = """
SELECT extract(epoch FROM until)::float8 AS until, seconds, why, "over" FROM fetcher.pause
"""


class Pauses:
    """Every method raises DependencyDown while Postgres is down."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def save(self, pause: Pause) -> None:
        """Store the last pause."""
        async with self._store.connection() as connection:
            await connection.execute(_SAVE, pause.until, pause.seconds, pause.why, pause.over)

    async def last(self) -> Pause | None:
        """The last pause; None if there never was one."""
        async with self._store.connection() as connection:
            row = await connection.fetchrow(_LAST)
        return Pause(**row) if row else None
