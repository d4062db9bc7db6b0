"""Connections of commands that ask as an analyst does."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from services.cli.fail import fail
from services.cli.settings import cli_settings, database_dsn

if TYPE_CHECKING:
    import asyncpg

_CONNECT_SECONDS = 10


async def connect(dsn: str) -> "asyncpg.Connection":
    """A connection on which a day without a zone is a day in China."""
    import asyncpg

    return await asyncpg.connect(
        dsn,
        timeout=_CONNECT_SECONDS,
        # Of the role ingest, whose own schema would come first, names mean what they mean to an analyst.
        server_settings={"TimeZone": "Asia/Shanghai", "search_path": "public"},
    )


@asynccontextmanager
async def analyst() -> "AsyncIterator[asyncpg.Connection]":
    """A connection of the role `analyst`, within `refusals`.

    Raises NothingRuns, OSError and asyncpg's errors.
    """
    connection = await connect(database_dsn(cli_settings()))
    try:
        with refusals():
            yield connection
    finally:
        await connection.close()


@contextmanager
def refusals() -> Iterator[None]:
    """Around what is asked of the database: exits 1 with its words for what cannot be asked."""
    from asyncpg import PostgresError

    try:
        yield
    except PostgresError as error:
        # Classes 22 (a value that cannot be) and P0002 (no such notice): the asker's, and no other.
        code = error.sqlstate or ""
        if not (code.startswith("22") or code == "P0002"):
            raise
        hint = getattr(error, "hint", None)
        fail(f"{error}. {hint}" if hint else str(error).splitlines()[0])
