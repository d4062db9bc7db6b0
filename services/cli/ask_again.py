"""Requests captures again whose blobs are lost: the fetcher finds out what is missing, and fetches it."""

from collections.abc import Collection

import asyncpg

from services.indexer.retries import next_attempts
from shared.delivery.publisher import Publisher

# What waits for an attempt already, or has one under way, needs no other.
_ENDED = """
    SELECT l.kind, l.attempt, q.asked
    FROM ingest.request AS q
    JOIN ingest.ledger AS l ON l.kind = 'request' AND l.id = q.request_id
    WHERE q.request_id = ANY ($1) AND l.state NOT IN ('waiting', 'retry')
"""


async def ask_again(
    database: "asyncpg.Connection", publisher: Publisher, request_ids: Collection[str]
) -> int:
    """Publish the next attempt of these requests; returns of how many.

    Raises asyncpg's errors and DependencyDown.
    """
    rows = await database.fetch(_ENDED, list(request_ids))
    await publisher.publish(next_attempts(rows))
    return len(rows)
