"""Writes the rows of a view or of an answer to a file."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import asyncpg

from services.cli.export.sources import NoSuchSource, Source, find_source
from services.cli.export.where import Condition, condition_sql
from services.cli.export.writers import writer
from shared.database import connect, rows_in_parts
from shared.tables.about import about
from shared.tables.plain_text import STANDARD_OUTPUT
from shared.tables.values import Column, Rows, Table, Writer

_CONNECT_SECONDS = 10
_AT_ONCE = 500
_AS_AN_ANALYST = "SET LOCAL TimeZone = 'Asia/Shanghai'; SET LOCAL search_path = public"
# When a row was stored or last changed: `--since` filters by the first of these that there is.
_TIMES = ("changed_at", "at", "fetched_at", "held_at", "updated_at", "asked_at")


@dataclass(frozen=True)
class Asked:
    """What to export: a view, or a question with its parameters; of its columns those named, else all;
    the rows that fulfil all conditions and were stored or changed since a moment, which has a zone.
    """

    name: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    columns: Sequence[str] = ()
    where: Sequence[Condition] = ()
    since: datetime | None = None


@dataclass(frozen=True)
class Exported:
    """How many rows were written, the column that `since` filtered by, what is to be known of them, and
    what is to be said of the file.
    """

    rows: int
    time: str | None
    about: Mapping[str, Sequence[str]]
    remarks: Sequence[str]


async def export(dsn: str, asked: Asked, file_format: str, path: Path) -> Exported:
    """Write the rows in a format of `writer`.

    The file is there when it is whole. Rows are read with a cursor, so that a view of any size goes through
    a little memory. Raises NoSuchSource, UnknownQuestion, NoCondition, FormatMissing, TooManyRows and
    asyncpg's errors.
    """
    write = writer(file_format)
    async with snapshot(dsn) as database:
        return await export_in(database, asked, write, path)


@asynccontextmanager
async def snapshot(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    """A transaction in which nothing changes under a cursor, and a day without a zone is one in China.

    Of the role ingest, whose own schema would come first, names mean what they mean to an analyst.
    """
    database = await connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        async with database.transaction(isolation="repeatable_read", readonly=True):
            await database.execute(_AS_AN_ANALYST)
            yield database
    finally:
        await database.close()


async def export_in(
    database: asyncpg.Connection, asked: Asked, write: Writer, path: Path
) -> Exported:
    """As `export`, in a transaction of the caller's."""
    source = await find_source(database, asked.name, asked.parameters)
    columns = _chosen(source, asked.columns)
    conditions, time, parameters = _conditions(source, asked)
    # Names are the catalogue's; values are parameters.
    query = f"SELECT {', '.join(map(_select, columns))} FROM {source.sql} WHERE {conditions}"  # noqa: S608
    table = Table(source.name, columns, await _about(database, source, asked))
    written = 0

    async def rows() -> Rows:
        nonlocal written
        async for some in rows_in_parts(database, query, parameters, _AT_ONCE):
            written += len(some)
            yield [tuple(row.values()) for row in some]

    if path == STANDARD_OUTPUT:
        remarks = await write(path, table, rows())
    else:
        new = path.with_name(path.name + ".new")
        try:
            remarks = await write(new, table, rows())
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    return Exported(written, time, table.about, remarks)


def _chosen(source: Source, names: Sequence[str]) -> list[Column]:
    known = {column.name: column for column in source.columns}
    if unknown := [name for name in names if name not in known]:
        raise NoSuchSource(
            f"{source.name} has no column {', '.join(unknown)}: it has {', '.join(known)}"
        )
    chosen = [known[name] for name in dict.fromkeys(names)] or source.columns
    # As a double precision of the digits that a real has, 0.9 is not 0.8999999761581421.
    return [Column(c.name, "double precision") if c.type == "real" else c for c in chosen]


def _select(column: Column) -> str:
    name = f'"{column.name}"'
    return f"{name}::text::float8 AS {name}" if column.type == "double precision" else name


def _conditions(source: Source, asked: Asked) -> tuple[str, str | None, list[object]]:
    """The rows to take in SQL, the column of `since`, and the values of all parameters."""
    types = {column.name: column.type for column in source.columns}
    parameters: list[object] = [*source.parameters]
    tests, time = ["found"] if source.is_question else [], None
    for condition in asked.where:
        test, value = condition_sql(condition, types, len(parameters) + 1)
        tests.append(test)
        parameters.append(value)
    if asked.since is not None:
        time = next((name for name in _TIMES if name in types), None)
        if time is None:
            raise NoSuchSource(
                f"{source.name} does not say when a row was stored or changed, which --since filters by: "
                "leave it out"
            )
        parameters.append(asked.since)
        tests.append(f'"{time}" >= ${len(parameters)}')
    return " AND ".join(tests) or "true", time, parameters


async def _about(
    database: asyncpg.Connection, source: Source, asked: Asked
) -> dict[str, list[str]]:
    known = (
        f"SELECT as_of, index_asked_at, not_held FROM {source.sql} LIMIT 1"  # noqa: S608
        if source.is_question
        else "SELECT as_of, index_asked_at, NULL AS not_held FROM freshness"
    )
    row = await database.fetchrow(known, *source.parameters)
    conditions = [" ".join(condition) for condition in asked.where]
    if asked.since is not None:
        conditions.append(f"stored or changed since {asked.since:%F}")
    return about(
        f"{'question' if source.is_question else 'view'} {source.name}",
        asked.parameters,
        conditions,
        row["as_of"],
        row["index_asked_at"],
        row["not_held"],
    )
