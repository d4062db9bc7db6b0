"""When the archive was last left alone, so that the next to ask knows it."""

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
    """Every method raises DependencyDown while Postgres is away."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def save(self, pause: Pause) -> None:
        """Remember the last time that the archive was left alone."""
        async with self._store.connection() as connection:
            await connection.execute(_SAVE, pause.until, pause.seconds, pause.why, pause.over)

    async def last(self) -> Pause | None:
        """The last time that the archive was left alone, None when it never was."""
        async with self._store.connection() as connection:
            row = await connection.fetchrow(_LAST)
        return Pause(**row) if row else None
