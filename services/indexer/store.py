"""Postgres: one transaction per batch, and which row is at fault when it cannot be written."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

import asyncpg
from aiokafka import TopicPartition

from services.indexer.tables import Row
from services.indexer.upserts import UPSERTS
from shared.database_pool import DatabasePool
from shared.postgres_errors import DATABASE_ERRORS, is_rows_fault

T = TypeVar("T")

_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS is_ours"
_READ = 'SELECT topic, "partition", next_offset FROM ingest.ingest_offset'


@dataclass(frozen=True, slots=True)
class Unit(Generic[T]):
    """Rows that are written together or not at all, and their source."""

    source: T
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Refused(Generic[T]):
    """A source that can never be written, and why: a short constant phrase, and the details."""

    source: T
    reason: str
    error: str


class Store:
    """A few connections to Postgres.

    Every method raises DependencyDown when Postgres does not answer, or answers with an error.
    """

    def __init__(self, dsn: str, timeout_seconds: float) -> None:
        # For the consumer and the loops beside it.
        self._pool = DatabasePool(
            dsn, timeout_seconds, 4, "SELECT 1 FROM ingest.ingest_offset LIMIT 1"
        )

    async def start(self) -> None:
        """Connect, and check that the tables exist."""
        await self._pool.start()

    async def stop(self) -> None:
        """Disconnect."""
        await self._pool.stop()

    async def known_bodies(self, sha256s: Sequence[str]) -> dict[str, str]:
        """The content type of each of these bodies that is stored."""
        if not sha256s:
            return {}
        async with self.transaction() as transaction:
            rows = await transaction.fetch(
                "SELECT sha256, content_type FROM ingest.body WHERE sha256 = ANY($1)", sha256s
            )
        return {row["sha256"]: row["content_type"] for row in rows}

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["Transaction"]:
        """A transaction, committed at the end and rolled back on any error."""
        async with self._pool.transaction() as connection:
            yield Transaction(connection)


class Transaction:
    """An open transaction."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def fetch(self, sql: str, *parameters: object) -> list[asyncpg.Record]:
        """The rows of a query."""
        rows: list[asyncpg.Record] = await self._connection.fetch(sql, *parameters)
        return rows

    async def lock(self, name: str) -> bool:
        """Take a lock until the end of the transaction; False if another indexer has it."""
        (row,) = await self.fetch(_LOCK, name)
        return bool(row["is_ours"])

    async def read_offsets(self) -> dict[TopicPartition, int]:
        """The offset behind the last record of each partition whose rows are written."""
        return {
            TopicPartition(row["topic"], row["partition"]): row["next_offset"]
            for row in await self.fetch(_READ)
        }

    async def execute_many(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        """Run a statement once for each set of parameters."""
        await self._connection.executemany(sql, parameters)

    async def write(self, rows: Iterable[Row]) -> None:
        """Write rows of any tables, and the notices that follow from them. Raises asyncpg's errors."""
        # Events of one batch share requests and captures: most rows but the ledger's are duplicates.
        by_type: dict[type, dict[Row, None]] = defaultdict(dict)
        changed: list[asyncpg.Record] = []
        for row in rows:
            by_type[type(row)][row] = None
        for upsert in UPSERTS:
            if found := by_type.get(upsert.row):
                ordered = sorted(found, key=lambda row: row[: upsert.key])
                if upsert.feeds_notices:
                    changed += await self._connection.fetchmany(upsert.sql, ordered)
                else:
                    await self._connection.executemany(upsert.sql, ordered)
        if changed:
            captures = sorted({row["capture_id"] for row in changed})
            await self._connection.execute("SELECT ingest.refresh($1)", captures)

    async def write_units(self, units: Sequence[Unit[T]]) -> list[Refused[T]]:
        """Write all units except those that Postgres refuses, which are returned.

        If the whole fails, it is halved until the unit at fault is found.
        """
        if not units:
            return []
        # Notices are built from all readings, so wait for those that another indexer has not
        # committed yet.
        await self._connection.execute("SELECT ingest.one_writer()")
        try:
            async with self._connection.transaction():
                await self.write(row for unit in units for row in unit.rows)
            return []
        except DATABASE_ERRORS as error:
            if not is_rows_fault(error):
                raise
            if len(units) == 1:
                return [Refused(units[0].source, "refused by the database", repr(error))]
        half = len(units) // 2
        return await self.write_units(units[:half]) + await self.write_units(units[half:])
