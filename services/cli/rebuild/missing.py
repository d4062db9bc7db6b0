"""What one store has and another lacks: the queries, and the events that close the gaps."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg
from pydantic import TypeAdapter

from services.cli.stored import StoredKey
from services.fetcher.kinds import kind_of
from shared.archives import WAYBACK_MACHINE
from shared.delivery.publisher import Publication
from shared.events import (
    AddressExpanded,
    AddressRequested,
    CaptureFetched,
    CaptureRequested,
    CdxRow,
)
from shared.topics import ADDRESS_EXPANDED, ADDRESS_REQUESTED, CAPTURE_FETCHED, topic_of

# A capture is whole in the tables when it was indexed, read, and where it is a document, translated. A
# dead letter is an outcome too.
_STORED = """
    SELECT a.request_id, a.capture_id,
        s.request_id IS NOT NULL AND (
            l.state = 'dead'
            OR c.kind = 'attachment' AND l.stage >= 6
            OR r.capture_id IS NOT NULL AND (r.outcome <> 'done' OR t.capture_id IS NOT NULL)
        ) AS indexed
    FROM fetcher.answered AS a
    JOIN fetcher.capture AS c ON c.capture_id = a.capture_id
    LEFT JOIN ingest.served AS s ON s.request_id = a.request_id
    LEFT JOIN ingest.ledger AS l ON l.kind = 'request' AND l.id = a.request_id
    LEFT JOIN ingest.reading AS r ON r.capture_id = a.capture_id
    LEFT JOIN ingest.translation AS t ON t.capture_id = a.capture_id
    WHERE c.held_at IS NOT NULL
"""
_NEXT = f"SELECT * FROM ({_STORED}) AS stored WHERE request_id > $1 ORDER BY request_id LIMIT $2"  # noqa: S608
_LEFT = f"""
    SELECT count(*) FROM ({_STORED}) AS stored WHERE NOT indexed AND request_id <> ALL ($1)
"""  # noqa: S608
_ALL = "SELECT count(*) FROM fetcher.answered"

_ENDINGS = """
    SELECT e.event, e.asked FROM fetcher.ending AS e
    LEFT JOIN ingest.ledger AS l ON l.kind IN ('address', 'request') AND l.id = e.id
    WHERE l.id IS NULL OR l.attempt < e.attempt
"""
# What Kafka had confirmed by $1, and lost before the indexer had read it.
_SEEDS = """
    SELECT s.line_id, s.address, s.origin, s.asked_at FROM fetcher.seed_lines AS s
    WHERE s.confirmed_at < $1
        AND NOT EXISTS (SELECT FROM ingest.address AS a WHERE a.address_id = s.line_id)
"""
_REQUESTS = """
    SELECT c.request_id, c.url, c."timestamp", c.cdx_urlkey, c.mimetype, c.listed_status, c.digest,
        c.length, c.backlog, c.requested_at, c.archive
    FROM fetcher.capture AS c
    WHERE c.requested_at < $1 AND c.answered_at IS NULL AND c.held_at IS NULL
        AND NOT EXISTS (SELECT FROM ingest.request AS q WHERE q.request_id = c.request_id)
"""

_EVENT: TypeAdapter[AddressExpanded | CaptureFetched] = TypeAdapter(
    AddressExpanded | CaptureFetched
)
_ASKED: TypeAdapter[AddressRequested | CaptureRequested] = TypeAdapter(
    AddressRequested | CaptureRequested
)


class Stored(NamedTuple):
    """A capture that is stored for a request; `indexed`: whether the tables have all of it."""

    request_id: str
    capture_id: str
    indexed: bool

    @property
    def key(self) -> StoredKey:
        """Under which `stored_events` returns it."""
        return self.capture_id, self.request_id


async def count_stored(database: "asyncpg.Connection") -> int:
    """How many captures are stored, one for each request."""
    number: int = await database.fetchval(_ALL)
    return number


async def count_left(database: "asyncpg.Connection", but: Collection[str]) -> int:
    """How many of them the tables do not have whole, without these requests."""
    number: int = await database.fetchval(_LEFT, list(but))
    return number


async def next_stored(database: "asyncpg.Connection", after: str, limit: int) -> Sequence[Stored]:
    """Stored captures in the order of their requests' ids, behind the id `after`."""
    return [Stored(*row) for row in await database.fetch(_NEXT, after, limit)]


async def endings(database: "asyncpg.Connection") -> list[Publication]:
    """How requests and addresses ended of which the ledger does not know.

    A dead letter is made by the service that gave up: it gets what it was asked, and ends as before.
    """
    return [ending(row) for row in await database.fetch(_ENDINGS) if row["event"] or row["asked"]]


def ending(row: Mapping[str, Any]) -> Publication:
    """The event of a row with `event`, or with what was `asked`, as JSON."""
    if row["event"]:
        known = _EVENT.validate_json(row["event"])
        topic = ADDRESS_EXPANDED if isinstance(known, AddressExpanded) else CAPTURE_FETCHED
        return Publication(topic, known)
    asked = _ASKED.validate_json(row["asked"])
    if isinstance(asked, AddressRequested):
        return Publication(ADDRESS_REQUESTED, asked)
    return Publication(topic_of(asked), asked)


async def lost_requests(database: "asyncpg.Connection", before: datetime) -> list[Publication]:
    """What was published `before` then and is nowhere: lines of seeds files, listed captures."""
    lines = [
        AddressRequested(
            address_id=row["line_id"],
            address=row["address"],
            origin=row["origin"],
            asked_at=row["asked_at"],
        )
        for row in await database.fetch(_SEEDS, before)
    ]
    requests = [_request(row) for row in await database.fetch(_REQUESTS, before)]
    return [
        *(Publication(ADDRESS_REQUESTED, line) for line in lines),
        *(Publication(topic_of(request), request) for request in requests),
    ]


def next_attempt(request: CaptureRequested) -> Publication:
    """The attempt behind this one."""
    later = request.model_copy(update={"attempt": request.attempt + 1})
    return Publication(topic_of(later), later)


def _request(row: Mapping[str, Any]) -> CaptureRequested:
    listed = CdxRow(
        urlkey=row["cdx_urlkey"] or "",
        timestamp=row["timestamp"],
        original=row["url"],
        mimetype=row["mimetype"],
        statuscode=row["listed_status"],
        digest=row["digest"],
        length=row["length"],
    )
    return CaptureRequested(
        request_id=row["request_id"],
        url=listed.original,
        timestamp=listed.timestamp,
        kind=kind_of(listed),
        listed=listed,
        asked_at=row["requested_at"],
        asked_on=row["requested_at"].date(),
        backlog=row["backlog"],
        archive=row["archive"] or WAYBACK_MACHINE,
    )
