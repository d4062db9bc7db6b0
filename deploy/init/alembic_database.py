"""Databases of the time when 23 migrations ran through alembic: they have what tables/0001 makes."""

import asyncpg

from deploy.init.errors import OlderDatabase

_LAST = "0023"


async def take_over(connection: asyncpg.Connection) -> None:
    """Note that tables file 0001 ran, and drop alembic's own table; no row of another changes.

    Does nothing on any other database. Raises OlderDatabase.
    """
    if await connection.fetchval("SELECT to_regclass('mofcom_internal.migration')") is None:
        return
    newest = await connection.fetchval("SELECT max(version_num) FROM mofcom_internal.migration")
    if newest != _LAST:
        raise OlderDatabase(
            f"the database has had migration {newest or 'none'} of {_LAST}: run the last version "
            "of the code that has the folder deploy/postgres/migrations first"
        )
    async with connection.transaction():
        # A backup of then, restored over a database of now: its functions and views are older.
        await connection.execute(
            "UPDATE mofcom_internal.version SET tables = '0001', functions_and_views = ''"
        )
        await connection.execute("DROP TABLE mofcom_internal.migration")
