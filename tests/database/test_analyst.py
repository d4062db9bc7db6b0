"""An analyst's session: what it may do, and that it cannot break or block anything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from shutil import copytree
from typing import Any

import asyncpg
import pytest

from deploy.init.errors import InUse
from deploy.init.migrate import migrate
from deploy.init.roles import grant_roles
from deploy.init.sql_files import FOLDER, list_tables
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from services.indexer.watchdog import Watchdog
from shared.database_url import with_parts
from shared.passwords import ROLES
from testing.indexer.events import notice
from testing.servers import as_role
from testing.waiting import LIMIT_SECONDS, until
from tests.database.conftest import Write, read, write_events
from tests.database.history import history


@pytest.fixture
async def analyst_url(database_url: str) -> str:
    assert await grant_roles(database_url) == []
    return as_role(database_url, "analyst")


@pytest.fixture
async def analyst(analyst_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(analyst_url)
    yield connection
    connection.terminate()


@asynccontextmanager
async def watching(url: str, seconds: float = 0.3) -> AsyncIterator[None]:
    """The indexer's watchdog, impatient: short queries go before or after it, for a busy machine may
    let them last as long.
    """
    settings = IndexerSettings(
        database_url=as_role(url, "indexer"),
        analyst_seconds=seconds,
        analyst_grace_seconds=seconds,
        analyst_look_seconds=0.05,
    )
    store = Store(settings.database_url, timeout_seconds=LIMIT_SECONDS)
    await store.start()
    watchdog = Watchdog(settings, store)
    stop = asyncio.Event()
    running = asyncio.create_task(watchdog.run(stop))
    yield
    stop.set()
    await running
    await store.stop()


async def test_no_session_locks_out_the_others(
    database_url: str, analyst_url: str, analyst: asyncpg.Connection
) -> None:
    name = database_url.rpartition("/")[2].partition("?")[0]
    for statement in (
        "SET default_transaction_read_only = off",
        "ALTER ROLE analyst PASSWORD NULL",
        f"ALTER ROLE analyst IN DATABASE {name} SET statement_timeout = '1ms'",
        "ALTER ROLE analyst SET search_path = pg_temp",
        "ALTER ROLE analyst SET default_transaction_read_only = off",
    ):
        await analyst.execute(statement)

    async def restored() -> bool:
        try:
            other = await asyncpg.connect(analyst_url)
        except asyncpg.InvalidPasswordError:
            return False
        try:
            found = [
                await other.fetchval(f"SHOW {setting}")
                for setting in ("statement_timeout", "search_path", "default_transaction_read_only")
            ]
        finally:
            await other.close()
        return found == ["30s", "public", "on"]

    async with watching(database_url, seconds=LIMIT_SECONDS):
        await until(restored)


async def test_a_personal_login_reads_and_does_not_become_the_analyst(
    database_url: str, analyst_url: str, connection: asyncpg.Connection
) -> None:
    await connection.execute(
        "CREATE ROLE ann LOGIN PASSWORD 'of ann'; GRANT analyst TO ann WITH INHERIT TRUE, SET FALSE"
    )
    try:
        restored = await connection.fetch("SELECT * FROM ingest.restore_analyst()")
        assert [row["restored"] for row in restored] == ["temp_file_limit of ann"]
        ann = await asyncpg.connect(with_parts(analyst_url, user="ann", password="of ann"))
        assert await ann.fetchval("SELECT count(*) FROM notices") == 0
        assert await ann.fetchval("SHOW temp_file_limit") == "2GB"
        for statement in (
            "SET temp_file_limit = -1",
            "SET ROLE analyst",
            "ALTER ROLE analyst PASSWORD NULL",
            "ALTER ROLE analyst SET statement_timeout = '1ms'",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await ann.execute(statement)
        await ann.close()
        assert await connection.fetch("SELECT * FROM ingest.restore_analyst()") == []
    finally:
        await connection.execute("DROP ROLE ann")


async def test_settings_that_are_right_are_left_as_they_are(
    analyst_url: str, connection: asyncpg.Connection
) -> None:
    """PostgreSQL stores a setting by its own name, TimeZone: one by another is never found right."""
    await connection.fetch("SELECT * FROM ingest.restore_analyst()")
    assert await connection.fetch("SELECT * FROM ingest.restore_analyst()") == []


async def test_everything_that_is_for_analysts_works(
    write: Write, analyst: asyncpg.Connection
) -> None:
    await write([read(notice()), *history(seed=3, documents=5)])
    views = await analyst.fetch(
        "SELECT viewname FROM pg_views WHERE schemaname = 'public' ORDER BY viewname"
    )
    assert len(views) >= 25
    for (view,) in views:
        await analyst.fetch(f"SELECT * FROM {view}")  # noqa: S608 - names from the catalogue
    assert len(await analyst.fetch("SELECT * FROM search_notices('名单')")) == 1
    assert len(await analyst.fetch("SELECT * FROM notices_in_force()")) > 1
    await analyst.fetch("SELECT * FROM listed_entities_on('2025-05-20')")
    version = await analyst.fetchval("SELECT version_id FROM notice_versions LIMIT 1")
    assert await analyst.fetch("SELECT * FROM notice_diff($1, $1)", version)
    assert await analyst.fetchval("SHOW default_transaction_read_only") == "on"
    assert await analyst.fetchval("SHOW statement_timeout") == "30s"


ENDLESS = "SELECT pg_sleep(86400)"
LIFTED = ("SET default_transaction_read_only = off", "SET statement_timeout = 0")


@pytest.mark.parametrize("lifted", [False, True])
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM notices",
        "UPDATE changes SET kind = 'removed'",
        "INSERT INTO notices (notice_key) VALUES ('a')",
        "CREATE TABLE mine (a int)",
        "CREATE VIEW mine AS SELECT 1",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "CREATE TEMPORARY TABLE mine (a int)",
        "CREATE TEMPORARY VIEW mine AS SELECT 1",
        "SELECT * INTO TEMPORARY mine FROM notices",
        "DROP VIEW notices",
        "COMMENT ON VIEW notices IS 'mine'",
        "SELECT * FROM ingest.notice",
        "SELECT * FROM fetcher.pause",
        "SELECT * FROM mofcom_internal.version",
        "SELECT ingest.refresh('{a}')",
        "SELECT ingest.one_writer()",
        "SELECT ingest.end_long_transactions('0', '0')",
        "BEGIN; LOCK TABLE notices IN ACCESS EXCLUSIVE MODE",
        "SELECT * FROM notices FOR UPDATE",
        "SELECT pg_advisory_lock(hashtextextended('mofcom notices', 0))",
        "SELECT pg_advisory_xact_lock(1)",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'a')",
        "SELECT pg_logical_emit_message(false, 'a', repeat('a', 1000))",
        "SELECT pg_export_snapshot()",
        "SELECT pg_cancel_backend(0)",
        "SELECT pg_terminate_backend(0)",
        "BEGIN; PREPARE TRANSACTION 'a'",
        "SELECT pg_read_file('/etc/hostname')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "COPY notices TO '/tmp/notices'",
        "SET temp_file_limit = -1",
        "ALTER ROLE analyst CONNECTION LIMIT 1000",
        "ALTER ROLE analyst SUPERUSER",
        "SET ROLE mofcom",
        "SET SESSION AUTHORIZATION mofcom",
        "GRANT analyst TO mofcom",
        "SELECT * FROM pg_authid",
    ],
)
async def test_what_is_forbidden_stays_so_also_after_limits_are_lifted(
    analyst: asyncpg.Connection, statement: str, lifted: bool
) -> None:
    if lifted:
        for setting in LIFTED:
            await analyst.execute(setting)
    with pytest.raises(
        (
            asyncpg.InsufficientPrivilegeError,
            asyncpg.ReadOnlySQLTransactionError,
            # Views of several tables, whoever asks.
            asyncpg.ObjectNotInPrerequisiteStateError,
            asyncpg.FeatureNotSupportedError,
        )
    ) as refused:
        await analyst.execute(statement)
    if lifted:
        assert not isinstance(refused.value, asyncpg.ReadOnlySQLTransactionError)


async def test_other_databases_of_the_server_are_closed(
    servers: Any, database_url: str, analyst_url: str
) -> None:
    for name in ("postgres", "template1"):
        url = with_parts(analyst_url, database=name)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(url)


async def test_connections_have_a_limit(analyst_url: str, connection: asyncpg.Connection) -> None:
    opened: list[asyncpg.Connection] = []
    places = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'analyst'"

    async def gone() -> bool:
        return bool(await connection.fetchval(places) == 0)

    try:
        opened += [await asyncpg.connect(analyst_url) for _ in range(20)]
        with pytest.raises(asyncpg.TooManyConnectionsError):
            await asyncpg.connect(analyst_url)
    finally:
        for one in opened:
            one.terminate()
        # Others of this file need the places.
        await until(gone)


async def test_a_long_query_is_cancelled_whatever_the_session_has_set(
    database_url: str, analyst: asyncpg.Connection
) -> None:
    for setting in LIFTED:
        await analyst.execute(setting)
    async with watching(database_url):
        with pytest.raises(asyncpg.QueryCanceledError):
            await analyst.fetch(ENDLESS)
    # The session itself goes on.
    assert await analyst.fetchval("SELECT 1") == 1


@pytest.mark.parametrize(
    "question",
    [
        "search_notices($1)",
        "search_notices('名单', issuer => $1)",
        "search_notices('名单', document_type => $1)",
        "search($1)",
        "screen($1)",
        "applies(hs => $1)",
        "applies(party => $1)",
        "applies(hs => '2805', country => $1)",
        "duties(goods => $1)",
        "duties(origin => $1)",
        "notice($1)",
        "cites($1)",
        "in_force($1)",
        "diff($1)",
    ],
)
async def test_a_text_of_any_length_is_refused_at_once(
    analyst: asyncpg.Connection, question: str
) -> None:
    """What PostgreSQL does with each character of it cannot be cancelled."""
    await analyst.execute("SET statement_timeout = 0")
    with pytest.raises(asyncpg.StringDataRightTruncationError, match="has 1000000 characters"):
        await analyst.fetch(f"SELECT * FROM {question}", "國" * 1_000_000)  # noqa: S608


async def test_a_query_that_wants_all_memory_fails_and_the_server_goes_on(
    analyst: asyncpg.Connection, connection: asyncpg.Connection
) -> None:
    started = await connection.fetchval("SELECT pg_postmaster_start_time()")
    session = await connection.fetchval("SELECT pg_backend_pid()")
    with pytest.raises(asyncpg.OutOfMemoryError):
        await analyst.fetch("SELECT array_agg(repeat('x', 100000000)) FROM generate_series(1, 100)")
    assert await analyst.fetchval("SELECT 1") == 1
    # Nobody else has lost a session.
    assert await connection.fetchval("SELECT pg_backend_pid()") == session
    assert await connection.fetchval("SELECT pg_postmaster_start_time()") == started


async def test_who_catches_the_cancellation_is_ended(
    database_url: str, analyst: asyncpg.Connection
) -> None:
    for setting in LIFTED:
        await analyst.execute(setting)
    stubborn = f"""
        DO $$ BEGIN LOOP
            BEGIN PERFORM {ENDLESS.removeprefix("SELECT ")}; EXCEPTION WHEN query_canceled THEN NULL; END;
        END LOOP; END $$
    """
    async with watching(database_url):
        with pytest.raises((asyncpg.AdminShutdownError, asyncpg.ConnectionDoesNotExistError)):
            await analyst.execute(stubborn)


async def test_an_open_transaction_blocks_neither_ingestion_nor_a_change_of_the_schema(
    connection: asyncpg.Connection,
    database_url: str,
    analyst: asyncpg.Connection,
    tmp_path: Path,
) -> None:
    await analyst.execute("SET idle_in_transaction_session_timeout = 0")
    await analyst.execute("BEGIN")
    await analyst.fetch("SELECT * FROM notices")
    await asyncio.wait_for(write_events(connection, [read(notice())]), LIMIT_SECONDS)

    folder = copytree(FOLDER, tmp_path / "postgres")
    change = "ALTER TABLE ingest.reading ADD COLUMN another text"
    another = f"{len(list_tables(folder)) + 1:04}_another.sql"
    (folder / "tables" / another).write_text(change)
    ran = list[str]()

    async def migrated() -> bool:
        try:
            ran.extend(await migrate(database_url, lock_timeout=0.1, folder=folder))
        except InUse:
            # What waits meanwhile has had its turn.
            await asyncio.wait_for(write_events(connection, [read(notice())]), LIMIT_SECONDS)
        return ran != []

    assert not await migrated()
    async with watching(database_url):
        await until(migrated)
    assert "notices.sql" in ran
    added = "SELECT FROM pg_attribute WHERE attrelid = 'ingest.reading'::regclass AND attname = 'another'"
    assert len(await connection.fetch(added)) == 1
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, ConnectionError)):
        await analyst.fetchval("SELECT 1")


async def test_a_listener_that_sleeps_in_a_transaction_does_not_stop_the_writer(
    write: Write, analyst: asyncpg.Connection, connection: asyncpg.Connection
) -> None:
    await analyst.execute("LISTEN changes")
    await analyst.execute("BEGIN")
    await analyst.fetchval("SELECT 1")

    async def fill_the_queue() -> None:
        for n in range(1000):
            await connection.execute("SELECT pg_notify($1, repeat('x', 7000))", f"other_{n}")

    with pytest.raises(asyncpg.ProgramLimitExceededError, match="too many notifications"):
        await fill_the_queue()
    await write([read(notice())])
    assert await connection.fetchval("SELECT count(*) FROM notices") == 1


async def test_an_owner_that_is_no_superuser_will_do(
    empty_database_url: str, analyst_url: str
) -> None:
    """As on a server of somebody else's: the owner may make roles, and nothing else."""
    administrator = await asyncpg.connect(empty_database_url)
    name = await administrator.fetchval("SELECT current_database()")
    await administrator.execute(
        "CREATE ROLE host LOGIN CREATEROLE PASSWORD 'of the host';"
        f"ALTER DATABASE {name} OWNER TO host;"
        # What it would have of roles that it made itself.
        f"GRANT {', '.join(ROLES)} TO host WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
    )
    try:
        url = with_parts(empty_database_url, user="host", password="of the host")
        await migrate(url, lock_timeout=5)
        for _ in range(2):
            warnings = await grant_roles(url)
        assert [w for w in warnings if "GRANT pg_signal_backend, pg_read_all_stats TO host" in w]

        own = await asyncpg.connect(as_role(empty_database_url, "indexer"))
        await write_events(own, [read(notice())])
        await own.close()
        owner = await asyncpg.connect(url)
        analyst = await asyncpg.connect(as_role(empty_database_url, "analyst"))
        await analyst.execute("SET statement_timeout = 0")
        assert await analyst.fetchval("SELECT count(*) FROM notices") == 1
        async with watching(empty_database_url):
            # A backup takes long, and its owner is not an analyst.
            backup = asyncio.create_task(owner.execute(ENDLESS))
            with pytest.raises(asyncpg.QueryCanceledError):
                await analyst.fetch(ENDLESS)
            assert not backup.done()
            backup.cancel()
            await asyncio.wait({backup})
        await owner.close()
        await analyst.close()
    finally:
        await administrator.execute(
            "REASSIGN OWNED BY host TO mofcom; DROP OWNED BY host CASCADE; DROP ROLE host"
        )
        await administrator.close()


async def test_a_pool_of_an_analysts_takes_its_connections_back(analyst_url: str) -> None:
    async with asyncpg.create_pool(analyst_url, min_size=0, max_size=1) as pool:
        for _ in range(2):
            assert await pool.fetchval("SELECT count(*) FROM notices") == 0
