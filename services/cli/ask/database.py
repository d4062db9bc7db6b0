"""A connection of the analyst's for one command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from services.cli.settings import cli_settings, database_dsn

if TYPE_CHECKING:
    import asyncpg

_CONNECT_SECONDS = 10


@asynccontextmanager
async def analyst() -> "AsyncIterator[asyncpg.Connection]":
    """A read-only connection. Raises NothingRuns, OSError and asyncpg's errors."""
    import asyncpg

    connection = await asyncpg.connect(database_dsn(cli_settings()), timeout=_CONNECT_SECONDS)
    try:
        yield connection
    finally:
        await connection.close()


def refusal(error: "asyncpg.PostgresError") -> str | None:
    """The database's words for what cannot be asked; None for an error that is not the asker's."""
    # Classes 22 (a value that cannot be) and P0002 (no such notice).
    code = error.sqlstate or ""
    if code.startswith("22") or code == "P0002":
        hint = getattr(error, "hint", None)
        return f"{error}. {hint}" if hint else str(error).splitlines()[0]
    return None
