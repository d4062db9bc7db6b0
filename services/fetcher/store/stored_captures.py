"""Captures whose bodies are stored, and how requests ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.fetcher.store.connection import Store
from shared.batcher import Batcher
from shared.events import Answer, Body, Capture, CaptureFetched, CaptureRequested, Done
from shared.identity import capture_id, url_key

_FIND = """
SELECT found.*
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
    WITH ORDINALITY AS asked (request_id, capture_id, url_key, digest, status, position)
LEFT JOIN LATERAL (
    SELECT 1 AS rank, answered.answer, answered.fetched_at, answered.detail, capture.*
    FROM fetcher.answered JOIN fetcher.capture USING (capture_id)
    WHERE answered.request_id = asked.request_id AND capture.held_at IS NOT NULL
    UNION ALL
    SELECT 2, NULL, NULL, NULL, capture.* FROM fetcher.capture
    WHERE capture.capture_id = asked.capture_id AND capture.held_at IS NOT NULL
    UNION ALL
    (
        SELECT 3, NULL, NULL, NULL, capture.* FROM fetcher.capture
        WHERE capture.url_key = asked.url_key AND capture.digest = asked.digest
            AND capture.held_at IS NOT NULL
            AND (asked.status IS NULL OR capture.status::text = asked.status)
        ORDER BY capture.held_at LIMIT 1
    )
    ORDER BY rank LIMIT 1
) AS found ON TRUE
ORDER BY asked.position
"""
# Two requests may end at the same capture; a statement may touch a row once.
_RECORD = """
WITH outcome AS (
    SELECT * FROM unnest(
        $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
        $8::text[], $9::bigint[], $10::text[], $11::text[], $12::double precision[],
        $13::bigint[], $14::timestamptz[], $15::text[], $16::text[], $17::text[], $18::text[]
    ) AS row (
        capture_id, url_key, url, "timestamp", kind, digest, status, body_sha256, body_size,
        content_type, charset, replaced, declared_size, held_at, archive, request_id, answer, detail
    )
),
stored AS (
    INSERT INTO fetcher.capture (
        capture_id, url_key, url, "timestamp", kind, digest, status, body_sha256, body_size,
        content_type, charset, replaced, declared_size, held_at, archive
    )
    SELECT DISTINCT ON (capture_id)
        capture_id, url_key, url, "timestamp", kind, digest, status, body_sha256, body_size,
        content_type, charset, replaced, declared_size, held_at, archive
    FROM outcome
    ORDER BY capture_id, digest NULLS LAST
    ON CONFLICT (capture_id) DO UPDATE SET
        digest = coalesce(capture.digest, excluded.digest),
        status = excluded.status,
        body_sha256 = excluded.body_sha256,
        body_size = excluded.body_size,
        content_type = excluded.content_type,
        charset = excluded.charset,
        replaced = excluded.replaced,
        declared_size = excluded.declared_size,
        held_at = excluded.held_at,
        archive = excluded.archive
)
INSERT INTO fetcher.answered (request_id, capture_id, answer, fetched_at, detail)
SELECT DISTINCT ON (request_id) request_id, capture_id, answer, held_at, detail FROM outcome
ON CONFLICT (request_id) DO UPDATE SET
    capture_id = excluded.capture_id,
    answer = excluded.answer,
    fetched_at = excluded.fetched_at,
    detail = excluded.detail
"""
_STORED = """
SELECT url, "timestamp" FROM fetcher.capture
WHERE capture_id = ANY ($1::text[]) AND held_at IS NOT NULL
"""
_FORGET_BODY = """
UPDATE fetcher.capture SET
    body_sha256 = NULL, body_size = NULL, content_type = NULL, charset = NULL,
    replaced = NULL, declared_size = NULL, status = NULL, held_at = NULL
