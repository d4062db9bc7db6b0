"""A member of a consumer group without Faust, for work that does not fit into Faust's ways.

Faust hands out message by message and remembers by itself how far it came. The indexer writes whole
batches in one transaction and goes on where Postgres says; and a lane whose work may wait for days
would fill Faust's buffers and hold up every other.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from shared.delivery.message import Message, from_aiokafka
from shared.errors import DependencyDown
from shared.health import Health
from shared.kafka import client_options
from shared.settings import Settings
from shared.topics import Topic

log = structlog.get_logger()

# How long it waits for records before it looks whether to stop.
_POLL_MS = 200
# Work may be held for as long as it takes: the longest that Kafka's protocol knows.
_MAX_POLL_MS = 2**31 - 1

Batch = Mapping[TopicPartition, Sequence[Message]]


@dataclass(frozen=True, slots=True)
class Settled:
    """How far a batch is done: the next offset of each partition of which anything is.

    `newer` names the messages of a newer schema, and what they say: their partitions are read no
    further, since an upgrade of the service will.
    """

    next_offsets: Mapping[TopicPartition, int]
    newer: Mapping[TopicPartition, tuple[Message, str]] = field(default_factory=dict)


Work = Callable[[Batch, Set[TopicPartition]], Awaitable[Settled]]
"""Does the work of a batch: to do it twice must be to do it once.

The second argument are the partitions of which it is the first since they were assigned. May raise
DependencyDown: then the batch is held and done again.
"""

StartOffsets = Callable[[Collection[TopicPartition]], Awaitable[Mapping[TopicPartition, int]]]
"""Answers the offset from which each partition is to be read. May raise DependencyDown."""


class Consumer(ConsumerRebalanceListener):  # type: ignore[misc]
    """Reads batches, has their work done, then commits; holds what cannot be done now.

    When replicas come or go, the work in hand is waited for, and committed, before its partitions
    are given away; with `cancels` it is cancelled instead, for whoever reads it next. Either way
    nothing is committed that is not done, and what is done twice is done by the same records.
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
        last: Topic | None = None,
        cancels: bool = False,
        rebalance_seconds: float | None = None,
    ) -> None:
        """`batch` is the most records at once; topic `last` is read when the others are empty.

        Without `start_offsets` each partition is read on from where the group has committed, from its
        beginning when it never did. `rebalance_seconds` is how long the group waits for the work
        that this member has in hand, by default as long as for one that does not answer.
        """
        self._settings = settings
        self._group = group
        self._topics = topics
        self._work = work
        self._health = health
        self._batch = batch
        self._start_offsets = start_offsets
        self._last = last
        self._cancels = cancels
        self._rebalance_seconds = rebalance_seconds
        self._running: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        # Held while a batch is in work: a rebalance waits for it.
        self._working = asyncio.Lock()
        self._in_hand: asyncio.Future[Settled] | None = None
        # Which assignment it is: what came in an earlier one is not worked on.
        self._generation = 0
        # Those whose position is where they are to be read from.
        self._positioned: set[TopicPartition] = set()
        self._settled: set[TopicPartition] = set()
        self._waiting_for_upgrade: dict[TopicPartition, object] = {}

    async def start(self) -> None:
        """Join the group and begin. Raises KafkaError when no broker answers."""
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
        )
        self._kafka.subscribe([topic.name for topic in self._topics], listener=self)
        try:
            await self._kafka.start()
        except BaseException:
            # Also when the service is told to stop while it waits for the others of the group.
            await self._kafka.stop()
            raise
        self._running = asyncio.create_task(self.run())

    async def ended(self) -> None:
        """Return never, raise what ended the reading."""
        if self._running is not None:
            # Not awaited itself: being cancelled here must not cancel the work in hand.
            await asyncio.wait({self._running})
            self._running.result()

    async def stop(self) -> None:
        """Finish the work in hand, or let go of it, and leave the group."""
        self.finish()
        if self._running is not None:
            await asyncio.wait({self._running})
            await self._kafka.stop()

    def finish(self) -> None:
        """Have `run` return when the work in hand is done, or let go of."""
        self._stopping.set()
        if self._cancels and self._in_hand is not None:
            self._in_hand.cancel()

    async def run(self) -> None:
        """Read and work until `finish`. Raises KafkaError for what Kafka does not allow."""
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
        # Left to itself the client would hand out all that it has fetched of a long backlog before
        # it looks at another partition.
        assigned = await self._position()
        late = {tp for tp in assigned if self._last is not None and tp.topic == self._last.name}
        live = assigned - late and await self._get(assigned - late)
        swept = late and await self._get(late)
        if not live and not swept:
            await self._get((), _POLL_MS)

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        """Wait for the work in hand; what is held, or let go of, is for the next owner to read."""
        self._generation += 1
        if self._cancels and self._in_hand is not None:
            self._in_hand.cancel()
        async with self._working:
            self._positioned.clear()
            self._settled.clear()
            for holder in self._waiting_for_upgrade.values():
                self._health.release(holder)
            self._waiting_for_upgrade.clear()

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        """Have the partitions positioned before they are read."""
        self._generation += 1
        self._positioned.clear()
        log.info("assigned", group=self._group, partitions=len(assigned))

    async def _position(self) -> Set[TopicPartition]:
        """Have what is newly assigned read from where it should; answers what may be read.

        Raises DependencyDown: then nothing of it is read.
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
            # So that the lag is what is truly unread.
            await self._commit(starts)
        assigned: Set[TopicPartition] = self._kafka.assignment()
        return assigned & self._positioned

    async def _get(self, partitions: Collection[TopicPartition], wait_ms: int = 0) -> bool:
        """Settle what has come of `partitions`, of any when none is named; whether anything had."""
        came = await self._kafka.getmany(*partitions, timeout_ms=wait_ms, max_records=self._batch)
        # Others may have been assigned meanwhile, and stand where Kafka says.
        batch = {
            tp: [from_aiokafka(record) for record in came[tp]]
            for tp in came
            if tp in self._positioned
        }
        await self._settle(batch)
        return bool(batch)

    async def _settle(self, batch: Batch) -> None:
        """Return when the work of `batch` is done, or is another's to do."""
        if not batch:
            return
        # Read before anything is awaited: it belongs to the assignment that gave the records.
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
        """What the work answers; None when it was let go of."""
        self._in_hand = asyncio.ensure_future(self._work(batch, batch.keys() - self._settled))
        try:
            await asyncio.wait({self._in_hand})
            return None if self._in_hand.cancelled() else self._in_hand.result()
        finally:
            self._in_hand.cancel()
            self._in_hand = None

    async def _commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        if not offsets:
            return
        try:
            await self._kafka.commit(offsets)
        except (CommitFailedError, IllegalStateError) as error:
            # The partitions have gone to another, which does the work again.
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
            self._health.hold(holder, "this service", f"{why}: upgrade it")
            log.warning("partition waits for an upgrade", message=str(message), why=why)

    async def _hold(self, holder: object, name: str, why: str) -> None:
        self._health.hold(holder, name, why)
        log.warning("holding", waiting_for=name, why=why)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), self._settings.hold_seconds)
