"""The next attempt of what the ledger holds. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from shared.delivery.publisher import Publication
from shared.events import AddressRequested, CaptureRequested
from shared.topics import ADDRESS_REQUESTED, CAPTURE_BACKLOG, CAPTURE_REQUESTED


def next_attempts(rows: Iterable[Mapping[str, Any]]) -> list[Publication]:
    """Of rows with kind, attempt so far, and asked (the event at attempt 1 as JSON)."""
    return [_next_attempt(row["kind"], row["attempt"] + 1, row["asked"]) for row in rows]


def _next_attempt(kind: str, attempt: int, asked: str) -> Publication:
    if kind == "address":
        address = AddressRequested.model_validate_json(asked)
        return Publication(ADDRESS_REQUESTED, address.model_copy(update={"attempt": attempt}))
    request = CaptureRequested.model_validate_json(asked)
    topic = CAPTURE_BACKLOG if request.backlog else CAPTURE_REQUESTED
    return Publication(topic, request.model_copy(update={"attempt": attempt}))
