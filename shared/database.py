"""Connections to PostgreSQL, directly or through a pooler in transaction mode, such as pgbouncer.

Behind such a pooler each transaction may run in another session of the server. So nothing here leans on
a session: settings are ``SET LOCAL``, locks end with their transaction, and what PostgreSQL's own programs
need, which set up a session first, is asked for by `is_pooled`.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import uuid4

import asyncpg


async def connect(*arguments: Any, **options: Any) -> asyncpg.Connection:
    """As `asyncpg.connect`, also as the ``connect`` of a pool; raises the same errors.

    Behind a pooler, statements have no names: a name stands in the one session in which it was prepared,
    and is missing or another's in the next (https://www.pgbouncer.org/features.html).
    """
    connection = await asyncpg.connect(*arguments, **options)
    if not await is_pooled(connection):
        return connection
    await connection.close()
    return await asyncpg.connect(*arguments, **options | {"statement_cache_size": 0})


async def rows_in_parts(
    connection: asyncpg.Connection, query: str, parameters: Sequence[object], number: int
) -> AsyncIterator[list[asyncpg.Record]]:
    """The rows of a query, at most `number` at a time, in a transaction of the caller's.

    A cursor's statement has a name in any case, which here no other process gives.
    """
    name = f"mofcom_{uuid4().hex}"
    cursor = await (await connection.prepare(query, name=name)).cursor(*parameters)
    while some := await cursor.fetch(number):
        yield some
    await connection.execute(f"DEALLOCATE {name}")


async def is_pooled(connection: asyncpg.Connection) -> bool:
    """Whether something between us and the server answers for it.

    It gives its clients a process id of its own, by which they cancel what they sent.
    """
    # Without parameters, and so without a prepared statement; the answer is the number of rows.
    status: str = await connection.execute(
        f"SELECT WHERE pg_backend_pid() = {connection.get_server_pid()}"
    )
    return status != "SELECT 1"
