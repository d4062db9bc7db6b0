"""Listings of the CDX index, stored so that they resume after a restart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from services.fetcher.addresses import in_scope
from services.fetcher.archive.cdx import Query
from services.fetcher.archive.listing import Cursor, begin
from services.fetcher.store.connection import Store
from services.fetcher.store.listed_captures import list_captures
from shared.events import CdxRow

_CURSOR = TypeAdapter(Cursor)

_RUNNING = """
SELECT listing_id, rows, malformed, new_captures, newest, cursor, archive
FROM fetcher.listing WHERE asked_for = $1 AND state = 'running'
"""
_BEGIN = """
INSERT INTO fetcher.listing (
    asked_for, url, match, since, until, state, begun_at, cursor, archive
)
VALUES ($1, $2, $3, $4, $5, 'running', $6, $7, $8)
RETURNING listing_id
"""
_ADVANCE = """
UPDATE fetcher.listing SET
    pages = $2,
    rows = $3,
    malformed = $4,
    new_captures = $5,
    newest = $6,
    state = $7,
    why = $8,
    ended_at = $9,
    cursor = $10
WHERE listing_id = $1
"""
_FAIL = """
UPDATE fetcher.listing SET state = 'partial', why = $2, ended_at = $3, cursor = NULL
WHERE listing_id = $1
"""
_HISTORY = """
SELECT
    asked_for,
    max(begun_at) FILTER (WHERE state = 'complete') AS complete,
    max(ended_at) FILTER (WHERE state = 'partial') AS partial
FROM fetcher.listing
WHERE asked_for LIKE 'watch %' AND begun_at <= $1 AND (ended_at IS NULL OR ended_at <= $1)
GROUP BY asked_for
"""
_NEWEST = """
SELECT max("timestamp") FROM fetcher.capture WHERE listed_at IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Listing:
    """A running listing: its progress and results.

    `rows` counts captures in scope, `malformed` other lines, `new` captures that were never listed
    before; `newest` is the greatest timestamp. `archive` is the one whose index is asked.
    """

    listing_id: int
    cursor: Cursor
    archive: str
    rows: int = 0
    malformed: int = 0
    new: int = 0
    newest: str | None = None


class Past(NamedTuple):
    """When the last complete listing of a slice started, and when the last partial one ended."""

    complete: datetime | None
    partial: datetime | None


class Listings:
    """Every method raises DependencyDown while Postgres is down."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def open(self, asked_for: str, query: Query, now: datetime, archive: str) -> Listing:
        """The running listing of `asked_for`, to resume it, or else a new one."""
        async with self._store.connection() as connection:
            row = await connection.fetchrow(_RUNNING, asked_for)
            if row:
                return Listing(
                    row["listing_id"],
                    _CURSOR.validate_json(row["cursor"]),
                    row["archive"],
                    row["rows"],
                    row["malformed"],
                    row["new_captures"],
                    row["newest"],
                )
            cursor = begin(query, now)
            listing_id = await connection.fetchval(
                _BEGIN,
                asked_for,
                query.url,
                query.match,
                query.since,
                query.until,
                now,
                _CURSOR.dump_json(cursor).decode(),
                archive,
            )
            return Listing(listing_id, cursor, archive)

    async def advance(
        self,
        listing: Listing,
        cursor: Cursor,
        rows: Sequence[CdxRow],
        now: datetime,
        *,
        requested: bool,
    ) -> Listing:
        """Record a page and the listing's progress in one transaction.

        `requested` if Kafka has a request for each row in scope.
        """
        within = [row for row in rows if in_scope(row.original)]
        moved = replace(
            listing,
            cursor=cursor,
            rows=listing.rows + len(within),
            malformed=listing.malformed
            + (cursor.odd - listing.cursor.odd)
            + (len(rows) - len(within)),
            newest=max([listing.newest or "", *(row.timestamp for row in within)]) or None,
        )
        async with self._store.connection() as connection, connection.transaction():
            new = await list_captures(
                connection, listing.listing_id, listing.archive, within, now, requested=requested
            )
            moved = replace(moved, new=listing.new + new)
            await connection.execute(_ADVANCE, *_columns(moved, now))
        return moved

    async def fail(self, listing: Listing, why: str, now: datetime) -> None:
        """End a listing as partial."""
        async with self._store.connection() as connection:
            await connection.execute(_FAIL, listing.listing_id, why, now)

    async def history(self, now: datetime) -> dict[str, Past]:
        """Past listings of the watch list's slices, by name.

        Those of a time to come were stored while the clock was ahead, and keep nothing from being asked.
        """
        async with self._store.connection() as connection:
            rows = await connection.fetch(_HISTORY, now)
        return {row["asked_for"]: Past(row["complete"], row["partial"]) for row in rows}

    async def newest(self) -> str | None:
        """The timestamp of the newest capture ever listed."""
        async with self._store.connection() as connection:
            newest: str | None = await connection.fetchval(_NEWEST)
        return newest


def _columns(listing: Listing, now: datetime) -> tuple[Any, ...]:
    cursor = listing.cursor
    state = "running" if not cursor.ended else "partial" if cursor.partial else "complete"
    return (
        listing.listing_id,
        cursor.pages,
        listing.rows,
        listing.malformed,
        listing.new,
        listing.newest,
        state,
        cursor.partial,
        now if cursor.ended else None,
        None if cursor.ended else _CURSOR.dump_json(cursor).decode(),
    )
