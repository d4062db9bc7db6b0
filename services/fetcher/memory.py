"""What the fetcher remembers across restarts, in its own Postgres schema."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import asyncpg

from services.fetcher.archive.gate import Pause
from shared.delivery.dependency import DependencyDown
from shared.events import AddressRequested

# Postgres is away, going away, coming, full, or not yet set up by the init job.
_AWAY = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.CannotConnectNowError,
    asyncpg.UndefinedTableError,
    asyncpg.InvalidAuthorizationSpecificationError,
)

_TAKE_LEASE = """
INSERT INTO fetcher.lease (holder, until) VALUES ($1, now() + make_interval(secs => $2))
ON CONFLICT (one) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE lease.holder = excluded.holder OR lease.until < now()
RETURNING holder
"""
_END_LEASE = """
UPDATE fetcher.lease SET until = now() WHERE holder = $1
"""
_KEEP_PAUSE = """
INSERT INTO fetcher.pause (until, seconds, why, "over") VALUES (to_timestamp($1), $2, $3, $4)
ON CONFLICT (one) DO UPDATE SET
    until = excluded.until,
    seconds = excluded.seconds,
    why = excluded.why,
    "over" = excluded."over"
"""
_LAST_PAUSE = """
SELECT extract(epoch FROM until)::float8 AS until, seconds, why, "over" FROM fetcher.pause
"""
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


class Memory:
    """Every method raises DependencyDown while Postgres is away."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._pool: asyncpg.Pool | None = None

    async def start(self) -> None:
        """Connect; doing it again while connected does nothing."""
        async with self.connection() as connection:
            await connection.execute("SELECT FROM fetcher.seed_lines LIMIT 1")

    async def stop(self) -> None:
        """Disconnect."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    async def take_lease(self, holder: str, seconds: float) -> bool:
        """Take or prolong the right to ask the archive; False while another holds it."""
        async with self.connection() as connection:
            return await connection.fetchval(_TAKE_LEASE, holder, seconds) is not None

    async def end_lease(self, holder: str) -> None:
        """Give it back, if it is held."""
        async with self.connection() as connection:
            await connection.execute(_END_LEASE, holder)

    async def keep_pause(self, pause: Pause) -> None:
        """Remember the last time that the archive was left alone."""
        async with self.connection() as connection:
            await connection.execute(_KEEP_PAUSE, pause.until, pause.seconds, pause.why, pause.over)

    async def last_pause(self) -> Pause | None:
        """The last time that the archive was left alone, None when it never was."""
        async with self.connection() as connection:
            row = await connection.fetchrow(_LAST_PAUSE)
        return Pause(**row) if row else None

    async def remember(self, lines: Sequence[AddressRequested]) -> None:
        """Remember lines of seeds files; one that was asked before stays as it was."""
        async with self.connection() as connection:
            await connection.execute(
                _REMEMBER,
                [line.address_id for line in lines],
                [line.origin for line in lines],
                [line.address for line in lines],
                [line.asked_at for line in lines],
            )

    async def unconfirmed(self, limit: int) -> list[AddressRequested]:
        """Lines that Kafka has not confirmed yet, the oldest first, as they were first asked."""
        async with self.connection() as connection:
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
        """Remember that Kafka has these lines."""
        async with self.connection() as connection:
            await connection.execute(_CONFIRM, line_ids, confirmed_at)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection, for the parts of the memory that have a module of their own."""
        try:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._dsn, min_size=0, max_size=4, timeout=10, command_timeout=30
                )
            async with self._pool.acquire() as connection:
                yield connection
        except _AWAY as error:
            raise DependencyDown("postgres", f"{type(error).__name__}: {error}") from error
