"""A few connections to PostgreSQL, used as transactions."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import asyncpg

from shared.database import connect
from shared.errors import DependencyDown
from shared.postgres_errors import DATABASE_ERRORS


class DatabasePool:
    """At most so many connections, opened on demand.

    Methods raise DependencyDown when Postgres does not answer, or answers with an error.
    """

    def __init__(
        self,
        dsn: str,
        timeout_seconds: float,
        connections: int,
        check: str,
        init: Callable[[asyncpg.Connection], Awaitable[None]] | None = None,
    ) -> None:
        """`check` is a query that fails without the tables, `init` prepares each connection."""
        self._dsn = dsn
        self._timeout = timeout_seconds
        self._connections = connections
        self._check = check
        self._init = init

    async def start(self) -> None:
        """Connect, and check that the tables exist."""
        try:
            self._pool = await asyncpg.create_pool(
                self._dsn,
                connect=connect,
                min_size=0,
                max_size=self._connections,
                timeout=self._timeout,
                command_timeout=self._timeout,
                init=self._init,
            )
        except DATABASE_ERRORS as error:
            raise self._down(error) from error
        try:
            async with self.transaction() as connection:
                await connection.fetch(self._check)
        except DependencyDown:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Disconnect."""
        await self._pool.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[asyncpg.Connection]:
        """A transaction, committed at the end and rolled back on any error."""
        connection = None
        try:
            connection = await self._pool.acquire(timeout=self._timeout)
            async with connection.transaction():
                yield connection
        except DATABASE_ERRORS as error:
            # A hanging connection cannot be closed gracefully.
            if connection is not None:
                # Closed by the other side, it may have gone back to the pool already.
                with suppress(asyncpg.InterfaceError):
                    connection.terminate()
            raise self._down(error) from error
        finally:
            if connection is not None:
                # A connection that broke since is discarded; its transaction has ended anyway.
                with suppress(*DATABASE_ERRORS):
                    await self._pool.release(connection)

    def _down(self, error: Exception) -> DependencyDown:
        if isinstance(error, TimeoutError):
            return DependencyDown("database", f"no answer in {self._timeout:g} s")
        return DependencyDown("database", repr(error))
