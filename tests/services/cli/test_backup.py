"""`mofcom backup` and `mofcom restore`: a full cycle, and what they refuse."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from deploy.init.migrate import migrate
from deploy.init.roles import grant_roles
from services.cli.backup import NotDone, make_backup
from services.cli.restore import restore_backup
from shared.blobs import Blobs
from shared.settings import RoleSettings
from testing.environment import without_settings
from testing.indexer.events import TABLES, notice, table
from testing.waiting import LIMIT_SECONDS
from tests.database.conftest import read, write_events
from tests.database.history import history


@pytest.fixture
async def source(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    await grant_roles(database_url)
    connection = await asyncpg.connect(database_url)
    await write_events(connection, history(seed=3, documents=6))
    yield connection
    await connection.close()


async def test_a_full_cycle(
    source: asyncpg.Connection, database_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    sha256 = await Blobs(here.as_uri()).put_body(b"a page")
    backup = tmp_path / "backup"
    make_backup(database_url, here.as_uri(), backup)
    # A second one takes what is new.
    later = await Blobs(here.as_uri()).put_body(b"another")
    await write_events(source, [read(notice(document_number="商务部令2026年第9号"))])
    make_backup(database_url, here.as_uri(), backup)

    await migrate(empty_database_url, lock_timeout=5)
    arguments = (empty_database_url, there.as_uri(), backup, RoleSettings())
    await asyncio.to_thread(restore_backup, *arguments)
    assert await Blobs(there.as_uri()).get_body(sha256) == b"a page"
    assert await Blobs(there.as_uri()).get_body(later) == b"another"
    restored = await asyncpg.connect(empty_database_url)
    try:
        for name in TABLES:
            assert await table(restored, name) == await table(source, name), name
        assert len(await restored.fetch("SELECT FROM search_notices('稀土')")) > 0
        # It goes on: the init job finds nothing to do, new events are taken in.
        assert await migrate(empty_database_url, lock_timeout=5) == []
        await write_events(restored, [read(notice(document_number="商务部令2026年第10号"))])
        sql = "SELECT kind, notice_key FROM changes ORDER BY sequence DESC LIMIT 2"
        assert [tuple(row) for row in await restored.fetch(sql)] == [
            ("added", "商务部令2026-10"),
            ("added", "商务部令2026-9"),
        ]
    finally:
        await restored.close()
    with pytest.raises(NotDone, match="already"):
        await asyncio.to_thread(restore_backup, *arguments)


async def test_a_restored_data_folder_is_queried_at_once(
    source: asyncpg.Connection, database_url: str, tmp_path: Path
) -> None:
    backup = tmp_path / "backup"
    make_backup(database_url, (tmp_path / "blobs").as_uri(), backup)
    environment = without_settings(MOFCOM_DATA_DIR=str(tmp_path / "var"))

    def mofcom(*arguments: str) -> str:
        command = [sys.executable, "-m", "services.cli", *arguments]
        done = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    await asyncio.to_thread(mofcom, "restore", str(backup))
    sql = "SELECT current_user, count(*) FROM requests"
    said = await asyncio.to_thread(mofcom, "psql", "-c", sql, "--", "-At")
    requests = await source.fetchval("SELECT count(*) FROM requests")
    assert said.strip() == f"analyst|{requests}"


async def test_what_is_refused(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(NotDone, match=r"holds no database\.dump"):
        restore_backup(database_url, tmp_path.as_uri(), tmp_path, RoleSettings())
    wrong = database_url.rpartition("/")[0] + "/nothing"
    with pytest.raises(NotDone, match=r"pg_dump failed: .*nothing"):
        make_backup(wrong, tmp_path.as_uri(), tmp_path / "backup")
    assert not (tmp_path / "backup" / "database.dump").exists()
