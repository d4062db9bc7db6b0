"""Multiplies notices within the database: the same texts under other numbers and days.

``python -m bench.index.multiply DATABASE_URL TIMES`` on what ``bench.index.search`` loaded. A million
notices through the indexer take an hour or more; their texts would be no others, since they too are
sentences drawn from the same ones. The search index is dropped meanwhile and built at the end. For
a bench alone: wordings and keys are copied, no longer computed.
"""

import asyncio
import sys
import time

import asyncpg

# Of copy k, number n becomes n + k * _STEP: more than there are, and of six digits.
_MULTIPLIED = """
    CREATE TABLE made AS
    SELECT n.notice_key, n.capture_id, s.request_id, s.request_id AS id, n.serial, n.issued_on,
        n.capture_id || '-{k}' AS new_capture,
        s.request_id || '-{k}' AS new_request,
        n.serial + {k} * {step} AS new_serial,
        regexp_replace(n.notice_key, '\\d+$', (n.serial + {k} * {step})::text) AS new_key,
        DATE '1995-01-01' + (n.issued_on - DATE '1995-01-01' + {k} * 1131) % (31 * 365) AS new_day
    FROM ingest.notice AS n
    JOIN ingest.served AS s USING (capture_id)
    WHERE n.serial < {step} AND n.serial + {k} * {step} < 1000000
"""
_NUMBER = "replace({column}, m.serial || '号', m.new_serial || '号')"
_COPIED = {
    "capture": (
        "capture_id",
        {"capture_id": "m.new_capture", "url": "t.url || '?{k}'", "url_key": "t.url_key || '?{k}'"},
    ),
    "reading": (
        "capture_id",
        {
            "capture_id": "m.new_capture",
            "url_key": "t.url_key || '?{k}'",
            "notice_key": "m.new_key",
            "issued_on": "m.new_day",
            "document_number": _NUMBER.format(column="t.document_number"),
        },
    ),
    "notice": (
        "notice_key",
        {
            "notice_key": "m.new_key",
            "capture_id": "m.new_capture",
            "serial": "m.new_serial",
            "document_number": _NUMBER.format(column="t.document_number"),
            "issued_on": "m.new_day",
            "since": "ingest.midnight(m.new_day)",
        },
    ),
    "reading_key": (
        "capture_id",
        {"capture_id": "m.new_capture", "notice_key": "m.new_key"},
    ),
    # The copies cite each other, as those that they are made of do.
    "citation": (
        "notice_key",
        {
            "notice_key": "m.new_key",
            "serial": "t.serial + {k} * {step}",
            "number_key": "t.series_key || '-' || t.serial + {k} * {step}",
            "document_number": (
                "replace(t.document_number, t.serial || '号', t.serial + {k} * {step} || '号')"
            ),
        },
    ),
    "issuer": ("notice_key", {"notice_key": "m.new_key"}),
    "regulated_item": ("notice_key", {"notice_key": "m.new_key"}),
    "duty_rate": ("notice_key", {"notice_key": "m.new_key"}),
    "listed_entity": ("notice_key", {"notice_key": "m.new_key"}),
    "served": (
        "request_id",
        {"capture_id": "m.new_capture", "request_id": "m.new_request"},
    ),
    "request": (
        "request_id",
        {
            "request_id": "m.new_request",
            "url": "t.url || '?{k}'",
            "url_key": "t.url_key || '?{k}'",
        },
    ),
    "ledger": ("id", {"id": "m.new_request"}),
    "passage": (
        "notice_key",
        {
            "notice_key": "m.new_key",
            "issued_on": "m.new_day",
            "heading": _NUMBER.format(column="t.heading"),
            "tokens": (
                "ts_delete(t.tokens, ARRAY[ingest.bucket(m.issued_on, 10), "
                "ingest.bucket(m.issued_on, 160), ingest.bucket(m.issued_on, 2560)]) || "
                "array_to_tsvector(ARRAY[ingest.bucket(m.new_day, 10), "
                "ingest.bucket(m.new_day, 160), ingest.bucket(m.new_day, 2560), "
                "m.new_serial::text, '^' || m.new_serial, m.new_serial || '号', "
                "'^' || m.new_serial || '号'])"
            ),
        },
    ),
}
_COLUMNS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""


async def _copy(database: "asyncpg.Connection", k: int, step: int) -> None:
    await database.execute(_MULTIPLIED.format(k=k, step=step))
    await database.execute(
        "CREATE INDEX ON made (notice_key); CREATE INDEX ON made (capture_id); "
        "CREATE INDEX ON made (request_id); ANALYZE made"
    )
    for table, (key, changed) in _COPIED.items():
        columns = [row[0] for row in await database.fetch(_COLUMNS, f"ingest.{table}")]
        values = [changed.get(column, f't."{column}"') for column in columns]
        names = ", ".join(f'"{column}"' for column in columns)
        await database.execute(
            f"INSERT INTO ingest.{table} ({names}) "  # noqa: S608
            f"SELECT {', '.join(value.format(k=k, step=step) for value in values)} "
            f"FROM ingest.{table} AS t JOIN made AS m USING ({key})"
        )
    await database.execute("DROP TABLE made")


async def _main(url: str, times: int) -> None:
    database = await asyncpg.connect(url)
    await database.execute("SET jit = off; SET synchronous_commit = off; SET work_mem = '256MB'")
    await database.execute(
        "ALTER TABLE ingest.reading ALTER wording DROP EXPRESSION IF EXISTS, "
        "ALTER notice_key DROP EXPRESSION IF EXISTS"
    )
    index = await database.fetchval("SELECT pg_get_indexdef('ingest.passage_tokens'::regclass)")
    await database.execute("DROP INDEX ingest.passage_tokens")
    step: int = await database.fetchval("SELECT max(serial) + 1 FROM ingest.notice")
    started = time.perf_counter()
    for k in range(1, times):
        async with database.transaction():
            await _copy(database, k, step)
        print(f"{k} of {times - 1} copies after {time.perf_counter() - started:.0f} s", flush=True)
    await database.execute("SET maintenance_work_mem = '1GB'")
    await database.execute(index)
    print(f"search index after {time.perf_counter() - started:.0f} s")
    await database.close()


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], int(sys.argv[2])))
