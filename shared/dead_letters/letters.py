"""Dead letters in the database: one for each record, whichever services gave up on it."""

import json
from base64 import b64decode
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

# Of the first service, in the order of their names.
_OF_FIRST = (
    "topic", "partition", "record_offset", "reason", "error", "version", "url", "first_seen_at", "handled",
    "handled_note", "record_key", "record_value",
)  # fmt: skip
_FOUND = f"""
SELECT
    array_agg(d.service ORDER BY d.service) AS services, d.subject,
    greatest(max(d.attempt), max(q.attempt), max(a.attempt)) AS attempt,
    {", ".join(f'(array_agg(d."{name}" ORDER BY d.service))[1] AS "{name}"' for name in _OF_FIRST)},
    (array_agg(d.record_headers ORDER BY d.service))[1]::text AS record_headers
FROM dead_letters AS d
LEFT JOIN requests AS q USING (request_id)
LEFT JOIN addresses AS a ON a.address_id = d.address_id
WHERE ($1::text IS NULL OR d.reason = $1)
    AND ($2::timestamptz IS NULL OR d.first_seen_at >= $2)
    AND ($3::text IS NULL OR $3 = d.topic || '/' || d."partition" || '/' || d.record_offset)
    AND ($4 OR d.handled IS NULL)
GROUP BY d.subject
ORDER BY min(d.first_seen_at), d.subject
LIMIT $5
"""  # noqa: S608 (names of ours)


class Policy(StrEnum):
    """What is done with a record that is not an event to this version either."""

    STOP = "stop-on-error"
    REINSERT = "reinsert"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dead letters: None for any, `handled` for also those that were replayed or dropped."""

    reason: str | None = None
    since: datetime | None = None
    position: str | None = None
    handled: bool = False
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Letter:
    """A record that died, with the report of its first service (in the order of their names).

    `attempt` is the last that is known of what the record is about.
    """

    services: tuple[str, ...]
    subject: str
    topic: str
    position: str
    reason: str
    error: str
    version: str
    attempt: int | None
    url: str | None
    first_seen_at: datetime
    handled: str | None
    handled_note: str | None
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]

    def as_json(self, *, whole: bool = False) -> dict[str, Any]:
        """For `--json`; `whole` with key, value and headers."""
        item = asdict(self)
        if not whole:
            for name in ("key", "value", "headers"):
                del item[name]
        return item


async def letters(connection: "asyncpg.Connection", wanted: Wanted) -> list[Letter]:
    """The oldest first. Raises OSError and asyncpg's errors."""
    rows = await connection.fetch(
        _FOUND, wanted.reason, wanted.since, wanted.position, wanted.handled, wanted.limit
    )
    return [_letter(row) for row in rows]


def _letter(row: "asyncpg.Record") -> Letter:
    headers: list[tuple[str, str]] = json.loads(row["record_headers"])
    return Letter(
        services=tuple(row["services"]),
        subject=row["subject"],
        topic=row["topic"],
        position=f"{row['topic']}/{row['partition']}/{row['record_offset']}",
        reason=row["reason"],
        error=row["error"],
        version=row["version"],
        attempt=row["attempt"],
        url=row["url"],
        first_seen_at=row["first_seen_at"],
        handled=row["handled"],
        handled_note=row["handled_note"],
        key=row["record_key"],
        value=row["record_value"],
        headers=tuple((name, b64decode(value)) for name, value in headers),
    )
