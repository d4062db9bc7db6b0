"""Reads all topics and has them written: a plain aiokafka loop, offsets committed after COMMIT."""

import asyncio
from collections.abc import Collection, Mapping, Sequence, Set
from contextlib import suppress

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from services.indexer.batch import WriteBatch
from services.indexer.intake import Taken, take
from services.indexer.resume import Resume
from services.indexer.settings import IndexerSettings
from shared.delivery.message import from_aiokafka
from shared.errors import DependencyDown
from shared.health import Health
from shared.kafka import client_options
from shared.topics import CAPTURE_BACKLOG, Topic

log = structlog.get_logger()

Records = Mapping[TopicPartition, Sequence[ConsumerRecord]]

# A batch held through an outage of the database must not cost the membership in the group.
_MAX_POLL_SECONDS = 3600


class Consumer(ConsumerRebalanceListener):  # type: ignore[misc]
    """The consumer group's member: reads, has written, commits, holds what cannot be written."""

    def __init__(
        self,
        settings: IndexerSettings,
        group: str,
        topics: Sequence[Topic],
        write: WriteBatch,
        resume: Resume,
        health: Health,
    ) -> None:
        self._settings = settings
        self._group = group
        self._topics = topics
        self._write = write
        self._resume = resume
        self._health = health
        self._stopping = asyncio.Event()
        # Held while a batch is written: a rebalance waits for it.
        self._writing = asyncio.Lock()
        self._generation = 0
        # Those that stand where Postgres says.
        self._placed: set[TopicPartition] = set()
        self._written: set[TopicPartition] = set()
        self._waiting_for_upgrade: dict[TopicPartition, object] = {}

    async def start(self) -> None:
        """Join the group. Raises KafkaError when no broker answers."""
        settings = self._settings
        session_ms = round(settings.session_timeout_seconds * 1000)
        self._kafka = AIOKafkaConsumer(
            **client_options(settings),
            group_id=self._group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=session_ms,
            heartbeat_interval_ms=session_ms // 5,
            # The barrier below holds up a rebalance for one batch, whose statements may take that.
            rebalance_timeout_ms=round(2 * settings.database_timeout_seconds * 1000),
            max_poll_interval_ms=_MAX_POLL_SECONDS * 1000,
        )
        self._kafka.subscribe([topic.name for topic in self._topics], listener=self)
        try:
            await self._kafka.start()
        except BaseException:
            # Also when the service is told to stop while it waits for the others of the group.
            await self._kafka.stop()
            raise

    async def stop(self) -> None:
        """Leave the group."""
        await self._kafka.stop()

    def finish(self) -> None:
        """Have `run` return when the batch in hand is written."""
        self._stopping.set()

    async def run(self) -> None:
        """Read and write until `finish`."""
        batch = self._settings.index_batch
        while not self._stopping.is_set():
            try:
                # Live goes first. Left to itself the client would hand out all that it has fetched
                # of a long backlog before it looks at another partition.
                assigned = await self._place()
                backlog = {tp for tp in assigned if tp.topic == CAPTURE_BACKLOG.name}
                live = assigned - backlog and await self._get(assigned - backlog, batch)
                swept = backlog and await self._get(backlog, batch)
                if not live and not swept:
                    wait_ms = round(self._settings.index_poll_seconds * 1000)
                    await self._get((), batch, wait_ms)
            except KafkaError as error:
                if not error.retriable:
                    raise
                await self._hold(self._kafka, "kafka", repr(error))
            except DependencyDown as down:
                await self._hold(self._kafka, down.name, down.why)
            else:
                self._health.release(self._kafka)

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        """Wait for the batch being written; one that is held is for the next owner to read."""
        async with self._writing:
            self._generation += 1
            self._placed.clear()
            self._written.clear()
            for holder in self._waiting_for_upgrade.values():
                self._health.release(holder)
            self._waiting_for_upgrade.clear()

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        """Have the partitions placed before they are read."""
        self._generation += 1
        self._placed.clear()
        log.info("assigned", partitions=len(assigned))

    async def _place(self) -> Set[TopicPartition]:
        """Have what is newly assigned read from where Postgres is; answers what may be read.

        Raises DependencyDown: then nothing of it is read.
        """
        generation = self._generation
        new = self._kafka.assignment() - self._placed
        if new:
            places = await self._resume(new)
            if generation != self._generation:
                return set()
            for partition, offset in places.items():
                self._kafka.seek(partition, offset)
            self._placed |= new
            # So that the lag is what is truly unread.
            await self._commit(places)
        assigned: Set[TopicPartition] = self._kafka.assignment()
        return assigned & self._placed

    async def _get(
        self, partitions: Collection[TopicPartition], batch: int, wait_ms: int = 0
    ) -> bool:
        """Settle what has come of `partitions`, of any when none is named; whether anything had."""
        came = await self._kafka.getmany(*partitions, timeout_ms=wait_ms, max_records=batch)
        # Others may have been assigned meanwhile, and stand where Kafka says.
        records = {tp: came[tp] for tp in came if tp in self._placed}
        await self._settle(records)
        return bool(records)

    async def _settle(self, records: Records) -> None:
        """Return when `records` are written, or are another's to read."""
        if not records:
            return
        # Read before anything is awaited: it belongs to the assignment that gave the records.
        generation = self._generation
        with self._health.working():
            taken = take({tp: [from_aiokafka(one) for one in many] for tp, many in records.items()})
            while not self._stopping.is_set():
                async with self._writing:
                    if generation != self._generation:
                        self._health.release(self)
                        return
                    try:
                        await self._write(taken, taken.last.keys() - self._written)
                    except DependencyDown as down:
                        name, why = down.name, down.why
                    else:
                        self._health.release(self)
                        self._written |= taken.last.keys()
                        await self._commit({tp: last.offset + 1 for tp, last in taken.last.items()})
                        self._wait_for_upgrade(taken)
                        return
                await self._hold(self, name, why)

    async def _commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        if not offsets:
            return
        try:
            await self._kafka.commit(offsets)
        except (CommitFailedError, IllegalStateError) as error:
            # The partitions have gone to another, which reads the batch again.
            log.warning("commit refused", why=repr(error))
        except KafkaError as error:
            if not error.retriable:
                raise
            # The next commit covers this one.
            log.warning("commit failed", why=repr(error))

    def _wait_for_upgrade(self, taken: Taken) -> None:
        """Read no further where an event is newer than this service: an upgrade will read it."""
        for partition, (message, why) in taken.newer.items():
            self._kafka.seek(partition, message.offset)
            self._kafka.pause(partition)
            holder = self._waiting_for_upgrade.setdefault(partition, object())
            self._health.hold(holder, "this service", f"{why}: upgrade it")
            log.warning("partition waits for an upgrade", message=str(message), why=why)

    async def _hold(self, holder: object, name: str, why: str) -> None:
        self._health.hold(holder, name, why)
        log.warning("holding", waiting_for=name, why=why)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), self._settings.hold_seconds)
