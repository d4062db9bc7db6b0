"""Through a real pgbouncer in transaction mode: each transaction in another session of the server."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import asyncpg
import pytest

from deploy.init.migrate import migrate
from deploy.init.roles import grant_roles
from services.console.database import Database
from services.fetcher.store.connection import Store as FetcherStore
from services.fetcher.store.leases import Leases
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from services.indexer.watchdog import Watchdog
from shared.database import connect, is_pooled
from shared.errors import DependencyDown
from testing.indexer.events import notice
from testing.pgbouncer import PROGRAM, pgbouncer
from testing.servers import ROLE_PASSWORDS, as_role
from testing.waiting import LIMIT_SECONDS
from tests.database.conftest import Write, read, unit

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="this machine has no pgbouncer")


@pytest.fixture
def pooled_url(database_url: str) -> Iterator[str]:
    """The owner's address, through the pooler."""
    with pgbouncer(database_url, ROLE_PASSWORDS) as url:
        yield url


async def _statements(connection: asyncpg.Connection) -> list[str]:
    return [row[0] for row in await connection.fetch("SELECT name FROM pg_prepared_statements")]


async def test_named_statements_are_for_sessions_of_our_own(
    database_url: str, pooled_url: str
) -> None:
    for url, pooled in ((database_url, False), (pooled_url, True)):
        connection = await connect(url)
        assert await is_pooled(connection) is pooled
        assert bool(await _statements(connection)) is not pooled
        await connection.close()


async def test_the_pooler_breaks_what_leans_on_a_session(pooled_url: str) -> None:
    """What the other tests would meet without `connect`."""
    connections = [await asyncpg.connect(pooled_url) for _ in range(5)]
    named = (asyncpg.InvalidSQLStatementNameError, asyncpg.DuplicatePreparedStatementError)
    with pytest.raises(named):
        await _use_in_turn(connections)
    for connection in connections:
        connection.terminate()


async def _use_in_turn(connections: Sequence[asyncpg.Connection]) -> None:
    for turn in range(20):
        used = (one.fetchval("SELECT $1::int, pg_sleep(0.01)", turn) for one in connections)
        await asyncio.gather(*used)


async def test_the_init_job_runs_and_leaves_no_trace_in_the_sessions(
    empty_database_url: str,
) -> None:
    with pgbouncer(empty_database_url, ROLE_PASSWORDS, pool_size=1) as url:
        ran, again = await asyncio.gather(migrate(url, 5), migrate(url, 5))
        assert len({*ran, *again}) > 50
        assert await migrate(url, lock_timeout=5) == []
        assert await grant_roles(url, ROLE_PASSWORDS) == []
        connection = await connect(url)
        assert await connection.fetchval("SHOW lock_timeout") == "0"
        locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
        assert await connection.fetchval(locks) == 0
        await connection.close()


async def test_the_indexer_writes_while_others_read(pooled_url: str) -> None:
    store = Store(as_role(pooled_url, "indexer"), timeout_seconds=LIMIT_SECONDS)
    await store.start()
    settings = IndexerSettings(database_url=as_role(pooled_url, "indexer"))

    async def write(n: int) -> None:
        async with store.transaction() as transaction:
            events = [read(notice(title=f"关于第{n}号的公告{m}")) for m in range(3)]
            assert await transaction.write_units([unit(event) for event in events]) == []

    async def look() -> None:
        analyst = await connect(as_role(pooled_url, "analyst"))
        for _ in range(5):
            await analyst.fetch("SELECT * FROM search_notices($1)", "公告")
        await analyst.close()

    await asyncio.gather(*map(write, range(8)), look(), Watchdog(settings, store).look())
    async with store.transaction() as transaction:
        (row,) = await transaction.fetch("SELECT count(*) AS readings FROM ingest.reading")
    assert row["readings"] == 24
    await store.stop()


