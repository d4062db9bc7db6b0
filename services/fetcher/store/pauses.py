"""Pauses of requests to each archive: the last one, for the next holder of the lease, and when there were any."""

from services.fetcher.archive.gate import Pause
from services.fetcher.store.connection import Store

_SAVE = """
WITH noted AS (
    INSERT INTO fetcher.past_pause (archive, until, why)
    SELECT $1, to_timestamp($2), $4 WHERE NOT $5
    ON CONFLICT DO NOTHING
)
INSERT INTO fetcher.pause (archive, until, seconds, why, "over")
VALUES ($1, to_timestamp($2), $3, $4, $5)
ON CONFLICT (archive) DO UPDATE SET
    until = excluded.until,
    seconds = excluded.seconds,
    why = excluded.why,
    "over" = excluded."over"
"""
_LAST = """
SELECT archive, extract(epoch FROM until)::float8 AS until, seconds, why, "over" FROM fetcher.pause
"""


class Pauses:
    """Every method raises DependencyDown while Postgres is down."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def save(self, archive: str, pause: Pause) -> None:
        """Store the last pause of an archive, by its name."""
        async with self._store.connection() as connection:
            await connection.execute(
                _SAVE, archive, pause.until, pause.seconds, pause.why, pause.over
            )

    async def last(self) -> dict[str, Pause]:
        """The last pause of each archive that ever had one, by its name."""
        async with self._store.connection() as connection:
            rows = [dict(row) for row in await connection.fetch(_LAST)]
        return {row.pop("archive"): Pause(**row) for row in rows}
