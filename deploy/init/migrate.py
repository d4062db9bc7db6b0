"""Brings the database to the newest migration, with alembic: forward only, one at a time."""

from collections.abc import Iterable
from pathlib import Path

import asyncpg
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script.revision import RevisionMap
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from deploy.init.migrations import FOLDER, as_revisions, list_migrations, number

# Alembic's table with the number of the newest migration that ran.
VERSION_SCHEMA = "mofcom_internal"
VERSION_TABLE = "migration"

_ONE_AT_A_TIME = "SELECT pg_advisory_lock(hashtextextended('mofcom migrations', 0))"


class NewerDatabase(Exception):
    """Migrations ran on this database that the code does not have."""


class EndsTransaction(Exception):
    """A migration holds COMMIT or ROLLBACK, so that half of it could stay."""


async def migrate(dsn: str, lock_timeout: float, folder: Path = FOLDER) -> list[str]:
    """Run what has not run yet; returns the names of the files.

    Each file runs in a transaction of its own and waits at most `lock_timeout` seconds for a table
    in use; then asyncpg's LockNotAvailableError is raised and the call may be repeated. Raises
    BadMigrations, NewerDatabase and EndsTransaction, and asyncpg's own errors.
    """
    raw = await asyncpg.connect(dsn)
    try:
        # Held until the connection closes; a second job waits here and then finds all done.
        await raw.execute(_ONE_AT_A_TIME)
        await raw.execute(f"CREATE SCHEMA IF NOT EXISTS {VERSION_SCHEMA}")
        async with _sqlalchemy(raw).connect() as connection:
            return await connection.run_sync(_run_pending, folder, lock_timeout)
    finally:
        await raw.close()


def _sqlalchemy(raw: asyncpg.Connection) -> AsyncEngine:
    """What alembic speaks, over a connection that is open."""

    async def connect() -> asyncpg.Connection:
        return raw

    return create_async_engine("postgresql+asyncpg://", async_creator=connect, poolclass=NullPool)


def _run_pending(connection: Connection, folder: Path, lock_timeout: float) -> list[str]:
    ran: list[str] = []

    def run(path: Path) -> None:
        # Alembic has begun the transaction for SQLAlchemy; this makes it begin on the server.
        connection.execute(text(f"SET LOCAL lock_timeout = {round(lock_timeout * 1000)}"))
        _execute(connection, path)
        ran.append(path.name)

    paths = list_migrations(folder)
    revisions = as_revisions(paths, run)
    revision_map = RevisionMap(lambda: revisions)
    # Alembic ties the revisions together when it is first asked about them.
    _ = revision_map.heads

    def pending(done: tuple[str, ...], _context: MigrationContext) -> Iterable[MigrationStep]:
        newest = max(done, default="")
        if newest and newest not in map(number, paths):
            raise NewerDatabase(
                f"the database has had migration {newest}, and the newest here is "
                f"{number(paths[-1]) if paths else 'none'}: run the version of the code that "
                "made it, or a later one"
            )
        return [
            MigrationStep.upgrade_from_script(revision_map, revision)
            for revision in revisions
            if revision.revision > newest
        ]

    MigrationContext.configure(
        connection,
        opts={
            "fn": pending,
            "transaction_per_migration": True,
            "version_table": VERSION_TABLE,
            "version_table_schema": VERSION_SCHEMA,
        },
    ).run_migrations()
    connection.commit()
    return ran


def _execute(connection: Connection, path: Path) -> None:
    """Run a whole file: asyncpg's `execute` takes many statements, SQLAlchemy's does not."""
    adapted = connection.connection.dbapi_connection
    if adapted is None:
        raise AssertionError("connected")
    sql = path.read_text(encoding="utf-8")

    async def execute(raw: asyncpg.Connection) -> None:
        await raw.execute(sql)
        if not raw.is_in_transaction():
            raise EndsTransaction(f"{path.name} must not hold COMMIT or ROLLBACK")

    adapted.run_async(execute)
