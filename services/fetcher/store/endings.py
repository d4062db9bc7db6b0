"""How requests without a stored capture, and addresses, ended last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from services.fetcher.sidecar import GivenUp
from services.fetcher.store.connection import Store
from shared.batcher import Batcher
from shared.errors import GaveUp
from shared.events import AddressExpanded, AddressRequested, CaptureFetched, CaptureRequested

_FIND = """
SELECT ending.*
FROM unnest($1::text[]) WITH ORDINALITY AS asked (id, position)
LEFT JOIN fetcher.ending USING (id)
ORDER BY asked.position
"""
# Of two endings of one id in a batch the later attempt counts, as of two that come one by one.
_RECORD = """
INSERT INTO fetcher.ending AS old (id, attempt, asked_at, event, gave_up, asked)
SELECT DISTINCT ON (id) *
FROM unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::json[], $5::json[], $6::json[])
    AS row (id, attempt, asked_at, event, gave_up, asked)
ORDER BY id, attempt DESC
ON CONFLICT (id) DO UPDATE SET
    attempt = excluded.attempt,
    asked_at = excluded.asked_at,
    event = excluded.event,
    gave_up = excluded.gave_up,
    asked = excluded.asked
WHERE excluded.attempt >= old.attempt
"""

Asked = AddressRequested | CaptureRequested
Ended = AddressExpanded | CaptureFetched

_EVENT: TypeAdapter[Ended] = TypeAdapter(Ended)


@dataclass(frozen=True, slots=True)
class Ending:
    """How attempt number `attempt` of what was asked at `asked_at` ended: in an event, or not at all."""

    attempt: int
    asked_at: datetime
    ended: Ended | GaveUp

    def answers(self, asked: Asked) -> bool:
        """Whether `asked` has been worked on before: it or a later attempt of the same asking."""
        return asked.asked_at <= self.asked_at and asked.attempt <= self.attempt


class _Row(NamedTuple):
    id: str
    attempt: int
    asked_at: datetime
    event: str | None
    gave_up: str | None
    asked: str | None


class Endings:
    """Every method raises DependencyDown while Postgres is down. Concurrent calls share round trips."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._batched_find = Batcher(self._find)
        self._batched_record = Batcher(self._record)

    async def find(self, asked: Asked) -> Ending | None:
        """How it, or an attempt before or after it, ended last."""
        return await self._batched_find(id_of(asked))

    async def record(self, asked: Asked, ended: Ended | GaveUp) -> None:
        """Record how `asked` ended, unless a later attempt has ended."""
        event = gave_up = attempt = None
        if isinstance(ended, GaveUp):
            gave_up = GivenUp.of(ended).model_dump_json()
            attempt = asked.model_dump_json()
        else:
            event = ended.model_dump_json()
        row = _Row(id_of(asked), asked.attempt, asked.asked_at, event, gave_up, attempt)
        await self._batched_record(row)

    async def _find(self, ids: Sequence[str]) -> Sequence[Ending | None]:
        async with self._store.connection() as connection:
            rows = await connection.fetch(_FIND, ids)
        return [_ending(row) for row in rows]

    async def _record(self, rows: Sequence[_Row]) -> Sequence[None]:
        async with self._store.connection() as connection:
            await connection.execute(_RECORD, *zip(*rows, strict=True))
        return [None] * len(rows)


def id_of(asked: Asked) -> str:
    """The id under which its ending is known: of the request, or of the address."""
    return asked.request_id if isinstance(asked, CaptureRequested) else asked.address_id


def _ending(row: Any) -> Ending | None:
    if row["attempt"] is None:
        return None
    if row["gave_up"] is None:
        return Ending(row["attempt"], row["asked_at"], _EVENT.validate_json(row["event"]))
    gave_up = GivenUp.model_validate_json(row["gave_up"])
    return Ending(row["attempt"], row["asked_at"], gave_up.error())
