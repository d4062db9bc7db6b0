"""`mofcom export`: a view as a file that other programs open."""

import asyncio
import csv
import json
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import asyncpg
import pyarrow as pa
import pyarrow.parquet as pq
import typer
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from services.cli.fail import fail
from services.cli.settings import CliSettings, NothingRuns, database_dsn

_CONNECT_SECONDS = 10
_AT_ONCE = 500
# Excel's own limit for a cell.
_CELL = 32_767
# What `--since` looks at, the first of these that the view has.
_TIMES = ("changed_at", "at", "fetched_at", "updated_at", "asked_at", "captured_at", "since")


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class Column(NamedTuple):
    """A column of a view; `type` is PostgreSQL's name of its type, e.g. text[]."""

    name: str
    type: str


Rows = AsyncIterator[Sequence[Sequence[Any]]]
Writer = Callable[[Path, Sequence[Column], Rows], Any]


class NoSuchView(Exception):
    """There is no such view, or it has no time to filter by; the message says which there are."""


def export(
    view: Annotated[str, typer.Argument(help="A view, e.g. notices; docs/schema.md lists them.")],
    file_format: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.CSV,
    since: Annotated[
        datetime | None,
        typer.Option(help="Rows that came or changed then or later.", formats=["%Y-%m-%d"]),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="The file; VIEW.FORMAT by default.")] = None,
) -> None:
    """Write a view to a file: JSON lines, CSV for Excel, an Excel workbook, or Parquet."""
    path = output or Path(f"{view}.{file_format}")
    try:
        dsn = database_dsn(CliSettings(), "ingest")
        written = asyncio.run(export_view(dsn, view, file_format, since, path))
    except (NothingRuns, NoSuchView) as error:
        fail(str(error))
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        fail(f"{path} could not be written: {error}")
    typer.echo(f"{path}: {written} rows")


async def export_view(
    dsn: str, view: str, file_format: Format, since: datetime | None, path: Path
) -> int:
    """Write the view's rows; answers how many. Raises NoSuchView and asyncpg's errors.

    The file is there when it is whole. Rows are read with a cursor, so that a view of any size
    goes through a little memory.
    """
    database = await asyncpg.connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        columns = await _columns(database, view)
        query = f'SELECT * FROM public."{view}"'  # noqa: S608 - a name of the catalogue
        parameters = []
        if since is not None:
            query += f' WHERE "{_time(view, columns)}" >= $1'
            parameters.append(since.astimezone())
        written = 0

        async def rows() -> Rows:
            nonlocal written
            # One snapshot, in which the view cannot change under the cursor.
            async with database.transaction(isolation="repeatable_read", readonly=True):
                cursor = await database.cursor(query, *parameters)
                while some := await cursor.fetch(_AT_ONCE):
                    written += len(some)
                    yield [tuple(row.values()) for row in some]

        new = path.with_name(path.name + ".new")
        await _WRITERS[file_format](new, columns, rows())
        new.replace(path)
    finally:
        await database.close()
    return written


async def _columns(database: "asyncpg.Connection", view: str) -> list[Column]:
    rows = await database.fetch(
        """
        SELECT c.relname, a.attname, format_type(a.atttypid, NULL) AS type
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v' AND a.attnum > 0
        ORDER BY c.relname, a.attnum
        """
    )
    found = [Column(row["attname"], row["type"]) for row in rows if row["relname"] == view]
    if not found:
        views = ", ".join(dict.fromkeys(row["relname"] for row in rows))
        raise NoSuchView(f"no view {view}; there are: {views}")
    return found


def _time(view: str, columns: Sequence[Column]) -> str:
    names = {column.name for column in columns if column.type != "date"}
    found = next((name for name in _TIMES if name in names), None)
    if found is None:
        raise NoSuchView(f"{view} has no time by which --since could choose")
    return found


async def _jsonl(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    with path.open("w", encoding="utf-8") as file:
        async for some in rows:
            for row in some:
                item = {c.name: _plain(value) for c, value in zip(columns, row, strict=True)}
                file.write(json.dumps(item, ensure_ascii=False) + "\n")


async def _csv(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    # By the mark at its beginning Excel knows UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in columns)
        async for some in rows:
            writer.writerows([_flat(value) for value in row] for row in some)


async def _xlsx(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("rows")

    def cell(value: object) -> object:
        if isinstance(value, bool | int | float | date) and not isinstance(value, datetime):
            return value
        text = ILLEGAL_CHARACTERS_RE.sub("", str(_flat(value)))
        made = WriteOnlyCell(sheet, text[:_CELL])
        # A text that begins with = is a text.
        made.data_type = "s"
        return made

    sheet.append([column.name for column in columns])
    cut = 0
    async for some in rows:
        for row in some:
            cut += sum(isinstance(value, str) and len(value) > _CELL for value in row)
            sheet.append([None if value is None else cell(value) for value in row])
    book.save(path)
    if cut:
        typer.echo(f"{cut} texts were cut to the {_CELL} characters that a cell holds", err=True)


async def _parquet(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    schema = pa.schema([(column.name, _arrow(column.type)) for column in columns])
    with pq.ParquetWriter(path, schema) as writer:
        async for some in rows:
            items = [
                {
                    field.name: value if _native(field.type) else _text(value)
                    for field, value in zip(schema, row, strict=True)
                }
                for row in some
            ]
            writer.write_table(pa.Table.from_pylist(items, schema))


_WRITERS: dict[Format, Writer] = {
    Format.JSONL: _jsonl,
    Format.CSV: _csv,
    Format.XLSX: _xlsx,
    Format.PARQUET: _parquet,
}

_ARROW = {
    "boolean": pa.bool_(),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "real": pa.float32(),
    "double precision": pa.float64(),
    "date": pa.date32(),
    "timestamp with time zone": pa.timestamp("us", tz="UTC"),
    "timestamp without time zone": pa.timestamp("us"),
    "bytea": pa.binary(),
    "text[]": pa.list_(pa.string()),
    "integer[]": pa.list_(pa.int32()),
}


def _arrow(postgres: str) -> pa.DataType:
    return _ARROW.get(postgres, pa.string())


def _native(arrow: pa.DataType) -> bool:
    return bool(arrow != pa.string())


def _text(value: object) -> str | None:
    return None if value is None else str(_flat(value))


def _plain(value: object) -> object:
    """For JSON: what it has no type for as text, numbers exactly as they are."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [_plain(one) for one in value]
        case bytes():
            return value.hex()
        case Decimal():
            return float(value)
        case date():
            return value.isoformat()
    return str(value)


def _flat(value: object) -> object:
    """For a cell: lists joined by a semicolon, times as ISO 8601."""
    plain = _plain(value)
    if isinstance(plain, list):
        return "; ".join(str(one) for one in plain)
    return "" if plain is None else plain
