"""Lines of seeds files that were added, each once for ever."""

from collections.abc import Sequence
from datetime import datetime

from services.fetcher.store.connection import Store
from shared.events import AddressRequested

_REMEMBER = """
INSERT INTO fetcher.seed_lines (line_id, origin, address, asked_at)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
ON CONFLICT (line_id) DO NOTHING
"""
_UNCONFIRMED = """
SELECT line_id, origin, address, asked_at FROM fetcher.seed_lines
WHERE confirmed_at IS NULL
ORDER BY position
LIMIT $1
"""
_CONFIRM = """
UPDATE fetcher.seed_lines SET confirmed_at = $2 WHERE line_id = ANY ($1::text[])
"""


class SeedLines:
    """Every method raises DependencyDown while Postgres is down."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def remember(self, lines: Sequence[AddressRequested]) -> None:
        """Record lines of seeds files; one that was recorded before stays unchanged."""
        async with self._store.connection() as connection:
            await connection.execute(
                _REMEMBER,
                [line.address_id for line in lines],
                [line.origin for line in lines],
                [line.address for line in lines],
                [line.asked_at for line in lines],
            )

    async def unconfirmed(self, limit: int) -> list[AddressRequested]:
        """Lines that Kafka has not confirmed yet, oldest first, as first recorded."""
        async with self._store.connection() as connection:
            rows = await connection.fetch(_UNCONFIRMED, limit)
        return [
            AddressRequested(
                address_id=row["line_id"],
                address=row["address"],
                origin=row["origin"],
                asked_at=row["asked_at"],
            )
            for row in rows
        ]

    async def confirm(self, line_ids: Sequence[str], confirmed_at: datetime) -> None:
        """Record that Kafka has these lines."""
        async with self._store.connection() as connection:
            await connection.execute(_CONFIRM, line_ids, confirmed_at)
