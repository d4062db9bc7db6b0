"""Captures that the archive's index lists, and which of them were requested."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import asyncpg

from services.fetcher.kinds import kind_of
from services.fetcher.store.connection import Store
from shared.archives import WAYBACK_MACHINE
from shared.events import CaptureRequested, CdxRow
from shared.identity import capture_id, request_id, url_key

_LIST = """
INSERT INTO fetcher.capture (
    capture_id, url_key, url, "timestamp", kind, digest, cdx_urlkey, mimetype, listed_status,
    length, listing_id, listed_at, request_id, requested_at, backlog, archive
)
SELECT
    row.capture_id, row.url_key, row.url, row."timestamp", row.kind, row.digest, row.cdx_urlkey,
    row.mimetype, row.listed_status, row.length, $11, $12::timestamptz, row.request_id,
    CASE WHEN row.request_id IS NOT NULL THEN $12 END, row.request_id IS NOT NULL, $14
FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
    $8::text[], $9::text[], $10::text[], $13::text[]
) AS row (
    capture_id, url_key, url, "timestamp", kind, digest, cdx_urlkey, mimetype, listed_status,
    length, request_id
)
ON CONFLICT (capture_id) DO UPDATE SET
    kind = excluded.kind,
    digest = coalesce(excluded.digest, capture.digest),
    cdx_urlkey = excluded.cdx_urlkey,
    mimetype = excluded.mimetype,
    listed_status = excluded.listed_status,
    length = excluded.length,
    listing_id = excluded.listing_id,
    listed_at = excluded.listed_at
WHERE capture.listed_at IS NULL
RETURNING capture_id
"""
_WAITING = """
SELECT
    url, "timestamp", kind, cdx_urlkey, mimetype, listed_status, digest, length, listed_at
FROM fetcher.capture
WHERE listed_at IS NOT NULL AND requested_at IS NULL AND held_at IS NULL
    AND archive = $1 AND "timestamp" >= $2 AND "timestamp" < $3
ORDER BY "timestamp" DESC
LIMIT $4
"""
_UNFETCHED = """
SELECT count(*) FROM fetcher.capture WHERE backlog AND answered_at IS NULL AND archive = $1
"""
_REQUESTED = """
UPDATE fetcher.capture SET request_id = asked.request_id, requested_at = now(), backlog = $3
FROM unnest($1::text[], $2::text[]) AS asked (capture_id, request_id)
WHERE capture.capture_id = asked.capture_id
"""


class Waiting(NamedTuple):
    """A listed capture that is not requested yet."""

    row: CdxRow
    listed_at: datetime


class ListedCaptures:
    """The captures that the index of `archive` lists.

    Every method raises DependencyDown while Postgres is down.
    """

    def __init__(self, store: Store, archive: str = WAYBACK_MACHINE) -> None:
        self._store = store
        self.archive = archive

    async def waiting(self, since: str, before: str, limit: int) -> list[Waiting]:
        """Captures to request with `since` <= timestamp < `before`, newest first."""
        async with self._store.connection() as connection:
            rows = await connection.fetch(_WAITING, self.archive, since, before, limit)
        return [
            Waiting(
                CdxRow(
                    urlkey=row["cdx_urlkey"],
                    timestamp=row["timestamp"],
                    original=row["url"],
                    mimetype=row["mimetype"],
                    statuscode=row["listed_status"],
                    digest=row["digest"],
                    length=row["length"],
                ),
                row["listed_at"],
            )
            for row in rows
        ]

    async def unfetched(self) -> int:
        """How many requests for listed captures are waiting in the backlog topic."""
        async with self._store.connection() as connection:
            return int(await connection.fetchval(_UNFETCHED, self.archive))

    async def requested(self, requests: Sequence[CaptureRequested], *, backlog: bool) -> None:
        """Record that Kafka has these requests for listed captures."""
        async with self._store.connection() as connection:
            await connection.execute(
                _REQUESTED,
                [capture_id(each.url, each.timestamp or "") for each in requests],
                [each.request_id for each in requests],
                backlog,
            )


async def list_captures(
    connection: asyncpg.Connection,
    listing_id: int,
    archive: str,
    rows: Sequence[CdxRow],
    listed_at: datetime,
    *,
    requested: bool,
) -> int:
    """Record captures that the index of `archive` lists, within the caller's transaction.

    `requested` if Kafka has a request for each. Returns how many were not listed before.
    """
    new = await connection.fetch(
        _LIST,
        [capture_id(row.original, row.timestamp) for row in rows],
        [url_key(row.original) for row in rows],
        [row.original for row in rows],
        [row.timestamp for row in rows],
        [kind_of(row) for row in rows],
        [row.digest for row in rows],
        [row.urlkey for row in rows],
        [row.mimetype for row in rows],
        [row.statuscode for row in rows],
        [row.length for row in rows],
        listing_id,
        listed_at,
        [
            request_id(row.original, row.timestamp, listed_at.date(), archive)
            if requested
            else None
            for row in rows
        ],
        archive,
    )
    return len(new)
