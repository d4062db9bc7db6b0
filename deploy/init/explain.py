"""Explains in one line why a file failed, e.g. a view that depends on a column to be removed."""

import re
from pathlib import Path

import asyncpg

from deploy.init.errors import CannotRun

_VIEW = re.compile(r"CREATE OR REPLACE VIEW (\S+)")
_COLUMNS = """
    SELECT attname AS name, format_type(atttypid, atttypmod) AS type
    FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 ORDER BY attnum
"""
# The views that read a column of a view, directly or through the same column of another view,
# except those of our own files ($3).
_READERS = """
    WITH RECURSIVE reader AS (
        SELECT to_regclass($1)::oid AS view
        UNION
        SELECT r.ev_class
        FROM reader
        JOIN pg_depend AS d ON d.refobjid = reader.view AND d.classid = 'pg_rewrite'::regclass
        JOIN pg_attribute AS a
            ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND a.attname = $2
        JOIN pg_rewrite AS r ON r.oid = d.objid
    )
    SELECT c.oid::regclass::text AS name
    FROM reader JOIN pg_class AS c ON c.oid = reader.view
    WHERE NOT (c.relname = ANY ($3) AND c.relnamespace::regnamespace::text IN ('public', 'ingest'))
    ORDER BY name
"""


async def explain(
    connection: asyncpg.Connection, path: Path, sql: str, error: asyncpg.PostgresError
) -> asyncpg.PostgresError | CannotRun:
    """The exception to raise when `sql`, the text of `path`, failed with `error`.

    CannotRun, or `error` itself if it is about the connection. Expects and leaves the transaction
    open, in the state before the file ran.
    """
    if isinstance(error, asyncpg.PostgresConnectionError | asyncpg.OperatorInterventionError):
        return error
    match error:
        case asyncpg.InvalidTableDefinitionError() if view := _VIEW.search(sql):
            why = await _changed_columns(connection, path, sql, view[1]) or error.message
        case asyncpg.InvalidFunctionDefinitionError():
            why = (
                f"{error.message}. {error.hint} Do so in a new file of tables/, together with the views "
                "that depend on it: what has a file in functions/ or views/ is created again after"
            )
        case asyncpg.DependentObjectsStillExistError() | asyncpg.FeatureNotSupportedError() if (
            error.detail
        ):
            depending = "; ".join(error.detail.splitlines())
            why = (
                f"{error.message}: {depending}. Drop what has a file in functions/ or views/ in the "
                "same file: it is created again after. Ask the owners of other views to drop them and "
                "make them again"
            )
        case _:
            why = "; ".join(f"{type(error).__name__}: {error}".splitlines())
    return CannotRun(f"{path.name}: {why}")


async def _changed_columns(
    connection: asyncpg.Connection, path: Path, sql: str, view: str
) -> str | None:
    """Which of its columns prevent `view` from being replaced, and what to do."""
    before = await _columns(connection, view)
    attempt = connection.transaction()
    await attempt.start()
    await connection.execute(f"DROP VIEW {view} CASCADE")
    await connection.execute(sql)
    after = await _columns(connection, view)
    await attempt.rollback()
    otherwise = f"or DROP VIEW {view} in a new file of tables/, with the views that depend on it"
    for column, kind in before.items():
        if after.get(column) == kind:
            continue
        own = [one.stem for one in path.parent.glob("*.sql")]
        readers = [row["name"] for row in await connection.fetch(_READERS, view, column, own)]
        name = f"column {column} of {view}"
        if readers:
            name += f" (read by {' and '.join(readers)})"
        if column in after:
            return f"{name} would be {after[column]} instead of {kind}: keep it, {otherwise}"
        return f"{name} would go: keep it, {otherwise}"
    for column, stood in zip(after, before, strict=False):
        if column != stood:
            return f"column {column} of {view} stands where {stood} stood: put it last, {otherwise}"
    return None


async def _columns(connection: asyncpg.Connection, view: str) -> dict[str, str]:
    return {row["name"]: row["type"] for row in await connection.fetch(_COLUMNS, view)}
