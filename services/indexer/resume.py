"""Where reading goes on: where Postgres says, if Kafka still holds what Postgres last read there.

Postgres and not Kafka's own commit decides, because its offsets were written with the rows: a
database restored from a backup reads again what it lost, a commit that Kafka lost repeats nothing.
"""

import asyncio
from collections.abc import Collection, Mapping

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError, KafkaTimeoutError

from services.indexer.places import event_mark
from services.indexer.store import Store
from shared.delivery.message import from_aiokafka
from shared.errors import DependencyDown
from shared.kafka import client_options, look_up
from shared.settings import KafkaSettings

log = structlog.get_logger()

# One record is wanted of each partition, and with it comes the batch that it stands in. A batch
# that is larger is sent too, but for one partition at a time.
_FETCH_BYTES = 64 * 1024
_FETCH_WAIT_MS = 50
_READ_SECONDS = 20.0

_KNOWN = """
    SELECT topic, "partition", next_offset, event_id FROM ingest.ingest_offset
    WHERE topic = ANY ($1)
"""


class Resume:
    """Answers for each partition the offset to go on at.

    That is the earliest there is when Postgres knows none, when it is out of the partition's
    range, or when the record before it is not the one that Postgres names: then the topic was made
    anew. To read again is to write the same rows.
    """

    def __init__(self, settings: KafkaSettings, store: Store) -> None:
        self._settings = settings
        self._store = store

    async def __call__(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, int]:
        """The offset of each. Raises DependencyDown when Postgres or Kafka does not answer."""
        async with self._store.transaction() as transaction:
            rows = await transaction.fetch(_KNOWN, sorted({tp.topic for tp in partitions}))
        known = {
            TopicPartition(row["topic"], row["partition"]): (row["next_offset"], row["event_id"])
            for row in rows
        }
        reader = AIOKafkaConsumer(
            **client_options(self._settings),
            enable_auto_commit=False,
            max_partition_fetch_bytes=_FETCH_BYTES,
            fetch_max_wait_ms=_FETCH_WAIT_MS,
        )
        try:
            await reader.start()
            look_up(reader, partitions)
            first = await reader.beginning_offsets(partitions)
            end = await reader.end_offsets(partitions)
            to_check = {
                tp: at[0] - 1
                for tp, at in known.items()
                if tp in first and first[tp] < at[0] <= end[tp]
            }
            marks = await _marks(reader, to_check)
        except KafkaError as error:
            # Whatever it is, nothing may be read from a place that was not found.
            raise DependencyDown("kafka", repr(error)) from error
        finally:
            await reader.stop()
        places = {
            tp: known[tp][0] if tp in marks and marks[tp] == known[tp][1] else first[tp]
            for tp in partitions
        }
        for tp, place in places.items():
            if tp in known and place != known[tp][0]:
                log.warning(
                    "reading from the earliest: Kafka does not hold what was read last",
                    partition=f"{tp.topic}/{tp.partition}",
                    next_offset=known[tp][0],
                    earliest=first[tp],
                    end=end[tp],
                )
        return places


async def _marks(
    reader: AIOKafkaConsumer, offsets: Mapping[TopicPartition, int]
) -> dict[TopicPartition, str]:
    """By what the records at these offsets are known."""
    for tp, offset in offsets.items():
        reader.seek(tp, offset)
        reader.resume(tp)
    found: dict[TopicPartition, str] = {}
    deadline = asyncio.get_running_loop().time() + _READ_SECONDS
    while missing := offsets.keys() - found.keys():
        if asyncio.get_running_loop().time() > deadline:
            raise KafkaTimeoutError(f"{len(missing)} partitions do not answer")
        # What has answered is not read on.
        for tp, records in (
            await reader.getmany(*missing, timeout_ms=500, max_records=len(missing))
        ).items():
            found[tp] = (
                event_mark(from_aiokafka(records[0])) if records[0].offset == offsets[tp] else ""
            )
            reader.pause(tp)
    return found
