"""Gives the roles `analyst` and `ingest` their rights and passwords, after the migrations."""

from pathlib import Path

import asyncpg

SQL = Path(__file__).parents[1] / "postgres" / "roles.sql"


async def grant_roles(
    dsn: str, *, analyst_password: str | None = None, ingest_password: str | None = None
) -> None:
    """Bring roles and rights to what `roles.sql` says; doing it again changes nothing.

    A role without a password given keeps the one it has, and has none at first. Raises asyncpg's
    errors.
    """
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction():
            # One init job at a time: two would be in each other's way on the server's catalogue.
            await connection.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended('mofcom migrations', 0))"
            )
            for role, password in (("analyst", analyst_password), ("ingest", ingest_password)):
                await connection.execute(
                    "SELECT set_config('mofcom.' || $1 || '_password', $2, true)",
                    role,
                    password or "",
                )
            await connection.execute(SQL.read_text(encoding="utf-8"))
    finally:
        await connection.close()
