"""Writes one batch: rows, dead letters and offsets, in one transaction."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from time import time_ns

import structlog
from aiokafka import TopicPartition

from services.indexer.dead_letter_rows import direct_dead_letter
from services.indexer.intake import UNKNOWN, Intake, Taken
from services.indexer.kafka_positions import offset_row
from services.indexer.ledger import INDEXER, change_of
from services.indexer.metrics import REQUEST_TO_ROW, ROWS
from services.indexer.store import Refused, Store
from services.indexer.tables import Row
from shared.delivery.brake import Brake
from shared.delivery.dead_letter import dead_letter
from shared.delivery.message import Message
from shared.delivery.names import names
from shared.delivery.publisher import Publication, Publisher
from shared.errors import EventTooLarge
from shared.events import AttachmentRead, CaptureFetched, Event, NoticeParsed
from shared.topics import DEAD_LETTER
from shared.trace import record, trace_id

log = structlog.get_logger()


class WriteBatch:
    """Writes a decoded batch; idempotent."""

    def __init__(self, intake: Intake, store: Store, publisher: Publisher, brake: Brake) -> None:
        self._intake = intake
        self._store = store
        self._publisher = publisher
        self._brake = brake

    async def __call__(self, taken: Taken, resumed: Collection[TopicPartition]) -> None:
        """Return when everything is committed. If it raises DependencyDown, nothing is.

        It also raises that for a while when most messages fail for unknown reasons.

        `resumed` are the partitions for which this is the first batch since they were assigned.
        """
        started = time_ns()
        units, refused = await self._intake.units(taken.events)
        refused += taken.refused
        unknown = {str(one.source) for one in refused if one.reason == UNKNOWN}
        errors = [str(message) in unknown for message in _messages(taken)]
        self._brake.pause(errors, _last_line(refused) if unknown else "")
        offsets = [
            offset_row(message, partition in resumed) for partition, message in taken.last.items()
        ]
        async with self._store.transaction() as transaction:
            refused += await transaction.write_units(units)
            await transaction.write([*await self._bury(refused), *offsets])
        self._brake.saw(*errors)
        lost = {str(refusal.source) for refusal in refused}
        _count(event for message, event in taken.events if str(message) not in lost)
        for message, _ in taken.events:
            record(message.headers, f"{INDEXER} {message.topic}", started, message=str(message))

    async def _bury(self, refused: Iterable[Refused[Message]]) -> list[Row]:
        """Send dead letters to Kafka before the offsets pass them; returns rows to write directly.

        A record of the dead-letter topic itself, or one that is too large for it, is written to
        Postgres directly.
        """
        rows = await asyncio.gather(*(self._bury_one(refusal) for refusal in refused))
        return [row for row in rows if row is not None]

    async def _bury_one(self, refusal: Refused[Message]) -> Row | None:
        message = refusal.source
        log.error(
            "dead letter",
            message=str(message),
            trace=trace_id(message.headers),
            **names(message.value),
            reason=refusal.reason,
            error=_last_line([refusal]),
        )
        event = dead_letter(message, INDEXER, refusal.reason, refusal.error)
        if message.topic == DEAD_LETTER.name:
            return direct_dead_letter(event)
        try:
            await self._publisher.publish([Publication(DEAD_LETTER, event)])
        except EventTooLarge:
            return direct_dead_letter(event)
        return None


def _messages(taken: Taken) -> Iterable[Message]:
    yield from (message for message, _ in taken.events)
    yield from (refusal.source for refusal in taken.refused)


def _last_line(refused: Sequence[Refused[Message]]) -> str:
    return refused[-1].error.strip().rpartition("\n")[2]


def _count(events: Iterable[Event]) -> None:
    now = datetime.now(UTC)
    for event in events:
        ROWS.labels(event.TYPE).inc()
        fetched = event.fetched if isinstance(event, NoticeParsed | AttachmentRead) else event
        if not isinstance(fetched, CaptureFetched):
            continue
        change = change_of(event)
        if change and change.state in ("done", "skipped"):
            REQUEST_TO_ROW.observe((now - fetched.request.asked_at).total_seconds())
