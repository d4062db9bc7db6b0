"""Gives the roles `analyst` and `ingest` their rights and passwords, after tables and views."""

from pathlib import Path
from typing import Any

import asyncpg

SQL = Path(__file__).parents[1] / "postgres" / "roles.sql"


async def grant_roles(
    dsn: str, *, analyst_password: str | None = None, ingest_password: str | None = None
) -> list[str]:
    """Apply `roles.sql`: roles and their privileges; idempotent.

    A role keeps its password if none is given; a new role has none. Returns warnings about what an
    owner who is not a superuser could not do. Raises asyncpg's errors.
    """
    warnings: list[str] = []
    connection = await asyncpg.connect(dsn)

    def note(_: object, message: Any) -> None:
        if message.severity_en == "WARNING":
            warnings.append(message.message)

    connection.add_log_listener(note)
    try:
        async with connection.transaction():
            # One init job at a time: two would conflict in the server's catalogue.
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
    return warnings
