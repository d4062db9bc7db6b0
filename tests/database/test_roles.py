"""The roles of services and command line: each may do what its statements need, and no more."""

import re
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from deploy.init.roles import grant_roles
from services.fetcher import restoration
from services.indexer.upserts import UPSERTS
from shared.passwords import ROLES, Role
from shared.pipeline_facts import look_at_rows, look_at_state
from shared.troubles.facts import Facts
from testing.indexer.events import notice
from testing.servers import as_role
from tests.database.conftest import read, write_events
from tests.database.history import history

SERVICES = Path(__file__).parents[2] / "services"
_WRITES = re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM)\s+((?:ingest|fetcher|notifier)\.\w+)")
_ALSO_UPDATES = re.compile(
    r'\bINSERT INTO\s+(\w+\.\w+)(?:(?!"""|INSERT INTO|;).)*?\bDO UPDATE', re.DOTALL
)

_FUNCTIONS = """
    SELECT prosrc FROM pg_proc
    WHERE pronamespace = 'ingest'::regnamespace AND provolatile = 'v' AND NOT prosecdef
"""
_GRANTED = """
    SELECT c.oid::regclass::text AS name, privilege
    FROM pg_class AS c, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
    WHERE c.relkind IN ('r', 'v') AND c.relnamespace::regnamespace::text !~ '^(pg_|information)'
        AND has_table_privilege($1, c.oid, privilege)
"""


