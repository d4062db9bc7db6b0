"""Every view is read by the programs with which people read databases: no column's type or name stops them."""

from collections.abc import Callable
from pathlib import Path

import asyncpg
import connectorx
import duckdb
import pandas
import polars
import psycopg
import pytest
import sqlalchemy

from services.cli.export.rows import Asked, export
from tests.database.conftest import write_events
from tests.database.history import history

_VIEWS = """
    SELECT relname FROM pg_class
    WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""


def by_psycopg(url: str, sql: str) -> int:
    with psycopg.connect(url) as connection:
        return len(connection.execute(sql.encode()).fetchall())


def by_sqlalchemy(url: str, sql: str) -> int:
    engine = sqlalchemy.create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as connection:
        rows = len(connection.execute(sqlalchemy.text(sql)).fetchall())
    engine.dispose()
    return rows


def by_pandas(url: str, sql: str) -> int:
    engine = sqlalchemy.create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    frame = pandas.read_sql(sql, engine)
    engine.dispose()
    return len(frame)


def by_connectorx(url: str, sql: str) -> int:
    return int(connectorx.read_sql(url, sql, return_type="arrow").num_rows)


def by_polars(url: str, sql: str) -> int:
    return polars.read_database_uri(sql, url).height


READERS: dict[str, Callable[[str, str], int]] = {
    "psycopg": by_psycopg,
    "SQLAlchemy": by_sqlalchemy,
    "pandas": by_pandas,
    "connectorx": by_connectorx,
    "polars": by_polars,
}


@pytest.fixture
async def views(bundled: asyncpg.Connection) -> list[str]:
    """The views, filled with what happens to notices."""
    await write_events(bundled, history(1, documents=5))
    return [row["relname"] for row in await bundled.fetch(_VIEWS)]


@pytest.mark.parametrize("reader", READERS)
async def test_every_view_is_read(
    views: list[str], connection: asyncpg.Connection, database_url: str, reader: str
) -> None:
    for view in views:
        rows = await connection.fetch(f"SELECT * FROM {view}")  # noqa: S608
        assert READERS[reader](database_url, f"SELECT * FROM {view}") == len(rows), view  # noqa: S608
    assert await connection.fetchval("SELECT count(*) FROM series") > 3


async def test_every_view_is_read_as_parquet(
    views: list[str], database_url: str, tmp_path: Path
) -> None:
    for view in views:
        path = tmp_path / f"{view}.parquet"
        done = await export(database_url, Asked(view), "parquet", path)
        table = duckdb.connect().execute("SELECT count(*) FROM read_parquet(?)", [str(path)])
        assert table.fetchall() == [(done.rows,)], view
        assert polars.read_parquet(path).height == done.rows, view


async def test_no_column_has_a_reserved_name_or_a_type_that_programs_lack(
    connection: asyncpg.Connection,
) -> None:
    rows = await connection.fetch(
        """
        SELECT c.relname || '.' || a.attname AS name, format_type(t.oid, NULL) AS type,
            w.catcode IN ('R', 'T') AS reserved
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        JOIN pg_type AS t ON t.oid = a.atttypid
        LEFT JOIN pg_get_keywords() AS w ON w.word = a.attname
        WHERE c.relkind = 'v' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0
        """
    )
    assert [row["name"] for row in rows if row["reserved"]] == []
    plain = {
        "text", "bigint", "integer", "date", "boolean", "jsonb", "numeric", "bytea", "double precision",
        "timestamp with time zone", "timestamp without time zone", "text[]", "integer[]", "real",
    }  # fmt: skip
    assert {(row["name"], row["type"]) for row in rows if row["type"] not in plain} == set()
