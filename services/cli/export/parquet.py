"""Parquet."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shared.questions import flat
from shared.tables.values import Rows, Table

_ARROW = {
    "boolean": pa.bool_(),
    "smallint": pa.int16(),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "real": pa.float32(),
    "double precision": pa.float64(),
    # Rates and limits as printed; none has more than ten decimals, and one that had would be an error.
    "numeric": pa.decimal128(38, 10),
    "date": pa.date32(),
    # An instant; the zone is that in which it is shown.
    "timestamp with time zone": pa.timestamp("us", tz="Asia/Shanghai"),
    "timestamp without time zone": pa.timestamp("us"),
    "bytea": pa.binary(),
    "text[]": pa.list_(pa.string()),
    "integer[]": pa.list_(pa.int32()),
}


async def write_parquet(path: Path, table: Table, rows: Rows) -> Sequence[str]:
    """Columns of Arrow's types; what those lack is text. `about` is the file's metadata."""
    schema = pa.schema(
        [(column.name, _arrow(column.type)) for column in table.columns],
        metadata={key: "\n".join(lines) for key, lines in table.about.items()},
    )
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
    return []


def _arrow(postgres: str) -> pa.DataType:
    return _ARROW.get(postgres, pa.string())


def _native(arrow: pa.DataType) -> bool:
    return bool(arrow != pa.string())


def _text(value: object) -> str | None:
    return None if value is None else str(flat(value))
