"""Notices a second through the whole indexer, against two floors, in one run.

``python -m bench.index.rate DATABASE_URL [NOTICES]`` on an empty migrated database. The floors are
what asyncpg's COPY alone takes, in batches as large: of the readings into a table without an index;
and of every row that the indexer made of them, tokens and all, into tables with the same indexes.
"""

import asyncio
import io
import sys
import time
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg

from bench.index.made import Recombined
from services.indexer.batch import WriteBatch
from services.indexer.intake import Intake, take
from services.indexer.rows import ReadingRow, rows_of
from services.indexer.store import Store
from shared.blobs import Blobs
from shared.events import NoticeParsed
from tests.services.indexer.made import batch

BATCH = 500


class _NoPublisher:
    """There is nothing to be buried."""

    async def publish(self, publications: Any, trace: str | None = None) -> None:
        raise AssertionError("a dead letter")


async def _indexed(url: str, batches: list[Any]) -> float:
    store = Store(url, timeout_seconds=60)
    await store.start()
    with TemporaryDirectory() as folder:
        intake = Intake(Blobs(f"file://{folder}"), store)
        write = WriteBatch(intake, store, _NoPublisher(), unknown_errors=0)  # type: ignore[arg-type]
        started = time.perf_counter()
        for one in batches:
            await write(take(one), set())
        seconds = time.perf_counter() - started
    await store.stop()
    return seconds


async def _readings_copied(url: str, events: list[NoticeParsed]) -> float:
    """Seconds for the readings, into a table without an index."""
    rows = [r for e in events for r in rows_of(e, e.notice) if isinstance(r, ReadingRow)]
    database = await asyncpg.connect(url)
    columns = ", ".join(f'"{name}"' for name in ReadingRow._fields)
    await database.execute(
        f"CREATE TABLE bare AS SELECT {columns} FROM ingest.reading LIMIT 0"  # noqa: S608
    )
    started = time.perf_counter()
    for at in range(0, len(rows), BATCH):
        await database.copy_records_to_table("bare", records=rows[at : at + BATCH])
    seconds = time.perf_counter() - started
    await database.execute("DROP TABLE bare")
    await database.close()
    return seconds


async def _all_copied(url: str, batches: int) -> float:
    """Seconds for every row of every table, as PostgreSQL itself writes it, into empty copies."""
    database = await asyncpg.connect(url)
    tables = await database.fetch(
        "SELECT relname FROM pg_class WHERE relnamespace = 'ingest'::regnamespace "
        "AND relkind = 'r' AND pg_relation_size(oid) > 0"
    )
    seconds = 0.0
    for (table,) in tables:
        await database.execute(
            f"CREATE TABLE bare (LIKE ingest.{table} INCLUDING INDEXES INCLUDING STORAGE)"
        )
        held = await database.fetchval(f"SELECT count(*) FROM ingest.{table}")  # noqa: S608
        step = -(-held // batches)
        for at in range(0, held, step):
            rows = io.BytesIO()
            await database.copy_from_query(
                f"SELECT * FROM ingest.{table} OFFSET {at} LIMIT {step}",  # noqa: S608
                output=rows,
                format="binary",
            )
            rows.seek(0)
            started = time.perf_counter()
            await database.copy_to_table("bare", source=rows, format="binary")
            seconds += time.perf_counter() - started
        await database.execute("DROP TABLE bare")
    await database.close()
    return seconds


async def _main(url: str, number: int) -> None:
    events = list(Recombined().events(0, number))
    batches = [batch(events[at : at + BATCH]) for at in range(0, number, BATCH)]
    readings = await _readings_copied(url, events)
    indexed = await _indexed(url, batches)
    replayed = await _indexed(url, batches)
    everything = await _all_copied(url, len(batches))
    print(f"notices                       {number}")
    for name, seconds in (
        ("COPY of the readings, bare", readings),
        ("COPY of all rows, indexed", everything),
        ("whole indexer, new", indexed),
        ("whole indexer, replayed", replayed),
    ):
        print(f"{name:29} {number / seconds:8.0f} a second   {seconds:.2f} s")
    print(f"new against the bare COPY     {readings / indexed:8.2f}")
    print(f"new against the indexed COPY  {everything / indexed:8.2f}")


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5000))
