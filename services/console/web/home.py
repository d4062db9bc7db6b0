"""What the first page shows besides what is due."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import asyncpg

from services.console.database import Database

_FRESH = "SELECT as_of, index_asked_at, newest_capture_at, newest_issued_on FROM freshness"
# The newest alone: after a backfill a week's changes are all notices.
_CHANGES = """
    SELECT c.at, c.kind, c.notice_key, n.document_number, n.title
    FROM (
        SELECT sequence, at, kind, notice_key FROM changes
        WHERE at > now() - INTERVAL '7 days' AND page_kind IN ('notice', 'law')
            AND fields IS DISTINCT FROM ARRAY['translation_state']
        ORDER BY sequence DESC LIMIT 20
    ) AS c
    LEFT JOIN notices AS n USING (notice_key)
    ORDER BY c.sequence DESC
"""
_SERIES = 5


class News(NamedTuple):
    """The row of the view freshness, and the newest changes."""

    fresh: Mapping[str, Any]
    changes: Sequence[Mapping[str, Any]]


async def news(connection: asyncpg.Connection) -> News:
    """Raises asyncpg's errors."""
    changes = [dict(row) for row in await connection.fetch(_CHANGES)]
    return News(dict(await connection.fetchrow(_FRESH)), changes)


async def completeness(database: Database, year: int) -> Sequence[Mapping[str, Any]]:
    """The ministry's largest series of the year. Raises asyncpg's errors."""
    asked = {"body": "商务部", "year": str(year)}
    return (await database.ask("completeness", asked)).rows[:_SERIES]
