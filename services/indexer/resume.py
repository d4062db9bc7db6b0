"""Where to resume reading: at Postgres' offsets, if Kafka still has the record before each of them.

Postgres' offsets decide, not Kafka's commits, because they are written in the transaction of the
rows: a database restored from a backup reads again what it lost, and a commit lost by Kafka repeats
nothing.
"""

import asyncio
from collections.abc import Collection, Mapping

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError, KafkaTimeoutError

from services.indexer.kafka_positions import record_identity
from services.indexer.ledger import INDEXER
from services.indexer.store import Store
from shared.delivery.message import from_aiokafka
from shared.errors import DependencyDown
from shared.kafka import assign_paused, client_options
from shared.offsets import Offsets
from shared.settings import KafkaSettings

log = structlog.get_logger()

# One record of each partition is needed; it comes with its whole batch. A larger batch is sent too,
# but only one partition at a time.
_FETCH_BYTES = 64 * 1024
_FETCH_WAIT_MS = 50
_READ_SECONDS = 20.0

_KNOWN = """
    SELECT topic, "partition", next_offset, event_id FROM ingest.ingest_offset
    WHERE topic = ANY ($1)
"""


class Resume:
    """Returns the offset at which to resume each partition.

    It is the earliest offset if Postgres has none, if Postgres' is out of the partition's range, or
    if the record before it is another one than Postgres recorded: then the topic was made again. Kafka's
    0 says so as well: `Consumer.read_again` commits it where that was seen while the topic was read.
    Reading a record again writes the same rows.
    """

    def __init__(self, settings: KafkaSettings, store: Store) -> None:
        self._settings = settings
        self._store = store

    async def __call__(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, int]:
        """The offset of each. Raises DependencyDown when Postgres or Kafka does not answer."""
        async with self._store.transaction() as transaction:
            rows = await transaction.fetch(_KNOWN, sorted({tp.topic for tp in partitions}))
        async with Offsets(self._settings) as offsets:
            committed = await offsets.stored(INDEXER, partitions)
        places = {TopicPartition(row["topic"], row["partition"]): row for row in rows}
        known = {
            tp: (row["next_offset"], row["event_id"])
            for tp, row in places.items()
            if committed.get(tp) != 0
        }
        reader = AIOKafkaConsumer(
            **client_options(self._settings),
            enable_auto_commit=False,
            max_partition_fetch_bytes=_FETCH_BYTES,
            fetch_max_wait_ms=_FETCH_WAIT_MS,
        )
        try:
            await reader.start()
            assign_paused(reader, partitions)
            first = await reader.beginning_offsets(partitions)
            end = await reader.end_offsets(partitions)
            to_check = {
                tp: at[0] - 1
                for tp, at in known.items()
                if tp in first and first[tp] < at[0] <= end[tp]
            }
            identities = await _identities(reader, to_check)
        except KafkaError as error:
            # Whatever the error, nothing may be read from an offset that was not verified.
            raise DependencyDown("kafka", repr(error)) from error
        finally:
            await reader.stop()
        starts = {
            tp: known[tp][0] if tp in identities and identities[tp] == known[tp][1] else first[tp]
            for tp in partitions
        }
        for tp, offset in starts.items():
            if tp in known and offset != known[tp][0]:
                log.warning(
                    "reading from the earliest offset: Kafka no longer has the last record read",
                    partition=f"{tp.topic}/{tp.partition}",
                    next_offset=known[tp][0],
                    earliest=first[tp],
                    end=end[tp],
                )
        return starts


async def _identities(
    reader: AIOKafkaConsumer, offsets: Mapping[TopicPartition, int]
) -> dict[TopicPartition, str]:
    """The identities of the records at these offsets."""
    for tp, offset in offsets.items():
        reader.seek(tp, offset)
        reader.resume(tp)
    found: dict[TopicPartition, str] = {}
    deadline = asyncio.get_running_loop().time() + _READ_SECONDS
    while missing := offsets.keys() - found.keys():
        if asyncio.get_running_loop().time() > deadline:
            raise KafkaTimeoutError(f"{len(missing)} partitions do not answer")
        # Partitions that have answered are not read further.
        for tp, records in (
            await reader.getmany(*missing, timeout_ms=500, max_records=len(missing))
        ).items():
            found[tp] = (
                record_identity(from_aiokafka(records[0]))
                if records[0].offset == offsets[tp]
                else ""
            )
            reader.pause(tp)
    return found
