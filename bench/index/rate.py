"""Notices a second through the whole indexer, against two floors, in one run.

``python -m bench.index.rate DATABASE_URL [NOTICES]`` on an empty migrated database. The floors are
what asyncpg's COPY alone takes, in batches as large: of the readings into a table without an index;
and of every row that the indexer made of them, tokens and all, into tables with the same indexes.
CPU time is that of this process and of the server's for its connection, which tells more than the clock on a
machine that does other things. On Linux, with the server on the same machine.
"""

import asyncio
import io
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg

from bench.index.synthetic import SyntheticNotices
from services.indexer.batch import WriteBatch
from services.indexer.intake import Intake, take
from services.indexer.rows import rows_of
from services.indexer.store import Store
from services.indexer.tables import ReadingRow
from shared.blobs import Blobs
from shared.delivery.brake import Brake
from shared.delivery.publisher import Publication, Publisher
from shared.events import NoticeParsed
from testing.indexer.events import batch

BATCH = 500


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock and of CPU time."""

    wall: float
    cpu: float

    def __sub__(self, since: "Spent") -> "Spent":
        return Spent(self.wall - since.wall, self.cpu - since.cpu)

    def __add__(self, more: "Spent") -> "Spent":
        return Spent(self.wall + more.wall, self.cpu + more.cpu)


async def _now(database: "asyncpg.Connection") -> Spent:
    """What the clock shows, and what this process and the database's connections have used."""
    pids = await database.fetch(
        "SELECT pid FROM pg_stat_activity "
        "WHERE datname = current_database() AND backend_type = 'client backend'"
    )
    used = sum(_nanoseconds(pid) for (pid,) in pids)
    return Spent(time.perf_counter(), time.process_time() + used / 1e9)


def _nanoseconds(pid: int) -> int:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])


class _NoPublisher(Publisher):
    """There is nothing to be buried."""

    async def publish(self, publications: Iterable[Publication]) -> None:
        raise AssertionError("a dead letter")


async def _indexed(url: str, batches: list[Any]) -> Spent:
    database = await asyncpg.connect(url)
    store = Store(url, timeout_seconds=60)
    await store.start()
    with TemporaryDirectory() as folder:
        intake = Intake(Blobs(f"file://{folder}"), store)
        write = WriteBatch(intake, store, _NoPublisher(), Brake(0, 5.0))
        started = await _now(database)
        for one in batches:
            await write(take(one), set())
        spent = await _now(database) - started
    await store.stop()
    await database.close()
    return spent


async def _readings_copied(url: str, events: list[NoticeParsed]) -> Spent:
    """What the readings take, into a table without an index."""
    rows = [r for e in events for r in rows_of(e, e.notice) if isinstance(r, ReadingRow)]
    database = await asyncpg.connect(url)
    columns = ", ".join(f'"{name}"' for name in ReadingRow._fields)
    await database.execute(
        f"CREATE TABLE bare AS SELECT {columns} FROM ingest.reading LIMIT 0"  # noqa: S608
    )
    started = await _now(database)
    for at in range(0, len(rows), BATCH):
        await database.copy_records_to_table("bare", records=rows[at : at + BATCH])
    spent = await _now(database) - started
    await database.execute("DROP TABLE bare")
    await database.close()
    return spent


async def _all_copied(url: str, batches: int) -> Spent:
    """What every row of every table takes, as PostgreSQL itself writes it, into empty copies."""
    database = await asyncpg.connect(url)
    tables = await database.fetch(
        "SELECT relname FROM pg_class WHERE relnamespace = 'ingest'::regnamespace "
        "AND relkind = 'r' AND pg_relation_size(oid) > 0"
    )
    spent = Spent(0, 0)
    for (table,) in tables:
        await database.execute(
            f"CREATE TABLE bare (LIKE ingest.{table} INCLUDING INDEXES INCLUDING STORAGE)"
        )
        written = await database.fetchval(f"SELECT count(*) FROM ingest.{table}")  # noqa: S608
        step = -(-written // batches)
        for at in range(0, written, step):
            rows = io.BytesIO()
            await database.copy_from_query(
                f"SELECT * FROM ingest.{table} OFFSET {at} LIMIT {step}",  # noqa: S608
                output=rows,
                format="binary",
            )
            rows.seek(0)
            started = await _now(database)
            await database.copy_to_table("bare", source=rows, format="binary")
            spent += await _now(database) - started
        await database.execute("DROP TABLE bare")
    await database.close()
    return spent


async def _main(url: str, number: int) -> None:
    events = list(SyntheticNotices().events(0, number))
    batches = [batch(events[at : at + BATCH]) for at in range(0, number, BATCH)]
    readings = await _readings_copied(url, events)
    indexed = await _indexed(url, batches)
    replayed = await _indexed(url, batches)
    everything = await _all_copied(url, len(batches))
    print(f"{number} notices                  a second   CPU ms a notice")
    for name, spent in (
        ("COPY of the readings, bare", readings),
        ("COPY of all rows, indexed", everything),
        ("whole indexer, new", indexed),
        ("whole indexer, replayed", replayed),
    ):
        print(f"{name:29} {number / spent.wall:8.0f}   {spent.cpu / number * 1000:8.2f}")
    for name, floor in (("bare", readings), ("indexed", everything)):
        print(
            f"{f'new against the {name} COPY':29} {floor.wall / indexed.wall:8.2f}   "
            f"{floor.cpu / indexed.cpu:8.2f}"
        )


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5000))
