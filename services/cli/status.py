"""`mofcom status`: what has been done and what is open."""

import asyncio

import asyncpg
from rich.console import Console
from rich.table import Table

from services.cli.fail import fail
from services.cli.settings import CliSettings, NothingRuns, database_dsn

_CONNECT_SECONDS = 10


def status() -> None:
    """Show how many addresses and captures are in which state."""
    try:
        dsn = database_dsn(CliSettings())
    except NothingRuns as nothing:
        fail(str(nothing))
    try:
        rows = asyncio.run(_rows(dsn))
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        fail(f"the database does not answer ({error}): is the pipeline running?")
    table = Table()
    for name in ("what", "state", "rows", "newest", "next attempt"):
        table.add_column(name)
    for row in rows:
        kind, state, count, newest, due = row.values()
        table.add_row(kind, state, str(count), f"{newest:%F %T}", f"{due:%F %T}" if due else "")
    Console().print(table if rows else "Nothing has been asked yet.")


async def _rows(dsn: str) -> list[asyncpg.Record]:
    database = await asyncpg.connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        return list(
            await database.fetch(
                "SELECT kind, state, rows, newest, next_attempt_at FROM pipeline_status "
                "ORDER BY kind, state"
            )
        )
    finally:
        await database.close()
