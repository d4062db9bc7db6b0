"""An update with data in place, and the way back."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from deploy.init.errors import NewerDatabase
from deploy.init.migrate import migrate
from deploy.init.sql_files import FOLDER, list_tables
from deploy.local.connections import Connections
from testing.indexer.events import TABLES, notice, table
from testing.waiting import LIMIT_SECONDS
from tests.database.conftest import read, write_events
from tests.database.history import history

NEXT = "99.0.0"


@pytest.fixture
async def filled(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A database of the present version, with notices."""
    connection = await asyncpg.connect(database_url)
    await write_events(connection, history(seed=7, documents=5))
    yield connection
    await connection.close()


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The files of a later version: a column more, in a table and in a view."""
    folder = tmp_path / "postgres"
    shutil.copytree(FOLDER, folder)
    number = len(list_tables(FOLDER)) + 1
    (folder / "tables" / f"{number:04}_later.sql").write_text(
        "ALTER TABLE ingest.capture ADD COLUMN later text DEFAULT 'x';"
    )
    view = folder / "views" / "changes.sql"
    view.write_text(view.read_text().replace(", at FROM", ", at, 1 AS later FROM"))
    return folder


async def contents(connection: asyncpg.Connection) -> dict[str, object]:
    return {name: await table(connection, name) for name in TABLES}


async def test_an_update_keeps_what_is_there_and_goes_on(
    filled: asyncpg.Connection, database_url: str, later: Path
) -> None:
    captures = await filled.fetchval("SELECT count(*) FROM ingest.capture")
    notices = await filled.fetch("SELECT * FROM notices ORDER BY notice_key")
    changes = await filled.fetchval("SELECT count(*) FROM changes")
    assert captures
    await migrate(database_url, 5, later, NEXT)
    count = "SELECT count(*) FROM ingest.capture WHERE later = 'x'"
    assert await filled.fetchval(count) == captures
    assert await filled.fetch("SELECT * FROM notices ORDER BY notice_key") == notices
    assert await filled.fetchval("SELECT sum(later) FROM changes") == changes
    await write_events(filled, [read(notice(document_number="商务部令2026年第9号"))])
    assert await filled.fetchval("SELECT count(*) FROM notices") == len(notices) + 1


async def test_the_version_before_refuses_and_changes_nothing(
    filled: asyncpg.Connection, database_url: str, servers: Connections, later: Path
) -> None:
    await migrate(database_url, 5, later, NEXT)
    before = await contents(filled)
    environment = {**os.environ, **servers.init_environment(), "MOFCOM_DATABASE_URL": database_url}
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "deploy.init"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("NewerDatabase: the database was brought to version 99.0.0")
    assert "restore a backup from before the update" in line
    assert await contents(filled) == before
    assert await filled.fetchval("SELECT sum(later) FROM changes")


async def test_it_refuses_also_where_only_views_differ(
    filled: asyncpg.Connection, database_url: str, later: Path
) -> None:
    (last,) = (later / "tables").glob("*_later.sql")
    last.unlink()
    await migrate(database_url, 5, later, NEXT)
    with pytest.raises(NewerDatabase, match="run that version or a later one"):
        await migrate(database_url, 5)


async def test_it_starts_where_nothing_differs(
    filled: asyncpg.Connection, database_url: str
) -> None:
    await filled.execute("UPDATE mofcom_internal.version SET program = $1", NEXT)
    before = await contents(filled)
    assert await migrate(database_url, 5) == []
    assert await contents(filled) == before
