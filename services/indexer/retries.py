"""Next attempts of the ledger's addresses and requests; for the indexer and the command line."""

from collections.abc import Iterable, Mapping
from typing import Any

from shared.delivery.publisher import Publication
from shared.events import AddressRequested, CaptureRequested
from shared.topics import ADDRESS_REQUESTED, topic_of

# Lost work, oldest first: at most $1 rows, with fewer than $2 attempts.
LOST_WORK = """
    SELECT g.kind, g.id, g.address, g.attempt, g.since, coalesce(q.asked, a.asked) AS asked
    FROM pipeline_gap AS g
    LEFT JOIN ingest.request AS q ON g.kind = 'request' AND q.request_id = g.id
    LEFT JOIN ingest.address AS a ON g.kind = 'address' AND a.address_id = g.id
    WHERE g.attempt < $2 AND (q.asked IS NOT NULL OR a.asked IS NOT NULL)
    ORDER BY g.since
    LIMIT $1
"""


def next_attempts(rows: Iterable[Mapping[str, Any]]) -> list[Publication]:
    """From rows with `kind`, `attempt` (the last one) and `asked` (the first event as JSON)."""
    return [_next_attempt(row["kind"], row["attempt"] + 1, row["asked"]) for row in rows]


def _next_attempt(kind: str, attempt: int, asked: str) -> Publication:
    if kind == "address":
        address = AddressRequested.model_validate_json(asked)
        return Publication(ADDRESS_REQUESTED, address.model_copy(update={"attempt": attempt}))
    request = CaptureRequested.model_validate_json(asked)
    return Publication(topic_of(request), request.model_copy(update={"attempt": attempt}))
