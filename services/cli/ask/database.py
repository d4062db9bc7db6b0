"""A connection of the analyst's for one command."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from services.cli.fail import fail
from services.cli.settings import cli_settings, database_dsn

if TYPE_CHECKING:
    import asyncpg

_CONNECT_SECONDS = 10


@asynccontextmanager
async def analyst() -> "AsyncIterator[asyncpg.Connection]":
    """A read-only connection, within `refusals`, where a day without a zone is a day in China.

    Raises NothingRuns, OSError and asyncpg's errors.
    """
    from shared.database import connect

    connection = await connect(
        database_dsn(cli_settings()),
        timeout=_CONNECT_SECONDS,
        server_settings={"TimeZone": "Asia/Shanghai"},
    )
    try:
        with refusals():
            yield connection
    finally:
        await connection.close()


@contextmanager
def refusals() -> Iterator[None]:
    """Around what is asked of the database: exits 1 with its words for what cannot be asked."""
    from asyncpg import PostgresError

    from shared.questions import refusal

    try:
        yield
    except PostgresError as error:
        if (words := refusal(error)) is None:
            raise
        fail(words)
