"""Rates of duty as they were on a day."""

from collections.abc import Mapping

import asyncpg

from shared.questions import Answer

# So many are a page that somebody reads; the rest is asked for by product or origin.
MOST = 500

_RATES = """
    SELECT r.measure, r.stage, r.status, r.product, r.hs_codes, r.origin, r.origin_en, r.company_zh,
        r.company_latin, r.rate, r.since, r.last_day, r.notice_key, r.document_number, r.by_notice_key,
        r.quote, p.archived_url
    FROM duty_rates AS r
    JOIN pages AS p USING (notice_key)
    WHERE ($1::text IS NULL OR strpos(r.product, $1) > 0
            OR EXISTS (SELECT FROM unnest(r.hs_codes) AS c
                WHERE starts_with(c, $1) OR starts_with($1, c)))
        AND ($2::text IS NULL OR $2 IN (r.origin, r.origin_en))
    ORDER BY r.since DESC NULLS LAST, r.notice_key, r.position
    LIMIT $3
"""
_FRESH = "SELECT as_of, index_asked_at FROM freshness"


async def duties(connection: asyncpg.Connection, asked: Mapping[str, str]) -> Answer:
    """The rates on goods of a `product` (a part of its name, or a customs code) and an `origin`, with
    their status `at` a time; all of them without. Raises asyncpg's errors.
    """
    async with connection.transaction(readonly=True):
        if at := asked.get("at"):
            await connection.execute(
                "SELECT set_config('mofcom.at', $1::text::timestamptz::text, true)", at
            )
        rows = await connection.fetch(_RATES, asked.get("product"), asked.get("origin"), MOST + 1)
        fresh = await connection.fetchrow(_FRESH)
    not_held = [f"only the first {MOST} rates are shown"] if len(rows) > MOST else []
    return Answer(
        question="duty_rates",
        asked=dict(asked),
        rows=[dict(row) for row in rows[:MOST]],
        as_of=fresh["as_of"],
        index_asked_at=fresh["index_asked_at"],
        not_held=not_held,
    )
