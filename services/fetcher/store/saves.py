"""Pages that the archive lacks, and what became of asking it to capture them."""

from datetime import datetime
from typing import Literal, NamedTuple

from services.fetcher.kinds import Kind
from services.fetcher.store.connection import Store

_ADD = """
INSERT INTO fetcher.save (url_key, url, kind, state, missing_at, due_at)
VALUES ($1, $2, $3, 'waiting', $4, $4)
ON CONFLICT (url_key) DO NOTHING
"""
_KNOWN = """
SELECT asked.url_key
FROM unnest($1::text[]) AS asked (url_key)
WHERE EXISTS (SELECT FROM fetcher.capture WHERE capture.url_key = asked.url_key)
    OR EXISTS (SELECT FROM fetcher.save WHERE save.url_key = asked.url_key)
"""
_LISTS = """
SELECT DISTINCT ON (url_key) url, body_sha256, content_type, charset, held_at
FROM fetcher.capture
WHERE url_key = ANY ($1::text[]) AND held_at IS NOT NULL AND status = 200
ORDER BY url_key, "timestamp" DESC
"""
# Times to come are of a clock that was ahead once.
_NEXT = """
SELECT url_key, url, kind FROM fetcher.save
WHERE state <> 'pending' AND state <> 'saved' AND due_at IS NOT NULL
    AND (due_at <= $1 OR put_at > $1)
ORDER BY due_at, missing_at LIMIT 1
"""
_BEGIN = """
UPDATE fetcher.save SET
    state = 'pending', puts = puts + 1, put_before = put_at, put_at = $2, due_at = $3,
    job_id = NULL, ended_at = NULL, captured = NULL, requested_at = NULL, reason = NULL, detail = NULL
WHERE url_key = $1
"""
_TAKE_BACK = """
UPDATE fetcher.save SET
    state = 'waiting', puts = puts - 1, put_at = put_before, due_at = $2, job_id = NULL
WHERE url_key = $1
"""
_JOB = "UPDATE fetcher.save SET job_id = $2 WHERE url_key = $1"
_END = """
UPDATE fetcher.save SET
    state = $2, ended_at = $3, captured = $4, reason = $5, detail = $6,
    due_at = CASE WHEN $7 THEN NULL ELSE due_at END
WHERE url_key = $1
"""
_PENDING = """
SELECT url_key, url, job_id, put_at FROM fetcher.save WHERE state = 'pending' ORDER BY put_at
"""
_TO_REQUEST = """
SELECT url_key, url, kind, captured, ended_at FROM fetcher.save
WHERE state IN ('saved', 'unclear') AND requested_at IS NULL AND (ended_at <= $1 OR ended_at > $2)
ORDER BY ended_at
"""
_REQUESTED = "UPDATE fetcher.save SET requested_at = $2 WHERE url_key = ANY ($1::text[])"
_SPENT = """
SELECT
    count(*) FILTER (WHERE put_at >= $1 AND put_at <= $2) AS today,
    max(put_at) FILTER (WHERE put_at <= $2) AS last
FROM fetcher.save
"""
_PAUSE = """
INSERT INTO fetcher.save_pause (until, why) VALUES ($1, $2)
ON CONFLICT (one) DO UPDATE SET until = excluded.until, why = excluded.why
"""
_PAUSED = "SELECT until FROM fetcher.save_pause"


class Missing(NamedTuple):
    """A page that the archive lacks."""

    url_key: str
    url: str
    kind: Kind


class Put(NamedTuple):
    """A page that the archive was asked to capture, in a job unless that is not known."""

    url_key: str
    url: str
    job_id: str | None
    put_at: datetime


class ToRequest(NamedTuple):
    """A page to be requested as any other: the capture of a timestamp, or the latest."""

    url_key: str
    url: str
    kind: Kind
    captured: str | None
    ended_at: datetime


class ListPage(NamedTuple):
    """The newest stored capture of a list."""

    url: str
    body_sha256: str
    content_type: str | None
    charset: str | None
    held_at: datetime


class Spent(NamedTuple):
    """How many pages were put today, and when the last was."""

    today: int
    last: datetime | None


class Saves:
    """Every method raises DependencyDown while Postgres is down."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add(self, page: Missing, now: datetime) -> None:
        """Remember a page that the archive lacks; one that is known stays as it is."""
        async with self._store.connection() as connection:
            await connection.execute(_ADD, *page, now)

    async def known(self, url_keys: list[str]) -> set[str]:
        """Those of which a capture is known, or that were found missing before."""
        async with self._store.connection() as connection:
            rows = await connection.fetch(_KNOWN, url_keys)
        return {row["url_key"] for row in rows}

    async def lists(self, url_keys: list[str]) -> list[ListPage]:
        """The newest stored captures of these pages."""
        async with self._store.connection() as connection:
            return [ListPage(**row) for row in await connection.fetch(_LISTS, url_keys)]

    async def next_due(self, now: datetime) -> Missing | None:
        """The page to put next; None if none is due."""
        async with self._store.connection() as connection:
            row = await connection.fetchrow(_NEXT, now)
        return Missing(**row) if row else None

    async def begin(self, page: Missing, now: datetime, due_at: datetime) -> None:
        """Record that a page is being put, and from when on it may be put again."""
        async with self._store.connection() as connection:
            await connection.execute(_BEGIN, page.url_key, now, due_at)

    async def take_back(self, url_key: str, due_at: datetime) -> None:
        """Record that a page was not put after all."""
        async with self._store.connection() as connection:
            await connection.execute(_TAKE_BACK, url_key, due_at)

    async def accepted(self, url_key: str, job_id: str) -> None:
        """Record the job in which a page is captured."""
        async with self._store.connection() as connection:
            await connection.execute(_JOB, url_key, job_id)

    async def end(
        self,
        url_key: str,
        state: Literal["saved", "failed", "unclear"],
        now: datetime,
        *,
        captured: str | None = None,
        reason: str | None = None,
        detail: str | None = None,
        final: bool = False,
    ) -> None:
        """Record how a page ended; a `final` end is the last."""
        async with self._store.connection() as connection:
            await connection.execute(_END, url_key, state, now, captured, reason, detail, final)

    async def pending(self) -> list[Put]:
        """The pages that the archive is capturing."""
        async with self._store.connection() as connection:
            return [Put(**row) for row in await connection.fetch(_PENDING)]

    async def to_request(self, ended_before: datetime, now: datetime) -> list[ToRequest]:
        """The pages to be requested now."""
        async with self._store.connection() as connection:
            rows = await connection.fetch(_TO_REQUEST, ended_before, now)
        return [ToRequest(**row) for row in rows]

    async def requested(self, url_keys: list[str], now: datetime) -> None:
        """Record that Kafka has the requests for these pages."""
        async with self._store.connection() as connection:
            await connection.execute(_REQUESTED, url_keys, now)

    async def spent(self, since: datetime, now: datetime) -> Spent:
        """What was put since a time."""
        async with self._store.connection() as connection:
            return Spent(**await connection.fetchrow(_SPENT, since, now))

    async def pause(self, until: datetime, why: str) -> None:
        """Put nothing until then."""
        async with self._store.connection() as connection:
            await connection.execute(_PAUSE, until, why)

    async def paused_until(self) -> datetime | None:
        """The end of the last pause; None if there never was one."""
        async with self._store.connection() as connection:
            until: datetime | None = await connection.fetchval(_PAUSED)
        return until
