"""Finds lost work and requests it again: a safety net below the delivery guarantees.

Faust has been seen to commit an offset past a message that was never processed. A request is lost
if its service has committed past its event, the indexer has read everything that the service had
published by then, and there is still no outcome. What merely waits in a backlog is not lost.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from aiokafka import TopicPartition

from services.indexer.ledger import LedgerError
from services.indexer.metrics import LOST
from services.indexer.retries import LOST_WORK, next_attempts
from services.indexer.rows import rows_of
from services.indexer.scheduler import LOCK
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store, Transaction
from shared.delivery.publisher import Publisher
from shared.health import Health
from shared.kafka import kafka_down
from shared.loops import every
from shared.offsets import Offsets
from shared.topics import EXCHANGED, READ_BY

log = structlog.get_logger()

# The consumer groups that turn events into outcomes.
_WORKERS = ("fetcher", "parser")

_PASSED = """
    INSERT INTO ingest.passed_offset AS old (topic, "partition", next_offset, end_offset, seen_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (topic, "partition") DO UPDATE SET
        next_offset = excluded.next_offset,
        end_offset = excluded.end_offset,
        seen_at = excluded.seen_at
    WHERE excluded.seen_at > old.seen_at
"""
# One that is lost this often stays visible in the view: something loses it every time.
_MOST_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The services' committed offsets at `at`, and the end offsets read after them.

    Everything published before those commits is below `ends`.
    """

    at: datetime
    committed: Mapping[TopicPartition, int]
    ends: Mapping[TopicPartition, int]

    def is_read(self, read: Mapping[TopicPartition, int], later: "Snapshot") -> bool:
        """Whether the indexer, at `read` before `later`, has read everything below `ends`.

        An offset beyond the end of a topic does not count: the topic was recreated.
        """
        return all(
            end <= read.get(tp, 0) <= later.ends[tp] or end == 0 for tp, end in self.ends.items()
        )


class Reconcile:
    """Looks every `reconcile_seconds`; of several indexers one at a time."""

    def __init__(
        self, settings: IndexerSettings, store: Store, publisher: Publisher, health: Health
    ) -> None:
        self._settings = settings
        self._store = store
        self._publisher = publisher
        self._health = health
        self._offsets = Offsets(settings)
        self._before: Snapshot | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Check until `stop` is set."""
        try:
            await every(
                self._settings.reconcile_seconds,
                self._step,
                self._health,
                # Until it has looked again the service is not ready: that is no matter of a round.
                hold_seconds=self._settings.hold_seconds,
                stop=stop,
            )
        finally:
            await self._offsets.stop()

    async def _step(self) -> None:
        with kafka_down():
            await self._offsets.start()
            await self.look()

    async def look(self) -> int:
        """Compare with what was seen the last time, and ask again for what is lost; how many.

        Raises DependencyDown and, for what Kafka does not allow, KafkaError.
        """
        async with self._store.transaction() as transaction:
            # The scheduler writes rows before their events are read back: it must not run meanwhile.
            if not await transaction.lock(LOCK):
                return 0
            read = await transaction.read_offsets()
            now = await self._see(transaction)
            before = self._before
            if before is None:
                self._before = now
                return 0
            if not before.is_read(read, now):
                return 0
            self._before = now
            return await self._request_again(transaction, before)

    async def _see(self, transaction: Transaction) -> Snapshot:
        # The start of the transaction: its own rows are not older than this snapshot.
        (clock,) = await transaction.fetch("SELECT now()")
        committed: dict[TopicPartition, int] = {}
        for group in _WORKERS:
            partitions = await self._offsets.partitions(READ_BY[group])
            committed |= await self._offsets.committed(group, partitions)
        ends = await self._offsets.ends(await self._offsets.partitions(EXCHANGED))
        return Snapshot(clock["now"], committed, ends)

    async def _request_again(self, transaction: Transaction, seen: Snapshot) -> int:
        await transaction.execute_many(
            _PASSED,
            [
                (tp.topic, tp.partition, offset, seen.ends[tp], seen.at)
                for tp, offset in sorted(seen.committed.items())
            ],
        )
        lost = await transaction.fetch(LOST_WORK, self._settings.schedule_batch, _MOST_ATTEMPTS)
        publications = next_attempts(lost)
        await self._publisher.publish(publications)
        now = datetime.now(UTC)
        errors = [LedgerError(row["kind"], row["id"], now, "lost on the way") for row in lost]
        await transaction.write(
            [*(row for each in publications for row in rows_of(each.event)), *errors]
        )
        LOST.inc(len(lost))
        for row in lost:
            log.error("lost on the way, asked again", kind=row["kind"], id=row["id"])
        return len(lost)
