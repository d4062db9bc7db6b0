"""A consumer without Faust, for work that Faust's model does not fit.

Faust delivers single messages and tracks offsets itself. The indexer writes whole batches in one
transaction and resumes from the offsets in Postgres; and a topic whose work may wait for days would
fill Faust's buffers and block all others.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from shared.delivery.message import Message, from_aiokafka
from shared.errors import DependencyDown
from shared.health import Health
from shared.kafka import IDLE_FETCH_MS, client_options
from shared.settings import Settings
from shared.topics import Topic

log = structlog.get_logger()

# While there is much to do, the broker answers when it has so much, or after this time: batches are large
# enough that what each costs by itself does not count. After a poll without records it answers at once
# when there is one, and is asked again after a long time.
_FETCH_BYTES = 256 * 1024
_FETCH_MS = 200
_QUIET_MS = 500
# Work may wait for as long as it takes: the longest interval of Kafka's protocol.
_MAX_POLL_MS = 2**31 - 1

Batch = Mapping[TopicPartition, Sequence[Message]]


@dataclass(frozen=True, slots=True)
class Settled:
    """How far a batch is done: the next offset of each partition that made progress.

    `newer` has the first message of a newer schema of a partition, and the error. Such a partition
    is not read further until the service is upgraded.
    """

    next_offsets: Mapping[TopicPartition, int]
    newer: Mapping[TopicPartition, tuple[Message, str]] = field(default_factory=dict)


Work = Callable[[Batch, Set[TopicPartition]], Awaitable[Settled]]
"""Processes a batch; must be idempotent.

