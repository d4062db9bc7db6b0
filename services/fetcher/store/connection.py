"""The connection to the fetcher's store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from shared.errors import DependencyDown

# Postgres is down, stopping, starting, out of connections, or not yet set up by the init job.
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


class Store:
    """Every method raises DependencyDown while Postgres is down."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._pool: asyncpg.Pool | None = None

    async def start(self) -> None:
        """Connect; does nothing while connected."""
        async with self.connection() as connection:
            await connection.execute("SELECT FROM fetcher.seed_lines LIMIT 1")

    async def stop(self) -> None:
        """Disconnect."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection, for the other modules of this package."""
        try:
            if self._pool is None:
                # With min_size 0 this does not wait, so concurrent first callers share one pool.
                self._pool = await asyncpg.create_pool(
                    self._dsn,
                    min_size=0,
                    max_size=4,
                    timeout=10,
                    command_timeout=30,
                    reset=_nothing,
                )
            async with self._pool.acquire() as connection:
                yield connection
        except _AWAY as error:
            raise DependencyDown("postgres", f"{type(error).__name__}: {error}") from error


async def _nothing(connection: asyncpg.Connection) -> None:
    """No statement here changes session state, so the round trip that resets it is saved."""
