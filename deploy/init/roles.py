"""Gives the roles of the database their rights and passwords, after tables and views."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from shared.database import connect
from shared.passwords import ROLES, Role

SQL = Path(__file__).parents[1] / "postgres" / "roles.sql"


async def grant_roles(dsn: str, passwords: Mapping[Role, str] = MappingProxyType({})) -> list[str]:
    """Apply `roles.sql`: roles and their privileges; idempotent.

    A role keeps its password if none is given; a new role has none. Returns warnings about what an
    owner who is not a superuser could not do. Raises asyncpg's errors.
    """
    warnings: list[str] = []
    connection = await connect(dsn)

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
            for role in ROLES:
                await connection.execute(
                    "SELECT set_config('mofcom.' || $1 || '_password', $2, true)",
                    role,
                    passwords.get(role, ""),
                )
            await connection.execute(SQL.read_text(encoding="utf-8"))
    finally:
        await connection.close()
    return warnings