The second argument is the set of partitions for which this is the first batch since they were
assigned. May raise DependencyDown: then the batch is held and processed again.
"""

StartOffsets = Callable[[Collection[TopicPartition]], Awaitable[Mapping[TopicPartition, int]]]
"""Returns the offset from which to read each partition. May raise DependencyDown."""


class Consumer(ConsumerRebalanceListener):  # type: ignore[misc]
    """Reads batches, processes them, then commits; holds a batch while a dependency is down.

    In a rebalance, the batch in flight is finished and committed before its partitions are revoked;
    with `cancels` it is cancelled instead, and its next owner reads it again. Either way nothing is
    committed that is not done.
    """

    def __init__(
        self,
        settings: Settings,
        group: str,
        topics: Sequence[Topic],
        work: Work,
        health: Health,
        *,
        batch: int,
        start_offsets: StartOffsets | None = None,
        low_priority: Topic | None = None,
        cancels: bool = False,
        rebalance_seconds: float | None = None,
    ) -> None:
        """`batch` limits the records per batch; `low_priority` is read while the others are empty.

        Without `start_offsets`, each partition is read from the group's committed offset, or from
        its beginning if there is none. `rebalance_seconds` is how long a rebalance waits for this
        member's batch in flight, by default the session timeout.
        """
        self._settings = settings
        self._group = group
        self._topics = topics
        self._work = work
        self._health = health
        self._batch = batch
        self._start_offsets = start_offsets
        self._low_priority = low_priority
        self._cancels = cancels
        self._rebalance_seconds = rebalance_seconds
        self._running: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        # Set when there is something else to do than to wait for records.
        self._wake = asyncio.Event()
        # Locked while a batch is processed: a rebalance waits for it.
        self._working = asyncio.Lock()
        self._in_flight: asyncio.Future[Settled] | None = None
        # Number of the assignment: records of an earlier one are not processed.
        self._generation = 0
        # Partitions whose position is set to the start offset.
        self._positioned: set[TopicPartition] = set()
        self._settled: set[TopicPartition] = set()
        self._waiting_for_upgrade: dict[TopicPartition, object] = {}

    async def start(self) -> None:
        """Join the group and start reading. Raises KafkaError when no broker answers."""
        settings = self._settings
        session_ms = round(settings.session_timeout_seconds * 1000)
        rebalance_ms = self._rebalance_seconds and round(self._rebalance_seconds * 1000)
        self._kafka = AIOKafkaConsumer(
            **client_options(settings),
            group_id=self._group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=session_ms,
            heartbeat_interval_ms=session_ms // 5,
            rebalance_timeout_ms=rebalance_ms,
            max_poll_interval_ms=_MAX_POLL_MS,
            fetch_max_wait_ms=IDLE_FETCH_MS,
            consumer_timeout_ms=IDLE_FETCH_MS,
        )
        self._kafka.subscribe([topic.name for topic in self._topics], listener=self)
        try:
            await self._kafka.start()
        except BaseException:
            # Also if the service is stopped while it waits for the other members of the group.
            await self._kafka.stop()
            raise
        self._running = asyncio.create_task(self.run())

    def assigned(self) -> Set[TopicPartition]:
        """The partitions that are assigned to this member of the group."""
        assigned: Set[TopicPartition] = self._kafka.assignment()
        return assigned

    async def read_again(self, partitions: Collection[TopicPartition]) -> None:
        """Read these from their beginning: their topics were deleted and made again.

        The offset 0 that is committed tells so `start_offsets`, too.
        """
        async with self._working:
            # Records that were fetched before are not processed.
            self._generation += 1
            again = self._kafka.assignment().intersection(partitions)
            await self._commit(dict.fromkeys(again, 0))
            for partition in again:
                self._kafka.seek(partition, 0)
            self._positioned -= again
            self._settled -= again

    async def ended(self) -> None:
        """Never return; raise the error that ended the reading."""
        if self._running is not None:
            # Not awaited directly: a cancellation here must not cancel the batch in flight.
            await asyncio.wait({self._running})
            self._running.result()

    async def stop(self) -> None:
        """Finish or cancel the batch in flight, and leave the group."""
        self.finish()
        if self._running is not None:
            await asyncio.wait({self._running})
            await self._kafka.stop()

    def finish(self) -> None:
        """Make `run` return once the batch in flight is finished or cancelled."""
        self._stopping.set()
        self._wake.set()
        if self._cancels and self._in_flight is not None:
            self._in_flight.cancel()

    async def run(self) -> None:
        """Read and process until `finish`. Raises KafkaError if Kafka denies access."""
        while not self._stopping.is_set():
            try:
                await self._round()
            except KafkaError as error:
                if not error.retriable:
                    raise
                await self._hold(self._kafka, "kafka", repr(error))
            except DependencyDown as down:
                await self._hold(self._kafka, down.name, down.why)
            else:
                self._health.release(self._kafka)

    async def _round(self) -> None:
        # By itself the client would return everything it has fetched of a long backlog before it
        # turns to another partition.
        self._wake.clear()
        assigned = await self._position()
        backlog = {
            tp
            for tp in assigned
            if self._low_priority is not None and tp.topic == self._low_priority.name
        }
        got_live = assigned - backlog and await self._get(assigned - backlog)
        got_backlog = backlog and await self._get(backlog)
        if got_live or got_backlog or await self._get((), _QUIET_MS):
            self._expect(_FETCH_BYTES, _FETCH_MS)
        else:
            self._expect(1, IDLE_FETCH_MS)
            await self._get((), IDLE_FETCH_MS)

    def _expect(self, min_bytes: int, wait_ms: int) -> None:
        """From how many bytes on the broker shall answer, and after how long with fewer."""
        # The client takes both only when it is made.
        fetcher = self._kafka._fetcher
        fetcher._fetch_min_bytes, fetcher._fetch_max_wait_ms = min_bytes, wait_ms

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        """Wait for the batch in flight; what is held or cancelled is left to the next owner."""
        self._generation += 1
        self._wake.set()
        if self._cancels and self._in_flight is not None:
            self._in_flight.cancel()
        async with self._working:
            self._positioned.clear()
            self._settled.clear()
            for holder in self._waiting_for_upgrade.values():
                self._health.release(holder)
            self._waiting_for_upgrade.clear()

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        """Note that the partitions must be positioned before they are read."""
        self._generation += 1
        self._wake.set()
        self._positioned.clear()
        log.info("assigned", group=self._group, partitions=len(assigned))

    async def _position(self) -> Set[TopicPartition]:
        """Seek newly assigned partitions to their start offsets; returns those that may be read.

        Raises DependencyDown; then none of the new ones is read.
        """
        generation = self._generation
        new = self._kafka.assignment() - self._positioned
        if new:
            starts = await self._start_offsets(new) if self._start_offsets else {}
            if generation != self._generation:
                return set()
            for partition, offset in starts.items():
                self._kafka.seek(partition, offset)
            self._positioned |= new
            # So that the lag counts exactly what is unread.
            await self._commit(starts)
        assigned: Set[TopicPartition] = self._kafka.assignment()
        return assigned & self._positioned

    async def _get(self, partitions: Collection[TopicPartition], wait_ms: int = 0) -> bool:
        """Settle the records of `partitions` (by default of all); returns whether there were any."""
        records = await self._poll(partitions, wait_ms)
        # Others may have been assigned meanwhile, and are still at Kafka's committed offsets.
        batch = {
            tp: [from_aiokafka(record) for record in records[tp]]
            for tp in records
            if tp in self._positioned
        }
        await self._settle(batch)
        return bool(batch)

    async def _poll(
        self, partitions: Collection[TopicPartition], wait_ms: int
    ) -> Mapping[TopicPartition, Sequence[ConsumerRecord]]:
        """What the client has of `partitions`; nothing before the time if there is something else to do."""
        polling = asyncio.ensure_future(
            self._kafka.getmany(*partitions, timeout_ms=wait_ms, max_records=self._batch)
        )
        waking = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait({polling, waking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waking.cancel()
            # It gives out no records before it ends.
            polling.cancel()
        await asyncio.wait({polling})
        return {} if polling.cancelled() else polling.result()

    async def _settle(self, batch: Batch) -> None:
        """Return when `batch` is done, or belongs to another member."""
        if not batch:
            return
        # Taken before anything is awaited: the assignment that the records belong to.
        generation = self._generation
        while not self._stopping.is_set():
            async with self._working:
                if generation != self._generation:
                    break
                try:
                    settled = await self._done(batch)
                except DependencyDown as error:
                    down = error
                else:
                    if settled is None:
                        continue
                    self._settled |= settled.next_offsets.keys()
                    await self._commit(settled.next_offsets)
                    self._wait_for_upgrade(settled)
                    break
            await self._hold(self, down.name, down.why)
        self._health.release(self)

    async def _done(self, batch: Batch) -> Settled | None:
        """The result of the work; None if it was cancelled."""
        self._in_flight = asyncio.ensure_future(self._work(batch, batch.keys() - self._settled))
        try:
            await asyncio.wait({self._in_flight})
            return None if self._in_flight.cancelled() else self._in_flight.result()
        finally:
            self._in_flight.cancel()
            self._in_flight = None

    async def _commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        if not offsets:
            return
        try:
            await self._kafka.commit(offsets)
        except (CommitFailedError, IllegalStateError) as error:
            # The partitions belong to another member now, which reads the batch again.
            log.warning("commit refused", why=repr(error))
        except KafkaError as error:
            if not error.retriable:
                raise
            # The next commit covers this one.
            log.warning("commit failed", why=repr(error))

    def _wait_for_upgrade(self, settled: Settled) -> None:
        for partition, (message, why) in settled.newer.items():
            self._kafka.seek(partition, message.offset)
            self._kafka.pause(partition)
            holder = self._waiting_for_upgrade.setdefault(partition, object())
            self._health.hold(holder, "newer schema", f"{why}: upgrade it")
            log.warning("partition waits for an upgrade", message=str(message), why=why)

    async def _hold(self, holder: object, name: str, why: str) -> None:
        self._health.hold(holder, name, why)
        log.warning("holding", waiting_for=name, why=why)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), self._settings.hold_seconds)
