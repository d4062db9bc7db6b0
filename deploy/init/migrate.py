"""Applies deploy/postgres to the database; the README there explains how."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from deploy.init import alembic_database
from deploy.init.errors import EndsTransaction, InUse, NewerDatabase
from deploy.init.explain import explain
from deploy.init.sql_files import FOLDER, digest, list_replaceable, list_tables, number, text_of
from shared.database import connect
from shared.version import __version__

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('mofcom migrations', 0))"

_VERSION = """
    CREATE SCHEMA IF NOT EXISTS mofcom_internal;
    CREATE TABLE IF NOT EXISTS mofcom_internal.version (
        tables text NOT NULL, functions_and_views text NOT NULL
    );
    COMMENT ON TABLE mofcom_internal.version IS
        'One row, written by the init job: the number of the last tables file that ran, and the hash '
        'of the current functions and views.';
    ALTER TABLE mofcom_internal.version ADD COLUMN IF NOT EXISTS program text;
    COMMENT ON COLUMN mofcom_internal.version.program IS 'The version of the init job that last changed it.';
    INSERT INTO mofcom_internal.version
    SELECT '0000', '' WHERE NOT EXISTS (SELECT FROM mofcom_internal.version);
"""


async def migrate(
    dsn: str, lock_timeout: float, folder: Path = FOLDER, program: str = __version__
) -> list[str]:
    """Run the tables files that have not run, then functions and views if any changed.

    Returns the names of the files that ran, and raises what `run_tables` and `replace` raise.
    """
    return [
        *await run_tables(dsn, lock_timeout, folder, program),
        *await replace(dsn, lock_timeout, folder, program),
    ]


async def run_tables(
    dsn: str, lock_timeout: float, folder: Path = FOLDER, program: str = __version__
) -> list[str]:
    """Run the tables files that have not run, each in a transaction; returns their names.

    Raises InUse if a file waits longer than `lock_timeout` seconds for a table, so that it does not
    block others; also SchemaError, and asyncpg's connection errors.
    """
    tables = list_tables(folder)
    ran: list[str] = []
    while True:
        async with _transaction(dsn, lock_timeout) as connection:
            newest = await _refuse_newer(connection, folder, program)
            if int(newest) >= len(tables):
                return ran
            path = tables[int(newest)]
            await _run(connection, path)
            await connection.execute("UPDATE mofcom_internal.version SET tables = $1", number(path))
        ran.append(path.name)


async def replace(
    dsn: str, lock_timeout: float, folder: Path = FOLDER, program: str = __version__
) -> list[str]:
    """Run all files of functions and views in one transaction, if any changed; returns their names.

    Also after a new tables file, which may have dropped some of them. Raises what `run_tables`
    raises.
    """
    replaceable = list_replaceable(folder)
    wanted = _functions_and_views(folder)
    async with _transaction(dsn, lock_timeout) as connection:
        stands = "SELECT functions_and_views FROM mofcom_internal.version"
        if await connection.fetchval(stands) == wanted:
            return []
        for path in replaceable:
            await _run(connection, path)
        await connection.execute(
            "UPDATE mofcom_internal.version SET functions_and_views = $1, program = $2",
            wanted,
            program,
        )
    return [path.name for path in replaceable]


@asynccontextmanager
async def _transaction(dsn: str, lock_timeout: float) -> AsyncIterator[asyncpg.Connection]:
    """A transaction with the init job's lock: a second job waits, and then finds everything done."""
    connection = await connect(dsn)
    try:
        async with connection.transaction():
            await connection.execute(f"SET LOCAL lock_timeout = {round(lock_timeout * 1000)}")
            try:
                await connection.execute(_ONE_AT_A_TIME)
            except asyncpg.LockNotAvailableError as error:
                raise InUse("another init job is at work") from error
            await connection.execute(_VERSION)
            await alembic_database.take_over(connection)
            yield connection
    finally:
        await connection.close()


async def _refuse_newer(connection: asyncpg.Connection, folder: Path, program: str) -> str:
    """The number of the last tables file that ran. Raises NewerDatabase.

    An earlier program may run where it would change nothing. Its views could not replace those of a
    later one, which have more columns, and its services would not know a later one's tables.
    """
    row = await connection.fetchrow(
        "SELECT tables, functions_and_views, program FROM mofcom_internal.version"
    )
    newest: str = row["tables"]
    later = _parts(row["program"] or "") > _parts(program)
    if int(newest) <= len(list_tables(folder)) and not (
        later and row["functions_and_views"] != _functions_and_views(folder)
    ):
        return newest
    raise NewerDatabase(
        f"the database was brought to version {row['program'] or 'unknown'} (tables file {newest}), and "
        f"this is version {program} (tables file {_newest(list_tables(folder))}): run that version or a "
        "later one. To stay with this one, restore a backup from before the update into an empty database"
    )


def _functions_and_views(folder: Path) -> str:
    return f"{_newest(list_tables(folder))} {digest(list_replaceable(folder))}"


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _newest(tables: list[Path]) -> str:
    return number(tables[-1]) if tables else "none"


async def _run(connection: asyncpg.Connection, path: Path) -> None:
    """Run a whole file in the open transaction."""
    sql = text_of(path)
    savepoint = connection.transaction()
    await savepoint.start()
    try:
        await connection.execute(sql)
    except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError) as error:
        raise InUse(f"{path.name} changes what is in use") from error
    except asyncpg.PostgresError as error:
        await savepoint.rollback()
        raise await explain(connection, path, sql, error) from error
    if not connection.is_in_transaction():
        raise EndsTransaction(f"{path.name} must not hold COMMIT or ROLLBACK")
    await savepoint.commit()
