"""The indexer as a service: reads every topic, writes Postgres, publishes due retries."""

import asyncio
from collections.abc import Collection, Sequence, Set
from contextlib import AsyncExitStack

from aiokafka import TopicPartition
from starlette.types import ASGIApp

from services.indexer.batch import WriteBatch
from services.indexer.intake import Intake, take
from services.indexer.ledger import INDEXER, change_of
from services.indexer.lists import RequestLists
from services.indexer.reconcile import Reconcile
from services.indexer.resume import Resume
from services.indexer.retention import Retention
from services.indexer.scheduler import Scheduler
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from services.indexer.troubles import TroubleWatch
from services.indexer.watchdog import Watchdog
from shared.blobs import Blobs
from shared.delivery.brake import Brake
from shared.delivery.consumer import Batch, Consumer, Settled
from shared.delivery.publisher import KafkaPublisher
from shared.events import AttachmentRead, NoticeParsed
from shared.health import Health
from shared.topics import CAPTURE_BACKLOG, EXCHANGED, Topic

NAME = INDEXER


class Indexer:
    """A worker of `shared.service.run`."""

    topics: Sequence[Topic] = EXCHANGED
    http: ASGIApp | None = None

    def __init__(self, settings: IndexerSettings, health: Health) -> None:
        self._store = Store(settings.dsn_as("indexer"), settings.database_timeout_seconds)
        self._publisher = KafkaPublisher(settings, NAME)
        intake = Intake(Blobs(settings.blob_url), self._store)
        write = WriteBatch(
            intake,
            self._store,
            self._publisher,
            Brake(settings.unknown_errors, settings.hold_seconds),
        )
        self._write, self._health = write, health
        self._consumer = Consumer(
            settings,
            NAME,
            self.topics,
            self._index,
            health,
            batch=settings.index_batch,
            start_offsets=Resume(settings, self._store),
            low_priority=CAPTURE_BACKLOG,
            # One batch, whose statements may take that long.
            rebalance_seconds=2 * settings.database_timeout_seconds,
        )
        self._scheduler = Scheduler(settings, self._store, self._publisher, health)
        self._lists = RequestLists(settings, self._store, self._publisher, health)
        self._reconcile = Reconcile(settings, self._store, self._publisher, health)
        self._watchdog = Watchdog(settings, self._store)
        self._troubles = TroubleWatch(settings, self._store, health)
        self._retention = Retention(settings, self._store)
        # Set to stop the loops after their current step.
        self._stop = asyncio.Event()
        self._started = AsyncExitStack()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        async with AsyncExitStack() as started:
            for part in (self._store, self._publisher, self._consumer):
                await part.start()
                started.push_async_callback(part.stop)
            self._started = started.pop_all()
        self._tasks = {
            asyncio.create_task(self._scheduler.run(self._stop)),
            asyncio.create_task(self._lists.run(self._stop)),
            asyncio.create_task(self._reconcile.run(self._stop)),
            asyncio.create_task(self._watchdog.run(self._stop)),
            asyncio.create_task(self._troubles.run(self._stop)),
            asyncio.create_task(self._retention.run(self._stop)),
        }

    def assigned(self) -> Set[TopicPartition]:
        return self._consumer.assigned()

    async def read_again(self, partitions: Collection[TopicPartition]) -> None:
        await self._consumer.read_again(partitions)

    async def ended(self) -> None:
        reading = asyncio.create_task(self._consumer.ended())
        try:
            # Not awaited directly: a cancellation here must not cancel the work in flight.
            done, _ = await asyncio.wait(
                {reading, *self._tasks}, return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                task.result()
        finally:
            reading.cancel()

    async def stop(self) -> None:
        self._consumer.finish()
        self._stop.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._started.aclose()

    async def _index(self, batch: Batch, first: Set[TopicPartition]) -> Settled:
        """The consumer's work: write the batch, up to events of a newer schema."""
        with self._health.working():
            taken = take(batch)
            await self._write(taken, taken.last.keys() & first)
        changes = (change_of(event) for _, event in taken.events)
        if any(change is not None and change.state == "retry" for change in changes):
            self._scheduler.wake.set()
        if any(isinstance(event, NoticeParsed | AttachmentRead) for _, event in taken.events):
            self._lists.wake.set()
        return Settled({tp: last.offset + 1 for tp, last in taken.last.items()}, taken.newer)
