"""A few connections to Postgres as the role `notifier`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from shared.database_pool import DatabasePool
from shared.questions import decode_json

# Loops, and targets that are sent to side by side: each has a transaction open meanwhile.
_CONNECTIONS = 8


class Store(DatabasePool):
    """Methods raise DependencyDown when Postgres does not answer, or answers with an error."""

    def __init__(self, dsn: str, timeout_seconds: float) -> None:
        super().__init__(
            dsn, timeout_seconds, _CONNECTIONS, "SELECT 1 FROM notifier.file", init=decode_json
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[asyncpg.Connection]:
        """A transaction, committed at the end and rolled back on any error; a day is one in China."""
        async with super().transaction() as connection:
            await connection.execute("SET LOCAL TimeZone = 'Asia/Shanghai'")
            yield connection
