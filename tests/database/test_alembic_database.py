"""A database on which 23 migrations ran through alembic is upgraded, and so is a backup of it."""

import asyncio
import gzip
from datetime import date
from pathlib import Path

import asyncpg
import pytest

from deploy.init.errors import OlderDatabase
from deploy.init.migrate import migrate
from deploy.init.roles import grant_roles
from deploy.init.sql_files import FOLDER, list_replaceable, list_tables
from services.cli.backup import run
from services.cli.restore import restore_backup
from shared.settings import RoleSettings
from testing.indexer.events import notice
from tests.database.conftest import read, write_events

# Made by `pg_dump --format=custom --compress=0` after the last of them, with rows in most tables.
DUMP = Path(__file__).parent / "alembic_0023.dump.gz"


_RENAMED = {
    ("ingest.duty_rate", "until"): "last_day",
    ("ingest.deadline", "on"): "due_on",
}
_RENAMED_KINDS = {"came": "added", "went": "removed"}
# Pauses are told apart by their archive.
_GONE = ("fetcher.pause", "one")
_WITH_PARTS = ("ingest.reading", "notice")


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """The folder of a backup of such a database."""
    (tmp_path / "database.dump").write_bytes(gzip.decompress(DUMP.read_bytes()))
    return tmp_path


@pytest.fixture
async def old_url(empty_database_url: str, backup: Path) -> str:
    dump = str(backup / "database.dump")
    await asyncio.to_thread(run, "pg_restore", empty_database_url, "--no-owner", dump)
    return empty_database_url


async def schema(url: str, folder: Path) -> list[str]:
    """What `pg_dump -s` says, without its key against injected lines."""
    file = folder / "schema.sql"
    await asyncio.to_thread(run, "pg_dump", url, "--schema-only", "--no-owner", f"--file={file}")
    return [line for line in file.read_text().splitlines() if "restrict " not in line]


async def all_rows(url: str) -> dict[str, list[dict[str, object]]]:
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace::regnamespace::text IN ('ingest', 'fetcher')"
        )
        return {
            name: [dict(row) for row in await connection.fetch(f"TABLE {name}")]
            for (name,) in tables
        }
    finally:
        await connection.close()


async def test_it_has_the_schema_of_a_new_one_and_its_rows(
    old_url: str, database_url: str, tmp_path: Path
) -> None:
    before = await all_rows(old_url)
    for row in before["ingest.change"]:
        row["kind"] = _RENAMED_KINDS.get(str(row["kind"]), row["kind"])
    assert sum(map(len, before.values())) > 150
    ran = await migrate(old_url, lock_timeout=5)
    assert ran == [path.name for path in [*list_tables(FOLDER)[1:], *list_replaceable(FOLDER)]]
    # As the init job does at its end; a new database has the roles' rights already.
    await grant_roles(old_url)
    assert await schema(old_url, tmp_path) == await schema(database_url, tmp_path)
    after = await all_rows(old_url)
    # Columns may have come since, and readings got the parts of their citations' numbers.
    for name, rows in before.items():
        changed = {_WITH_PARTS, _GONE}
        columns = [column for column in (rows or [{}])[0] if (name, column) not in changed]
        now = [_RENAMED.get((name, column), column) for column in columns]
        was = [str([row[column] for column in columns]) for row in rows]
        assert sorted(was) == sorted(str([row[column] for column in now]) for row in after[name])
    assert await migrate(old_url, lock_timeout=5) == []


async def test_its_readings_have_the_parts_of_their_numbers(old_url: str) -> None:
    await migrate(old_url, lock_timeout=5)
    cited = await _citations_made_anew(old_url)
    assert cited[0] == cited[1]
    assert any(row["number_key"] for row in cited[0])


async def _citations_made_anew(url: str) -> tuple[list[asyncpg.Record], list[asyncpg.Record]]:
    """The citations as they stood, and as they are made of the readings once more."""
    connection = await asyncpg.connect(url)
    try:
        citations = "SELECT * FROM ingest.citation ORDER BY notice_key, position"
        before = await connection.fetch(citations)
        keys = "SELECT array_agg(notice_key) FROM ingest.notice"
        await connection.execute(f"SELECT ingest.refresh_parts(({keys}))")
        wrong = await connection.fetch(
            "SELECT FROM ingest.notice AS n JOIN ingest.reading AS r USING (capture_id) "
            "WHERE (n.notice_key, n.series_key, n.series, n.serial) "
            "IS DISTINCT FROM (r.notice_key, r.series_key, r.series, r.serial)"
        )
        assert wrong == []
        return before, await connection.fetch(citations)
    finally:
        await connection.close()


async def test_its_duties_keep_their_last_day(old_url: str) -> None:
    connection = await asyncpg.connect(old_url)
    try:
        await connection.execute(
            "UPDATE ingest.duty_rate SET until = '2024-04-19' WHERE position = 1;"
            """UPDATE ingest.reading SET notice = jsonb_set(notice, '{duty_rates,0,until}', '"2024-04-19"')"""
            "WHERE notice->'duty_rates'->0 IS NOT NULL"
        )
        await migrate(old_url, lock_timeout=5)
        duties = "SELECT * FROM ingest.duty_rate ORDER BY notice_key, position"
        before = await connection.fetch(duties)
        assert {row["last_day"] for row in before} == {date(2024, 4, 19)}
        keys = "SELECT array_agg(notice_key) FROM ingest.notice"
        await connection.execute(f"SELECT ingest.refresh_parts(({keys}))")
        assert await connection.fetch(duties) == before
    finally:
        await connection.close()


async def test_the_upgraded_database_stays_in_use(old_url: str) -> None:
    await migrate(old_url, lock_timeout=5)
    connection = await asyncpg.connect(old_url)
    try:
        event = read(notice(document_number="商务部令2026年第10号"))
        await write_events(connection, [event])
        key = "SELECT notice_key FROM changes ORDER BY sequence DESC LIMIT 1"
        assert await connection.fetchval(key) == "商务部令2026-10"
        assert len(await connection.fetch("SELECT FROM search_notices('名单')")) > 0
    finally:
        await connection.close()


async def test_an_earlier_one_is_refused(old_url: str) -> None:
    connection = await asyncpg.connect(old_url)
    await connection.execute("UPDATE mofcom_internal.migration SET version_num = '0017'")
    await connection.close()
    with pytest.raises(OlderDatabase, match="has had migration 0017 of 0023"):
        await migrate(old_url, lock_timeout=5)


async def test_a_backup_of_it_is_restored_over_a_new_database(
    database_url: str, backup: Path, tmp_path: Path
) -> None:
    blobs = (tmp_path / "blobs").as_uri()
    await asyncio.to_thread(restore_backup, database_url, blobs, backup, RoleSettings())
    assert sum(map(len, (await all_rows(database_url)).values())) > 150
    connection = await asyncpg.connect(database_url)
    try:
        comment = "SELECT col_description('notices'::regclass, attnum) FROM pg_attribute WHERE attrelid = 'notices'::regclass AND attname = 'warnings'"
        assert "issued_on: none found" in await connection.fetchval(comment)
    finally:
        await connection.close()
