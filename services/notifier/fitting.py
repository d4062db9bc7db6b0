"""Which notices are as an alert asks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import asyncpg

from services.notifier.alerts_file import Alert

# What the search returns at most.
_MOST_HITS = 1000

_PLAIN = """
    SELECT p.notice_key,
        -- By which a search filters: only an interview is of the day of its publication.
        coalesce(p.issued_on, CASE WHEN p.page_kind = 'interview'
            THEN (p.published_at AT TIME ZONE 'Asia/Shanghai')::date END) AS day
    FROM pages AS p
    WHERE p.notice_key = ANY ($1)
        AND p.page_kind <> 'news'
        AND ($2::text IS NULL OR EXISTS (
            SELECT FROM notice_issuers AS i WHERE i.notice_key = p.notice_key
                AND ($2 = i.issuer OR lower($2) = lower(i.issuer_en))))
        AND ($3::text IS NULL OR EXISTS (
            SELECT FROM regulated_items AS r WHERE r.notice_key = p.notice_key
                AND (starts_with(r.hs_code, $3) OR starts_with($3, r.hs_code))
            UNION ALL
            SELECT FROM duty_rates AS d CROSS JOIN LATERAL unnest(d.hs_codes) AS c (code)
            WHERE d.notice_key = p.notice_key AND (starts_with(c.code, $3) OR starts_with($3, c.code))))
        AND ($4::text IS NULL OR EXISTS (
            SELECT FROM listed_entities AS e WHERE e.notice_key = p.notice_key
                AND lower($4) IN (lower(e.list), lower(e.list_en))))
        AND ($5::text IS NULL OR p.notice_key = ANY ($6) OR EXISTS (
            SELECT FROM citations AS c WHERE c.notice_key = p.notice_key
                AND (c.cited_notice_key = ANY ($6) OR c.document_number = $5)))
"""
_SEARCH = """
    SELECT notice_key, more FROM search_notices($1, since => $2, until => $3, max_rows => $4)
"""
# Raises P0002 for a notice that is not held.
_NAMED = "SELECT notice_key FROM in_force($1)"
_LISTING = "SELECT EXISTS (SELECT FROM listed_entities WHERE notice_key = ANY ($1))"
_LISTS = (
    "SELECT DISTINCT list FROM listed_entities WHERE lower($1) IN (lower(list), lower(list_en))"
)
_SCREEN = "SELECT list, name_zh, name_latin, notice_key, by_notice_key FROM screen($1) WHERE found"

EntryName = tuple[str, str | None, str | None]
"""List, Chinese and Latin name."""


class Parties(NamedTuple):
    """Entries of lists that are like the names of an alert, and the notices that decided on them."""

    entries: Collection[EntryName]
    notices: Collection[str]


async def fitting(
    connection: asyncpg.Connection, alert: Alert, keys: Collection[str], parties: Parties | None
) -> set[str]:
    """Those of the keys whose notices are as the alert asks. Raises asyncpg's errors."""
    if not keys:
        return set()
    code = alert.code and alert.code.replace(".", "").replace(" ", "")
    named = await _named(connection, alert.cites) if alert.cites else []
    rows = await connection.fetch(
        _PLAIN, list(keys), alert.issuer, code, alert.list, alert.cites, named
    )
    found = {row["notice_key"]: row["day"] for row in rows}
    if parties is not None:
        found = {key: day for key, day in found.items() if key in parties.notices}
    if alert.words and found:
        hits = await _with_words(connection, alert.words, found.values())
        found = {key: day for key, day in found.items() if key in hits}
    return set(found)


async def parties(
    connection: asyncpg.Connection, alert: Alert, keys: Collection[str]
) -> Parties | None:
    """Who of the alert's list of parties is on a list; None if it has no such list.

    They are only looked for where a notice among `keys` decided on a list.
    """
    if not alert.names:
        return None
    if not await connection.fetchval(_LISTING, list(keys)):
        return Parties((), ())
    rows = [row for name in alert.names for row in await connection.fetch(_SCREEN, name)]
    return Parties(
        {(row["list"], row["name_zh"], row["name_latin"]) for row in rows},
        {row[name] for row in rows for name in ("notice_key", "by_notice_key")},
    )


async def fitting_entries(
    connection: asyncpg.Connection,
    alert: Alert,
    entries: Iterable[Mapping[str, Any]],
    parties: Parties | None,
) -> set[EntryName]:
    """Those of the entries of lists that are as the alert asks. Raises asyncpg's errors."""
    names = {entry_name(entry) for entry in entries}
    if names and alert.list:
        lists = {row["list"] for row in await connection.fetch(_LISTS, alert.list)}
        names = {name for name in names if name[0] in lists}
    if parties is not None:
        names = {name for name in names if name in parties.entries}
    return names


def entry_name(entry: Mapping[str, Any]) -> EntryName:
    """The names of an entry."""
    return entry["list"], entry["name_zh"], entry["name_latin"]


async def _named(connection: asyncpg.Connection, cited: str) -> Sequence[str]:
    try:
        async with connection.transaction():
            return [row["notice_key"] for row in await connection.fetch(_NAMED, cited)]
    except asyncpg.NoDataFoundError:
        return []


async def _with_words(
    connection: asyncpg.Connection, words: str, days: Iterable[date | None]
) -> set[str]:
    """The notices of these days that a search for the words finds.

    A search returns the newest hits: days are searched in halves until each has all of its hits.
    """
    dated = sorted({day for day in days if day is not None})
    found = set()
    if None in set(days):
        # What has no day comes after all others: alone it is what was before the first one.
        for until in (None, date.min):
            found |= {row["notice_key"] for row in await _search(connection, words, None, until)}
    spans = [dated] if dated else []
    while spans:
        span = spans.pop()
        rows = await _search(connection, words, span[0], span[-1] + timedelta(days=1))
        found |= {row["notice_key"] for row in rows}
        if any(row["more"] for row in rows) and len(span) > 1:
            middle = len(span) // 2
            spans += [span[:middle], span[middle:]]
    return found


async def _search(
    connection: asyncpg.Connection, words: str, since: date | None, until: date | None
) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = await connection.fetch(_SEARCH, words, since, until, _MOST_HITS)
    return rows