async def test_one_fetcher_of_two_has_the_lease(pooled_url: str) -> None:
    stores = [FetcherStore(as_role(pooled_url, "fetcher")) for _ in range(2)]
    for store in stores:
        await store.start()
    leases = [Leases(store) for store in stores]

    async def takes() -> list[bool]:
        takers = [lease.take(str(n), 60) for n, lease in enumerate(leases) for _ in range(4)]
        return list(await asyncio.gather(*takers))

    first = await takes()
    assert sorted({*first[:4]} | {*first[4:]}) == [False, True]
    assert await takes() == first
    await leases[0 if first[0] else 1].end("0" if first[0] else "1")
    assert any(await takes())
    for store in stores:
        await store.stop()


async def test_a_pooler_whose_server_is_away_is_a_dependency_down(
    servers: object, database_url: str
) -> None:
    away = database_url.replace(database_url.rpartition(":")[2].partition("/")[0], "1")
    with pgbouncer(away, ROLE_PASSWORDS) as url:
        store = Store(as_role(url, "indexer"), timeout_seconds=LIMIT_SECONDS)
        with pytest.raises(DependencyDown):
            await store.start()


def mofcom(url: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **os.environ,
        "MOFCOM_DATABASE_URL": url,
        "MOFCOM_BLOB_URL": "s3://no-blob-is-looked-at",
    }
    return subprocess.run(
        [sys.executable, "-m", "services.cli", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
    )


async def test_commands_answer_through_the_pooler(
    pooled_url: str, write: Write, tmp_path: Path
) -> None:
    await write([read(notice())])
    operator = as_role(pooled_url, "operator")
    for arguments in (
        ("psql", "-c", "SELECT count(*) FROM notices"),
        ("ask", "applies", "hs=2805.30", "country=US"),
        ("check",),
        ("export", "notices", "--output", str(tmp_path / "notices.csv")),
        ("export", "--format", "warc", "--output", str(tmp_path / "captures.warc.gz")),
    ):
        for _ in range(2):
            done = mofcom(operator, *arguments)
            assert (done.returncode, done.stderr) == (0, ""), (arguments, done.stderr)
    assert len((tmp_path / "notices.csv").read_text().splitlines()) >= 2


async def test_the_console_answers_through_the_pooler(pooled_url: str) -> None:
    console = Database(as_role(pooled_url, "analyst"), connections=4, statement_seconds=30)
    await console.start()
    asked = {"hs": "2805.30", "country": "US"}
    answers = await asyncio.gather(*(console.ask("applies", asked) for _ in range(8)))
    assert len(answers) == 8
    for _ in range(4):
        async with console.connection() as connection:
            assert await connection.fetchval("SHOW statement_timeout") == "30s"
            assert await connection.fetchval("SHOW TimeZone") == "Asia/Shanghai"
    await console.stop()


async def test_a_backup_asks_for_the_database_itself(
    pooled_url: str, database_url: str, tmp_path: Path
) -> None:
    refused = mofcom(pooled_url, "backup", str(tmp_path / "backup"))
    assert refused.returncode == 1
    assert refused.stderr == (
        "pg_dump and pg_restore cannot go through a pooler: "
        "set MOFCOM_DATABASE_URL to the address of PostgreSQL itself\n"
    )
    connection = await connect(pooled_url)
    for _ in range(4):
        assert "public" in await connection.fetchval("SHOW search_path")
    await connection.close()


async def test_an_analyst_sets_the_time_within_a_transaction(pooled_url: str) -> None:
    analyst = await connect(as_role(pooled_url, "analyst"))
    async with analyst.transaction():
        await analyst.execute("SET LOCAL mofcom.at = '2025-12-01 00:00+08'")
        assert await analyst.fetchval("SELECT current_setting('mofcom.at')") == (
            "2025-12-01 00:00+08"
        )
    assert not await analyst.fetchval("SELECT current_setting('mofcom.at', true)")
    await analyst.close()
