"""A few connections to Postgres as the role `notifier`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg

from shared.database import connect
from shared.errors import DependencyDown
from shared.postgres_errors import DATABASE_ERRORS
from shared.questions import decode_json

# Loops, and targets that are told side by side: each has a transaction open meanwhile.
_CONNECTIONS = 8


class Store:
    """Methods raise DependencyDown when Postgres does not answer, or answers with an error."""

    def __init__(self, dsn: str, timeout_seconds: float) -> None:
        self._dsn = dsn
        self._timeout = timeout_seconds

    async def start(self) -> None:
        """Connect, and check that the tables exist."""
        try:
            self._pool = await asyncpg.create_pool(
                self._dsn,
                connect=connect,
                min_size=0,
                max_size=_CONNECTIONS,
                timeout=self._timeout,
                command_timeout=self._timeout,
                init=decode_json,
            )
        except DATABASE_ERRORS as error:
            raise _down(error) from error
        try:
            async with self.transaction() as transaction:
                await transaction.fetch("SELECT 1 FROM notifier.file")
        except DependencyDown:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Disconnect."""
        await self._pool.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[asyncpg.Connection]:
        """A transaction, committed at the end and rolled back on any error; a day is one in China."""
        connection = None
        try:
            connection = await self._pool.acquire(timeout=self._timeout)
            async with connection.transaction():
                await connection.execute("SET LOCAL TimeZone = 'Asia/Shanghai'")
                yield connection
        except DATABASE_ERRORS as error:
            if connection is not None:
                with suppress(asyncpg.InterfaceError):
                    connection.terminate()
            raise _down(error) from error
        finally:
            if connection is not None:
                with suppress(*DATABASE_ERRORS):
                    await self._pool.release(connection)


def _down(error: Exception) -> DependencyDown:
    return DependencyDown("database", repr(error))