WHERE capture_id = $1
"""
_FORGET_ANSWER = "DELETE FROM fetcher.answered WHERE request_id = $1"
_ANSWERED = """
UPDATE fetcher.capture SET answered_at = now()
WHERE request_id = ANY ($1::text[]) AND answered_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Answered:
    """How a request ended at a stored capture; `detail` says what is special about it."""

    answer: Answer
    at: datetime
    detail: str | None


@dataclass(frozen=True, slots=True)
class StoredCapture:
    """A capture whose body is stored, found for a request.

    `answered` if this very request ended there; None if the capture was stored for another request.
    """

    capture: Capture
    body: Body
    answered: Answered | None


class StoredCaptures:
    """Every method raises DependencyDown while Postgres is down.

    Concurrent calls share round trips.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._batched_find = Batcher(self._find)
        self._batched_record = Batcher(self._record)

    async def find(self, request: CaptureRequested) -> StoredCapture | None:
        """The stored capture that answers a request; None if it must be fetched.

        It is the one at which this request ended before; else the capture requested; else one of the
        same page with the digest that the index lists for the requested one.
        """
        return await self._batched_find(request)

    async def record(self, fetched: CaptureFetched) -> None:
        """Record how a request ended; the capture of one that is done counts as stored."""
        await self._batched_record(fetched)

    async def stored(self, captures: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        """Which of these captures (URL and timestamp) are stored."""
        async with self._store.connection() as connection:
            rows = await connection.fetch(_STORED, [capture_id(*each) for each in captures])
        return {(row["url"], row["timestamp"]) for row in rows}

    async def record_failure(self, request: CaptureRequested) -> None:
        """Record that a request has ended without an answer."""
        async with self._store.connection() as connection:
            await connection.execute(_ANSWERED, [request.request_id])

    async def forget_body(self, capture_id: str) -> None:
        """Record that the blob store has lost the body of a capture."""
        async with self._store.connection() as connection:
            await connection.execute(_FORGET_BODY, capture_id)

    async def forget_answer(self, request_id: str) -> None:
        """Record that the blob store has lost the sidecar of a request."""
        async with self._store.connection() as connection:
            await connection.execute(_FORGET_ANSWER, request_id)

    async def _find(self, requests: Sequence[CaptureRequested]) -> Sequence[StoredCapture | None]:
        listed = [request.listed for request in requests]
        async with self._store.connection() as connection:
            rows = await connection.fetch(
                _FIND,
                [each.request_id for each in requests],
                [capture_id(each.url, each.timestamp or "") for each in requests],
                [url_key(each.url) for each in requests],
                [row.digest if row else None for row in listed],
                [row.statuscode if row else None for row in listed],
            )
        return [_stored_capture(row) for row in rows]

    async def _record(self, fetched: Sequence[CaptureFetched]) -> Sequence[None]:
        rows = [
            _row(each, each.capture, each.body)
            for each in fetched
            if isinstance(each.outcome, Done) and each.capture and each.body
        ]
        async with self._store.connection() as connection:
            if rows:
                await connection.execute(_RECORD, *zip(*rows, strict=True))
            await connection.execute(_ANSWERED, [each.request.request_id for each in fetched])
        return [None] * len(fetched)


def _row(fetched: CaptureFetched, capture: Capture, body: Body) -> tuple[Any, ...]:
    return (
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
        body.declared_size,
        fetched.fetched_at,
        capture.archive,
        fetched.request.request_id,
        fetched.answer.value,
        fetched.outcome.detail,
    )


def _stored_capture(row: Any) -> StoredCapture | None:
    if row["rank"] is None:
        return None
    answer = row["answer"]
    return StoredCapture(
        Capture(
            capture_id=row["capture_id"],
            url=row["url"],
            timestamp=row["timestamp"],
            status=row["status"],
            digest=row["digest"],
            archive=row["archive"],
        ),
        Body(
            sha256=row["body_sha256"],
            size=row["body_size"],
            content_type=row["content_type"],
            charset=row["charset"],
            replaced=row["replaced"],
            declared_size=row["declared_size"],
        ),
        Answered(Answer(answer), row["fetched_at"], row["detail"]) if answer else None,
    )