def written_by(*texts: str) -> dict[str, set[str]]:
    """The tables that SQL in these texts writes, by privilege."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for words, table in _WRITES.findall(text):
            found[words.split()[0]].add(table)
        found["UPDATE"].update(_ALSO_UPDATES.findall(text))
    return found


async def granted_to(connection: asyncpg.Connection, role: Role) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in await connection.fetch(_GRANTED, role):
        found[row["privilege"]].add(row["name"])
    return found


def sources(service: str) -> list[str]:
    return [path.read_text() for path in (SERVICES / service).rglob("*.py")]


async def test_the_fetcher_may_write_what_its_statements_write(
    connection: asyncpg.Connection,
) -> None:
    assert await granted_to(connection, "fetcher") == written_by(*sources("fetcher"))


async def test_the_indexer_may_write_what_its_statements_and_functions_write(
    connection: asyncpg.Connection,
) -> None:
    functions = [row["prosrc"] for row in await connection.fetch(_FUNCTIONS)]
    upserts = [each.sql for each in UPSERTS]
    # What it generates for the init job is no statement of its own.
    own = [text for text in sources("indexer") if "do not edit" not in text]
    assert await granted_to(connection, "indexer") == written_by(*own, *functions, *upserts)


async def test_the_notifier_may_write_what_its_statements_write(
    connection: asyncpg.Connection,
) -> None:
    assert await granted_to(connection, "notifier") == written_by(*sources("notifier"))


@pytest.mark.parametrize("role", ROLES)
async def test_a_pool_takes_its_connections_back(database_url: str, role: Role) -> None:
    assert await grant_roles(database_url) == []
    async with asyncpg.create_pool(as_role(database_url, role), min_size=1, max_size=1) as pool:
        pids = {await pool.fetchval("SELECT pg_backend_pid()") for _ in range(2)}
    assert len(pids) == 1


async def test_who_reads_may_write_next_to_nothing(connection: asyncpg.Connection) -> None:
    assert await granted_to(connection, "analyst") == {}
    assert await granted_to(connection, "operator") == written_by(restoration.BEGIN)
    marks = "SELECT has_column_privilege('operator', 'ingest.reading', $1, 'UPDATE')"
    assert await connection.fetchval(marks, "parser_version")
    assert not await connection.fetchval(marks, "notice")


@pytest.fixture
async def roles(database_url: str) -> AsyncIterator[dict[Role, asyncpg.Connection]]:
    """A connection as each role."""
    # What a database grants by itself does not come with its template.
    assert await grant_roles(database_url) == []
    opened = {role: await asyncpg.connect(as_role(database_url, role)) for role in ROLES}
    yield opened
    for one in opened.values():
        one.terminate()


async def test_the_indexer_can_do_its_work(roles: dict[Role, asyncpg.Connection]) -> None:
    own = roles["indexer"]
    await write_events(own, [read(notice()), *history(seed=3, documents=5)])
    await own.fetch("SELECT * FROM ingest.end_long_transactions('1 hour', '1 s')")
    await own.fetch("SELECT * FROM ingest.restore_analyst()")
    assert await own.fetchval("SELECT count(*) FROM notices") > 1


@pytest.mark.parametrize("role", ["indexer", "operator"])
async def test_troubles_are_seen_by_who_looks_for_them(
    roles: dict[Role, asyncpg.Connection], role: Role, tmp_path: Path
) -> None:
    facts = await look_at_state(Facts(), roles[role].fetch)
    await look_at_rows(facts, roles[role].fetch, tmp_path.as_uri())


async def test_the_operator_marks_readings_and_reads_all_tables(
    roles: dict[Role, asyncpg.Connection], connection: asyncpg.Connection
) -> None:
    await write_events(connection, [read(notice())])
    own = roles["operator"]
    async with own.transaction():
        await own.execute("SELECT ingest.one_writer()")
        await own.execute("UPDATE ingest.reading SET parser_version = 1")
    for row in await own.fetch(
        "SELECT oid::regclass::text AS name FROM pg_class WHERE relkind IN ('r', 'v') "
        "AND relnamespace::regnamespace::text IN ('ingest', 'fetcher', 'public')"
    ):
        await own.fetch(f"SELECT * FROM {row['name']} LIMIT 1")  # noqa: S608 - of the catalogue


# Besides tables of others, which the tests above count.
FORBIDDEN = [
    "CREATE TABLE {schema}.mine (a int)",
    "CREATE FUNCTION {schema}.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA mine",
    "CREATE EXTENSION file_fdw",
    "CREATE TEMPORARY TABLE mine (a int)",
    "DROP TABLE {schema}.{table}",
    "ALTER TABLE {schema}.{table} ADD COLUMN mine text",
    "TRUNCATE {schema}.{table}",
    "CREATE INDEX ON {schema}.{table} ((1))",
    "CREATE OR REPLACE FUNCTION ingest.one_writer() RETURNS void LANGUAGE sql AS ''",
    "SELECT * FROM mofcom_internal.login",
    "UPDATE mofcom_internal.version SET program = '9'",
    "SELECT rolpassword FROM pg_authid",
    "SELECT pg_read_file('/etc/hostname')",
    "COPY {schema}.{table} TO PROGRAM 'true'",
    "SELECT lo_create(0)",
    "ALTER ROLE analyst PASSWORD 'mine'",
    "ALTER ROLE mofcom PASSWORD 'mine'",
    "CREATE ROLE mine",
    "GRANT analyst TO CURRENT_USER",
    "SET ROLE mofcom",
    "SET session_replication_role = replica",
    "ALTER SYSTEM SET log_statement = 'all'",
    "UPDATE public.notices SET title = 'mine'",
]
TABLES = {"fetcher": "answered", "ingest": "notice", "notifier": "match"}
OWN = {"fetcher": "fetcher", "indexer": "ingest", "operator": "ingest", "notifier": "notifier"}


@pytest.mark.parametrize("statement", FORBIDDEN)
@pytest.mark.parametrize("role", OWN)
async def test_nothing_else_is_allowed(
    roles: dict[Role, asyncpg.Connection], role: Role, statement: str
) -> None:
    schema = OWN[role]
    sql = statement.format(schema=schema, table=TABLES[schema])
    with pytest.raises(
        (asyncpg.InsufficientPrivilegeError, asyncpg.ObjectNotInPrerequisiteStateError)
    ):
        await roles[role].execute(sql)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM ingest.notice",
        "SELECT * FROM public.notices",
        "SELECT ingest.refresh('{}')",
        "SELECT pg_advisory_lock(hashtextextended('mofcom notices', 0))",
    ],
)
async def test_the_fetcher_neither_reads_nor_stops_the_indexer(
    roles: dict[Role, asyncpg.Connection], statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await roles["fetcher"].execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM ingest.notice",
        "SELECT * FROM fetcher.answered",
        "UPDATE notifier.status_change SET status = 'mine'",
        "DELETE FROM notifier.status_change",
        "SELECT pg_advisory_lock(hashtextextended('mofcom notices', 0))",
    ],
)
async def test_the_notifier_reads_views_and_its_log_only_grows(
    roles: dict[Role, asyncpg.Connection], statement: str
) -> None:
    await roles["notifier"].fetch("SELECT * FROM notices")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await roles["notifier"].execute(statement)


async def test_the_role_that_all_services_had_can_do_nothing_any_more(
    connection: asyncpg.Connection, database_url: str
) -> None:
    """As in a database of version 0.1."""
    await connection.execute(
        "CREATE ROLE ingest LOGIN PASSWORD 'old'; GRANT SELECT ON ingest.notice TO ingest"
    )
    try:
        assert await grant_roles(database_url) == []
        may = "SELECT has_table_privilege('ingest', 'ingest.notice', 'SELECT')"
        assert not await connection.fetchval(may)
        row: Any = await connection.fetchrow(
            "SELECT rolcanlogin, rolpassword FROM pg_authid WHERE rolname = 'ingest'"
        )
        assert tuple(row) == (False, None)
    finally:
        await connection.execute("DROP ROLE ingest")
