"""Writes the rows of a view to a file: a writer for each format."""

import csv
import json
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import typer
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

STANDARD_OUTPUT = Path("/dev/stdout")

# Excel's own limit for a cell.
_CELL = 32_767


class Column(NamedTuple):
    """A column of a view; `type` is PostgreSQL's name of its type, e.g. text[]."""

    name: str
    type: str


Rows = AsyncIterator[Sequence[Sequence[Any]]]
Writer = Callable[[Path, Sequence[Column], Rows], Any]


async def _jsonl(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    with path.open("w", encoding="utf-8") as file:
        async for some in rows:
            for row in some:
                item = {c.name: _plain(value) for c, value in zip(columns, row, strict=True)}
                file.write(json.dumps(item, ensure_ascii=False) + "\n")


async def _csv(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    # By the mark at its beginning Excel knows UTF-8; a program that reads a pipe has no use for it.
    encoding = "utf-8" if path == STANDARD_OUTPUT else "utf-8-sig"
    with path.open("w", encoding=encoding, newline="") as file:
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
        excel_cell = WriteOnlyCell(sheet, text[:_CELL])
        # A text that begins with = is a text.
        excel_cell.data_type = "s"
        return excel_cell

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


WRITERS: dict[str, Writer] = {"jsonl": _jsonl, "csv": _csv, "xlsx": _xlsx, "parquet": _parquet}

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
    """A value for JSON: types that JSON lacks as text, numbers with their exact digits."""
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
    """A value for a cell: lists joined with semicolons, times as ISO 8601."""
    plain = _plain(value)
    if isinstance(plain, list):
        return "; ".join(str(one) for one in plain)
    return "" if plain is None else plain
