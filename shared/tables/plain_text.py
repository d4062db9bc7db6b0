"""CSV and lines of JSON."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from shared.questions import flat, plain
from shared.tables.values import Rows, Table

STANDARD_OUTPUT = Path("/dev/stdout")


async def write_jsonl(path: Path, table: Table, rows: Rows) -> Sequence[str]:
    """An object a row, with the columns' names; what is JSON in the database is nested."""
    nested = [column.type in ("json", "jsonb") for column in table.columns]
    names = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8") as file:
        async for some in rows:
            for row in some:
                item = {
                    name: json.loads(value) if is_json and value is not None else plain(value)
                    for name, value, is_json in zip(names, row, nested, strict=True)
                }
                file.write(json.dumps(item, ensure_ascii=False) + "\n")
    return []


async def write_csv(path: Path, table: Table, rows: Rows) -> Sequence[str]:
    """A line with the columns' names, then a line a row."""
    # By the mark at its beginning Excel knows UTF-8; a program that reads a pipe has no use for it.
    encoding = "utf-8" if path == STANDARD_OUTPUT else "utf-8-sig"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in table.columns)
        async for some in rows:
            writer.writerows([flat(value) for value in row] for row in some)
    return []
