"""Upgrades databases that were created by 23 alembic migrations to the schema of tables/0001."""

import asyncpg

from deploy.init.errors import OlderDatabase

_LAST = "0023"
# The parser gives a number's keys and series; functions took them from its canonical form.
_NUMBERS = """
    ALTER TABLE ingest.reading
        ALTER COLUMN notice_key DROP EXPRESSION,
        ADD COLUMN series_key text, ADD COLUMN series text, ADD COLUMN serial int;
    UPDATE ingest.reading AS r
    SET (series_key, series, serial) = (
        SELECT p.series_key, p.series, p.serial
        FROM ingest.number_parts(r.document_number, r.issuers) AS p)
    WHERE r.page_kind IN ('notice', 'law') AND r.document_number IS NOT NULL;
    UPDATE ingest.reading AS r
    SET notice = r.notice || jsonb_build_object('citations', (
        SELECT jsonb_agg(
            c.item || jsonb_build_object('document_number_parts', CASE
                WHEN p.number_key IS NOT NULL THEN jsonb_build_object(
                    'key', p.number_key, 'series_key', p.series_key, 'series', p.series,
                    'serial', p.serial) END)
            ORDER BY c.n)
        FROM jsonb_array_elements(r.notice->'citations') WITH ORDINALITY AS c (item, n)
        CROSS JOIN LATERAL ingest.number_parts(c.item->>'document_number') AS p))
    WHERE jsonb_path_exists(r.notice, '$.citations[*].document_number ? (@ != null)');
    DROP FUNCTION ingest.notice_key(text, text, text[], text);
    DROP FUNCTION ingest.number_key(text, text[]);
    DROP FUNCTION ingest.number_parts(text, text[]);
    DROP TYPE ingest.number_parts;
"""
# What ends with a day or a timestamp included was called as the instant that ends a suspension.
_LAST_DAYS = """
    ALTER TABLE ingest.duty_rate RENAME COLUMN until TO last_day;
    ALTER VIEW public.duty_rates RENAME COLUMN until TO last_day;
    ALTER VIEW public.archive_queries RENAME COLUMN since TO first_timestamp;
    ALTER VIEW public.archive_queries RENAME COLUMN until TO last_timestamp;
    UPDATE ingest.reading AS r
    SET notice = r.notice || jsonb_build_object('duty_rates', (
        SELECT jsonb_agg(
            d.item - 'until' || jsonb_build_object('last_day', d.item->'until') ORDER BY d.n)
        FROM jsonb_array_elements(r.notice->'duty_rates') WITH ORDINALITY AS d (item, n)))
    WHERE jsonb_path_exists(r.notice, '$.duty_rates[*].until');
"""


async def take_over(connection: asyncpg.Connection) -> None:
    """Upgrade to the schema of tables file 0001, record that it ran, and drop alembic's table.

    Does nothing on any other database. Raises OlderDatabase.
    """
    if await connection.fetchval("SELECT to_regclass('mofcom_internal.migration')") is None:
        return
    newest = await connection.fetchval("SELECT max(version_num) FROM mofcom_internal.migration")
    if newest != _LAST:
        raise OlderDatabase(
            f"the database has had migration {newest or 'none'} of {_LAST}: run the last version "
            "of the code that has the folder deploy/postgres/migrations first"
        )
    async with connection.transaction():
        # An old backup may have been restored over a newer database: replace functions and views.
        await connection.execute(
            "UPDATE mofcom_internal.version SET tables = '0001', functions_and_views = ''"
        )
        await connection.execute(_NUMBERS)
        await connection.execute(_LAST_DAYS)
        await connection.execute("DROP TABLE mofcom_internal.migration")
