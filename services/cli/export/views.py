"""Writes a view to a file."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import asyncpg

from services.cli.export.plain_text import STANDARD_OUTPUT
from services.cli.export.values import Column, Rows
from services.cli.export.writers import writer

_CONNECT_SECONDS = 10
_AT_ONCE = 500
# When a row was stored or last changed: `--since` filters by the first of these that the view has.
_TIMES = ("changed_at", "at", "fetched_at", "held_at", "updated_at", "asked_at")


class NoSuchView(Exception):
    """There is no such view, or it has no column for `--since`; the message says what to do."""


async def export_view(
    dsn: str, view: str, file_format: str, since: datetime | None, path: Path
) -> tuple[int, str | None]:
    """Write the view's rows in a format of `writer`.

    Returns how many, and the name of the column by which `since` filtered. The file is there when it
    is whole. Rows are read with a cursor, so that a view of any size goes through a little memory.
    Raises NoSuchView, FormatMissing and asyncpg's errors.
    """
    write = writer(file_format)
    database = await asyncpg.connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        columns = await _columns(database, view)
        query = f'SELECT * FROM public."{view}"'  # noqa: S608 - a name of the catalogue
        time, parameters = None, []
        if since is not None:
            time = _time(view, columns)
            query += f' WHERE "{time}" >= $1'
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

        if path == STANDARD_OUTPUT:
            await write(path, columns, rows())
        else:
            new = path.with_name(path.name + ".new")
            await write(new, columns, rows())
            new.replace(path)
    finally:
        await database.close()
    return written, time


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
        views = dict.fromkeys(row["relname"] for row in rows)
        raise NoSuchView("\n  ".join([f"there is no view {view}, but these:", *views]))
    return found


def _time(view: str, columns: Sequence[Column]) -> str:
    names = {column.name for column in columns}
    found = next((name for name in _TIMES if name in names), None)
    if found is None:
        raise NoSuchView(
            f"{view} does not say when a row was stored or changed, which --since filters by: "
            "leave it out"
        )
    return found
