"""Which captures the archive lists and which are held, remembered in Postgres."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg

from services.fetcher.kinds import kind_of
from services.fetcher.memory import Memory
from shared.events import Answer, Body, Capture, CaptureFetched, CaptureRequested, CdxRow, Done
from shared.identity import capture_id, request_id, url_key

_LIST = """
INSERT INTO fetcher.capture (
    capture_id, url_key, url, "timestamp", kind, digest, cdx_urlkey, mimetype, listed_status,
    length, listing_id, listed_at, request_id, requested_at, backlog
)
SELECT
    row.capture_id, row.url_key, row.url, row."timestamp", row.kind, row.digest, row.cdx_urlkey,
    row.mimetype, row.listed_status, row.length, $11, $12::timestamptz, row.request_id,
    CASE WHEN row.request_id IS NOT NULL THEN $12 END, row.request_id IS NOT NULL
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
    AND "timestamp" >= $1 AND "timestamp" < $2
ORDER BY "timestamp" DESC
LIMIT $3
"""
_UNFETCHED = """
SELECT count(*) FROM fetcher.capture WHERE backlog AND answered_at IS NULL
"""
_REQUESTED = """
UPDATE fetcher.capture SET request_id = asked.request_id, requested_at = now(), backlog = $3
FROM unnest($1::text[], $2::text[]) AS asked (capture_id, request_id)
WHERE capture.capture_id = asked.capture_id
"""
_HELD = """
SELECT url, "timestamp" FROM fetcher.capture
WHERE capture_id = ANY ($1::text[]) AND held_at IS NOT NULL
"""
_FIND = """
SELECT 1 AS rank, answered.answer, answered.fetched_at, capture.*
FROM fetcher.answered JOIN fetcher.capture USING (capture_id)
WHERE answered.request_id = $1
UNION ALL
SELECT 2, NULL, NULL, capture.* FROM fetcher.capture
WHERE capture_id = $2 AND held_at IS NOT NULL
UNION ALL
(
    SELECT 3, NULL, NULL, capture.* FROM fetcher.capture
    WHERE url_key = $3 AND digest = $4 AND held_at IS NOT NULL
        AND ($5::text IS NULL OR status::text = $5)
    ORDER BY held_at LIMIT 1
)
ORDER BY rank LIMIT 1
"""
_HOLD = """
WITH held AS (
    INSERT INTO fetcher.capture (
        capture_id, url_key, url, "timestamp", kind, digest, status, body_sha256, body_size,
        content_type, charset, replaced, held_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT (capture_id) DO UPDATE SET
        digest = coalesce(capture.digest, excluded.digest),
        status = excluded.status,
        body_sha256 = excluded.body_sha256,
        body_size = excluded.body_size,
        content_type = excluded.content_type,
        charset = excluded.charset,
        replaced = excluded.replaced,
        held_at = excluded.held_at
    RETURNING capture_id
)
INSERT INTO fetcher.answered (request_id, capture_id, answer, fetched_at)
SELECT $14, capture_id, $15, $13 FROM held
ON CONFLICT (request_id) DO NOTHING
"""
_ANSWERED = """
UPDATE fetcher.capture SET answered_at = now() WHERE request_id = $1 AND answered_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A capture whose body is held, found for a request.

    `answered` is the answer and its time when this very request ended there; None when another did
    and the bytes are the same.
    """

    capture: Capture
    body: Body
    answered: tuple[Answer, datetime] | None


class Waiting(NamedTuple):
    """A listed capture that nobody has asked for yet."""

    row: CdxRow
    listed_at: datetime


class Captures:
    """Every method raises DependencyDown while Postgres is away."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def waiting(self, since: str, before: str, limit: int) -> list[Waiting]:
        """Listed captures with `since` <= timestamp < `before` to be asked for, newest first."""
        async with self._memory.connection() as connection:
            rows = await connection.fetch(_WAITING, since, before, limit)
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
        """How many requests for listed captures wait in the backlog's topic."""
        async with self._memory.connection() as connection:
            return int(await connection.fetchval(_UNFETCHED))

    async def requested(self, requests: Sequence[CaptureRequested], *, backlog: bool) -> None:
        """Remember that Kafka has these requests for listed captures."""
        async with self._memory.connection() as connection:
            await connection.execute(
                _REQUESTED,
                [capture_id(each.url, each.timestamp or "") for each in requests],
                [each.request_id for each in requests],
                backlog,
            )

    async def held(self, captures: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        """Which of these captures (URL and timestamp) are held."""
        async with self._memory.connection() as connection:
            rows = await connection.fetch(_HELD, [capture_id(*each) for each in captures])
        return {(row["url"], row["timestamp"]) for row in rows}

    async def find(self, request: CaptureRequested) -> Held | None:
        """What is held that answers a request, None when the archive must be asked.

        That is what this request ended at before; else the capture that it names; else one of the
        same page whose digest the index lists for it too.
        """
        listed = request.listed
        async with self._memory.connection() as connection:
            row = await connection.fetchrow(
                _FIND,
                request.request_id,
                capture_id(request.url, request.timestamp or ""),
                url_key(request.url),
                listed.digest if listed else None,
                listed.statuscode if listed else None,
            )
        return _held(row) if row else None

    async def hold(self, fetched: CaptureFetched) -> None:
        """Remember how a request ended; what is done is held from now on."""
        async with self._memory.connection() as connection:
            capture, body = fetched.capture, fetched.body
            if isinstance(fetched.outcome, Done) and capture and body:
                await connection.execute(
                    _HOLD,
                    capture.capture_id,
                    url_key(capture.url),
                    capture.url,
                    capture.timestamp,
                    fetched.request.kind,
                    capture.digest,
                    capture.status,
                    body.sha256,
                    body.size,
                    body.content_type,
                    body.charset,
                    body.replaced,
                    fetched.fetched_at,
                    fetched.request.request_id,
                    fetched.answer.value,
                )
            await connection.execute(_ANSWERED, fetched.request.request_id)

    async def gave_up(self, request: CaptureRequested) -> None:
        """Remember that a request has ended without an answer."""
        async with self._memory.connection() as connection:
            await connection.execute(_ANSWERED, request.request_id)


async def list_captures(
    connection: asyncpg.Connection,
    listing_id: int,
    rows: Sequence[CdxRow],
    listed_at: datetime,
    *,
    requested: bool,
) -> int:
    """Remember captures that the index lists, within the caller's transaction.

    `requested` when Kafka has a request for each. Answers how many were not listed before.
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
            request_id(row.original, row.timestamp, listed_at.date()) if requested else None
            for row in rows
        ],
    )
    return len(new)


def _held(row: Any) -> Held:
    answer = row["answer"]
    return Held(
        Capture(
            capture_id=row["capture_id"],
            url=row["url"],
            timestamp=row["timestamp"],
            status=row["status"],
            digest=row["digest"],
        ),
        Body(
            sha256=row["body_sha256"],
            size=row["body_size"],
            content_type=row["content_type"],
            charset=row["charset"],
            replaced=row["replaced"],
        ),
        (Answer(answer), row["fetched_at"]) if answer else None,
    )
