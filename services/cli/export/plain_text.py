"""CSV and lines of JSON."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from services.cli.export.values import Column, Rows, flat, plain

STANDARD_OUTPUT = Path("/dev/stdout")


async def write_jsonl(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    """An object a row, with the columns' names."""
    with path.open("w", encoding="utf-8") as file:
        async for some in rows:
            for row in some:
                item = {c.name: plain(value) for c, value in zip(columns, row, strict=True)}
                file.write(json.dumps(item, ensure_ascii=False) + "\n")


async def write_csv(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    """A line with the columns' names, then a line a row."""
    # By the mark at its beginning Excel knows UTF-8; a program that reads a pipe has no use for it.
    encoding = "utf-8" if path == STANDARD_OUTPUT else "utf-8-sig"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in columns)
        async for some in rows:
            writer.writerows([flat(value) for value in row] for row in some)
