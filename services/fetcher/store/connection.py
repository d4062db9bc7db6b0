"""The connection to the fetcher's store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from shared.database import connect
from shared.errors import DependencyDown
from shared.postgres_errors import DATABASE_ERRORS, is_rows_fault


class Store:
    """Every method raises DependencyDown while Postgres is down, or refuses everything."""

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
                    connect=connect,
                    min_size=0,
                    max_size=4,
                    timeout=10,
                    command_timeout=30,
                    reset=_nothing,
                )
            async with self._pool.acquire() as connection:
                yield connection
        except DATABASE_ERRORS as error:
            if is_rows_fault(error):
                raise
            raise DependencyDown("postgres", f"{type(error).__name__}: {error}") from error


async def _nothing(connection: asyncpg.Connection) -> None:
    """No statement here changes session state, so the round trip that resets it is saved."""
