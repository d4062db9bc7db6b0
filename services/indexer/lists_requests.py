"""Requests that notices be read together with their attachments; for the indexer and the command line. Pure."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from shared.delivery.publisher import Publication
from shared.events import Body, Capture, ListsRequested
from shared.topics import LISTS_REQUESTED

REQUESTS = "SELECT * FROM ingest.lists_requests($1)"
"""What is needed to read notices, by their inputs, with their attachments."""


def requests_of(rows: Iterable[Mapping[str, Any]], now: datetime) -> list[Publication]:
    """The requests of the rows of `REQUESTS`."""
    return [Publication(LISTS_REQUESTED, _request(row, now)) for row in rows]


def _request(row: Mapping[str, Any], now: datetime) -> ListsRequested:
    return ListsRequested(
        inputs=row["inputs"],
        capture=Capture(**row),
        body=Body(**row),
        attachments=json.loads(row["attachments"] or "[]"),
        asked_at=now,
    )
