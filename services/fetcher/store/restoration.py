"""How far the fetcher's memory has been read from the blob store, and what is read into it."""

from collections.abc import Sequence

from services.fetcher.restoration import BEGIN
from services.fetcher.store.connection import Store
from shared.blobs import PARTS
from shared.events import AddressRequested, CaptureFetched
from shared.identity import address_id, capture_id, url_key

_IS_EMPTY = """
SELECT NOT EXISTS (SELECT FROM fetcher.capture WHERE held_at IS NOT NULL)
    AND NOT EXISTS (SELECT FROM fetcher.ending)
    AND NOT EXISTS (SELECT FROM fetcher.restoration)
"""
_UNDER_WAY = "SELECT parts FROM fetcher.restoration WHERE ended_at IS NULL"
_ADVANCE = """
UPDATE fetcher.restoration SET
    parts = $1 + 1,
    sidecars = sidecars + $2,
    damaged = damaged + $3,
    moved_at = now(),
    ended_at = CASE WHEN $1 + 1 >= $4 THEN now() END
WHERE parts = $1 AND ended_at IS NULL
"""
# What the index lists of it; that it lists it is known of those that were requested from a listing.
_REQUESTS = """
INSERT INTO fetcher.capture (
    capture_id, url_key, url, "timestamp", kind, digest, cdx_urlkey, mimetype, listed_status,
    length, listed_at, request_id, backlog, requested_at, answered_at, archive
)
SELECT DISTINCT ON (capture_id) *
FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::timestamptz[], $12::text[], $13::boolean[], $14::timestamptz[],
    $15::timestamptz[], $16::text[]
) AS row (
    capture_id, url_key, url, "timestamp", kind, digest, cdx_urlkey, mimetype, listed_status,
    length, listed_at, request_id, backlog, requested_at, answered_at, archive
)
ORDER BY capture_id, answered_at
ON CONFLICT (capture_id) DO UPDATE SET
    digest = coalesce(capture.digest, excluded.digest),
    cdx_urlkey = coalesce(capture.cdx_urlkey, excluded.cdx_urlkey),
    mimetype = coalesce(capture.mimetype, excluded.mimetype),
    listed_status = coalesce(capture.listed_status, excluded.listed_status),
    length = coalesce(capture.length, excluded.length),
    listed_at = coalesce(capture.listed_at, excluded.listed_at),
    request_id = coalesce(capture.request_id, excluded.request_id),
    backlog = coalesce(capture.backlog, excluded.backlog),
    requested_at = coalesce(capture.requested_at, excluded.requested_at),
    answered_at = coalesce(capture.answered_at, excluded.answered_at)
"""
_SEED_LINES = """
INSERT INTO fetcher.seed_lines (line_id, origin, address, asked_at)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
ON CONFLICT (line_id) DO NOTHING
"""


class Restoration:
    """Every method raises DependencyDown while Postgres is down."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def is_memory_empty(self) -> bool:
        """Whether the fetcher remembers nothing, and has not looked in the blob store for it."""
        async with self._store.connection() as connection:
            return bool(await connection.fetchval(_IS_EMPTY))

    async def begin(self) -> None:
        """Begin one, unless one is under way."""
        async with self._store.connection() as connection:
            await connection.execute(BEGIN)

    async def under_way(self) -> int | None:
        """The part that is to be read next; None if none is under way."""
        async with self._store.connection() as connection:
            part: int | None = await connection.fetchval(_UNDER_WAY)
        return part

    async def advance(self, part: int, sidecars: int, damaged: int) -> None:
        """Record that `part` has been read, with so many sidecars and damaged files."""
        async with self._store.connection() as connection:
            await connection.execute(_ADVANCE, part, sidecars, damaged, PARTS)

    async def answered(self, fetched: Sequence[CaptureFetched]) -> None:
        """Record that the requests for listed captures among these were answered, so that none is made again."""
        rows = [row for event in fetched if (row := _row(event)) is not None]
        if rows:
            async with self._store.connection() as connection:
                await connection.execute(_REQUESTS, *zip(*rows, strict=True))

    async def seed_lines(self, lines: Sequence[AddressRequested]) -> None:
        """Record the lines of seeds files among these addresses, as they were first asked for.

        They are published again as such, for the ledger; the fetcher knows how each has ended.
        """
        seeds = [line for line in lines if line.address_id == _seed_id(line)]
        async with self._store.connection() as connection:
            await connection.execute(
                _SEED_LINES,
                [line.address_id for line in seeds],
                [line.origin for line in seeds],
                [line.address for line in seeds],
                [line.asked_at for line in seeds],
            )


def _seed_id(line: AddressRequested) -> str:
    return address_id(line.address, None, "seeds")


def _row(fetched: CaptureFetched) -> tuple[object, ...] | None:
    request, listed = fetched.request, fetched.request.listed
    if listed is None:
        return None
    # A WARC file describes its captures as the index does, and no address asked for them.
    in_index = request.backlog or request.address_id is not None
    return (
        capture_id(listed.original, listed.timestamp),
        url_key(listed.original),
        listed.original,
        listed.timestamp,
        request.kind,
        listed.digest,
        listed.urlkey,
        listed.mimetype,
        listed.statuscode,
        listed.length,
        request.asked_at if in_index else None,
        request.request_id,
        request.backlog,
        request.asked_at,
        fetched.fetched_at,
        request.archive,
    )
