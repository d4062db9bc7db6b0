"""Every earlier schema, with data in it, becomes today's."""

from collections.abc import Sequence
from pathlib import Path

import asyncpg
import pytest

from deploy.init.migrate import migrate
from deploy.init.migrations import FOLDER, list_migrations
from services.indexer.tables import ReadingKeyRow
from services.indexer.upserts import UPSERTS
from shared.events import NoticeParsed
from testing.indexer.events import notice
from tests.database.conftest import read, unit, write_events

FILES = [path.name for path in list_migrations(FOLDER)]


@pytest.mark.parametrize("newest", FILES)
async def test_from_each_schema_with_data(
    empty_database_url: str, tmp_path: Path, newest: str
) -> None:
    for name in FILES[: FILES.index(newest) + 1]:
        (tmp_path / name).write_text((FOLDER / name).read_text())
    await migrate(empty_database_url, lock_timeout=5, folder=tmp_path)
    connection = await asyncpg.connect(empty_database_url)
    try:
        events = [read(notice(), timestamp=f"202{n}0101000000") for n in range(3)]
        await _insert(connection, events)
        if newest >= "0005":
            await _show(connection, events)
        ran = await migrate(empty_database_url, lock_timeout=5)
        assert ran == FILES[FILES.index(newest) + 1 :]
        await write_events(connection, events)
        row = await connection.fetchrow("SELECT notice_key, captures FROM notices")
        assert tuple(row) == ("商办建函2022-318", 3)
        assert len(await connection.fetch("SELECT FROM search_notices('名单')")) == 1
    finally:
        await connection.close()


async def _show(connection: asyncpg.Connection, events: Sequence[NoticeParsed]) -> None:
    """Have the notices follow, as the indexer does from that schema on."""
    (sql,) = (upsert.sql for upsert in UPSERTS if upsert.row is ReadingKeyRow)
    keys = {row for event in events for row in unit(event).rows if isinstance(row, ReadingKeyRow)}
    await connection.executemany(sql, list(keys))
    await connection.execute("SELECT ingest.refresh($1)", [key.capture_id for key in keys])


async def _insert(connection: asyncpg.Connection, events: Sequence[NoticeParsed]) -> None:
    """What that schema has columns for, of the rows that events give."""
    tables = {"CaptureRow": "capture", "ReadingRow": "reading", "RequestRow": "request"}
    rows = [row for event in events for row in unit(event).rows]
    assert {upsert.row.__name__ for upsert in UPSERTS} >= tables.keys()
    for row in rows:
        table = tables.get(type(row).__name__)
        if table is None:
            continue
        columns = await connection.fetch(
            "SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 "
            "AND attgenerated = ''",
            f"ingest.{table}",
        )
        values = row._asdict()
        known = [column for (column,) in columns if column in values]
        names = ", ".join(f'"{column}"' for column in known)
        places = ", ".join(f"${n}" for n in range(1, len(known) + 1))
        await connection.execute(
            f"INSERT INTO ingest.{table} ({names}) VALUES ({places})",  # noqa: S608 - of the catalogue
            *(values[column] for column in known),
        )
