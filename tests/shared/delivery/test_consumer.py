"""The barrier between work and rebalancing, with a client that only records its calls."""

import asyncio
import inspect
from collections.abc import Collection, Set
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import ConsumerRecord, TopicPartition
from aiokafka.consumer import fetcher
from aiokafka.errors import CommitFailedError, TopicAuthorizationFailedError

from shared.delivery.consumer import Batch, Consumer, Settled
from shared.errors import DependencyDown
from shared.health import Health
from shared.settings import Settings
from shared.topics import CAPTURE_BACKLOG, CAPTURE_REQUESTED, TOPICS
from testing.indexer.events import message, request
from testing.waiting import LIMIT_SECONDS, turns, until

PARTITION = TopicPartition(CAPTURE_REQUESTED.name, 0)


class Client:
    """In place of aiokafka's consumer."""

    def __init__(self) -> None:
        self.committed: list[dict[TopicPartition, int]] = []
        self.refuse = False

    async def commit(self, offsets: dict[TopicPartition, int]) -> None:
        if self.refuse:
            raise CommitFailedError
        self.committed.append(offsets)


class Worker:
    """Work of a batch: fails while `down`, and waits while `slow` is not set."""

    def __init__(self) -> None:
        self.down = False
        self.slow = asyncio.Event()
        self.slow.set()
        self.tried = asyncio.Event()
        self.done: list[tuple[int, Set[TopicPartition]]] = []
        # Behind this offset it knows no schema.
        self.newest = 1000

    async def __call__(self, batch: Batch, first: Set[TopicPartition]) -> Settled:
        self.tried.set()
        await self.slow.wait()
        if self.down:
            raise DependencyDown("database", "away")
        known = [each for each in batch[PARTITION] if each.offset <= self.newest]
        newer = [each for each in batch[PARTITION] if each.offset > self.newest]
        if known:
            self.done.append((known[-1].offset, first))
        return Settled(
            {PARTITION: known[-1].offset + 1} if known else {},
            {PARTITION: (newer[0], "2.0 is newer")} if newer else {},
        )


class StartOffsets:
    """Answers these offsets, each once; DependencyDown while there is none."""

    def __init__(self, *offsets: int) -> None:
        self.offsets = list(offsets)

    async def __call__(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, int]:
        if not self.offsets:
            raise DependencyDown("kafka", "away")
        return dict.fromkeys(partitions, self.offsets.pop(0))


@pytest.fixture
def worker() -> Worker:
    return Worker()


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def health() -> Health:
    return Health(60, started=True)


def made(worker: Worker, client: Client, health: Health, **options: Any) -> Consumer:
    settings = Settings(hold_seconds=0.02)
    consumer = Consumer(settings, "indexer", TOPICS, worker, health, batch=500, **options)
    consumer._kafka = client
    return consumer


@pytest.fixture
def consumer(worker: Worker, client: Client, health: Health) -> Consumer:
    return made(worker, client, health, start_offsets=StartOffsets())


def batch(offset: int) -> Batch:
    """One message."""
    return {PARTITION: [message(request(), offset)]}


def record(offset: int) -> ConsumerRecord:
    """One message as getmany answers it."""
    made = message(request(), offset)
    return ConsumerRecord(
        topic=made.topic,
        partition=0,
        offset=offset,
        timestamp=0,
        timestamp_type=0,
        key=made.key,
        value=made.value,
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=made.headers,
    )


async def test_a_batch_waits_and_is_reported_until_it_is_written(
    consumer: Consumer, worker: Worker, client: Client, health: Health
) -> None:
    worker.down = True
    settling = asyncio.create_task(consumer._settle(batch(7)))
    await until(lambda: health.why_not_ready() == ["database: away"])
    assert health.why_not_live() == []
    assert client.committed == []
    worker.down = False
    await settling
    assert health.why_not_ready() == []
    assert client.committed == [{PARTITION: 8}]


async def test_a_waiting_batch_is_abandoned_when_its_partitions_are_revoked(
    consumer: Consumer, worker: Worker, client: Client, health: Health
) -> None:
    worker.down = True
    settling = asyncio.create_task(consumer._settle(batch(7)))
    await worker.tried.wait()
    # A rebalance does not wait for the end of an outage.
    await asyncio.wait_for(consumer.on_partitions_revoked([PARTITION]), LIMIT_SECONDS)
    worker.down = False
    await settling
    assert worker.done == []
    assert client.committed == []
    assert health.why_not_ready() == []


async def test_a_rebalance_waits_for_the_batch_being_written_and_committed(
    consumer: Consumer, worker: Worker, client: Client
) -> None:
    worker.slow.clear()
    settling = asyncio.create_task(consumer._settle(batch(7)))
    await worker.tried.wait()
    revoking = asyncio.create_task(consumer.on_partitions_revoked([PARTITION]))
    await turns()
    assert not revoking.done()
    worker.slow.set()
    await asyncio.gather(settling, revoking)
    assert client.committed == [{PARTITION: 8}]


async def test_a_refused_commit_is_the_next_owners_affair(
    consumer: Consumer, worker: Worker, client: Client
) -> None:
    client.refuse = True
    await consumer._settle(batch(7))
    client.refuse = False
    await consumer._settle(batch(8))
    assert client.committed == [{PARTITION: 9}]


async def test_only_the_first_batch_of_an_assignment_may_set_the_offset_back(
    consumer: Consumer, worker: Worker
) -> None:
    await consumer._settle(batch(7))
    await consumer._settle(batch(8))
    await consumer.on_partitions_revoked([PARTITION])
    await consumer._settle(batch(7))
    assert worker.done == [(7, {PARTITION}), (8, set()), (7, {PARTITION})]


async def test_a_waiting_batch_does_not_keep_the_service_from_stopping(
    consumer: Consumer, worker: Worker
) -> None:
    worker.down = True
    settling = asyncio.create_task(consumer._settle(batch(7)))
    await worker.tried.wait()
    consumer.finish()
    await asyncio.wait_for(settling, LIMIT_SECONDS)
    assert worker.done == []


class Reading(Client):
    """A client with one partition assigned, whose records stand at Kafka's place until a seek."""

    def __init__(self) -> None:
        super().__init__()
        self._fetcher = SimpleNamespace(_fetch_min_bytes=1, _fetch_max_wait_ms=1)
        self.place = 9
        self.paused: list[TopicPartition] = []

    def assignment(self) -> set[TopicPartition]:
        return {PARTITION}

    def seek(self, partition: TopicPartition, offset: int) -> None:
        self.place = offset

    def pause(self, partition: TopicPartition) -> None:
        self.paused.append(partition)

    async def getmany(self, *_: object, **__: object) -> Any:
        await asyncio.sleep(0)
        self.place += 1
        return {PARTITION: [record(self.place - 1)]}


async def test_nothing_is_read_before_its_place_is_found(
    consumer: Consumer, worker: Worker, health: Health
) -> None:
    client, starts = Reading(), StartOffsets()
    consumer._kafka, consumer._start_offsets = client, starts
    running = asyncio.create_task(consumer.run())
    await until(lambda: health.why_not_ready() == ["kafka: away"])
    assert worker.done == []
    starts.offsets = [5]
    await asyncio.wait_for(worker.tried.wait(), LIMIT_SECONDS)
    consumer.finish()
    await running
    assert client.committed[0] == {PARTITION: 5}
    assert worker.done[0] == (5, {PARTITION})


async def test_reassigned_partitions_are_positioned_again(
    consumer: Consumer, worker: Worker
) -> None:
    client = Reading()
    consumer._kafka, consumer._start_offsets = client, StartOffsets(5, 3)
    assert await consumer._position() == {PARTITION}
    assert await consumer._position() == {PARTITION}
    assert client.place == 5
    await consumer.on_partitions_revoked([PARTITION])
    # What comes between the assignment and its place is not written.
    assert await consumer._get(()) is False
    await consumer.on_partitions_assigned([PARTITION])
    assert await consumer._position() == {PARTITION}
    assert client.place == 3
    assert worker.done == []


async def test_reading_stops_at_an_event_newer_than_the_service_and_says_so(
    consumer: Consumer, worker: Worker, health: Health
) -> None:
    consumer._kafka = client = Reading()
    worker.newest = 7
    await consumer._settle({PARTITION: [message(request(), offset) for offset in (7, 8, 9)]})
    assert client.committed == [{PARTITION: 8}]
    assert (client.place, client.paused) == (8, [PARTITION])
    assert health.why_not_ready() == ["newer schema: 2.0 is newer: upgrade it"]
    await consumer.on_partitions_revoked([PARTITION])
    assert health.why_not_ready() == []


@pytest.fixture
def cancelling(worker: Worker, client: Client, health: Health) -> Consumer:
    return made(worker, client, health, cancels=True)


async def test_work_that_may_wait_forever_is_abandoned_when_its_partitions_are_revoked(
    cancelling: Consumer, worker: Worker, client: Client
) -> None:
    worker.slow.clear()
    settling = asyncio.create_task(cancelling._settle(batch(7)))
    await worker.tried.wait()
    await asyncio.wait_for(cancelling.on_partitions_revoked([PARTITION]), LIMIT_SECONDS)
    await asyncio.wait_for(settling, LIMIT_SECONDS)
    assert (worker.done, client.committed) == ([], [])
    # And is done by whoever reads it next.
    worker.slow.set()
    await cancelling._settle(batch(7))
    assert client.committed == [{PARTITION: 8}]


async def test_work_that_may_wait_forever_is_abandoned_at_shutdown(
    cancelling: Consumer, worker: Worker, client: Client
) -> None:
    worker.slow.clear()
    settling = asyncio.create_task(cancelling._settle(batch(7)))
    await worker.tried.wait()
    cancelling.finish()
    await asyncio.wait_for(settling, LIMIT_SECONDS)
    assert (worker.done, client.committed) == ([], [])


async def test_without_places_it_reads_on_where_the_group_is(
    cancelling: Consumer, worker: Worker
) -> None:
    cancelling._kafka = client = Reading()
    assert await cancelling._position() == {PARTITION}
    assert client.committed == []
    assert await cancelling._get({PARTITION}) is True
    assert client.committed == [{PARTITION: 10}]


async def test_the_last_topic_waits_for_the_others(
    worker: Worker, client: Client, health: Health
) -> None:
    asked: list[set[str]] = []
    backlog = TopicPartition(CAPTURE_BACKLOG.name, 0)

    class Both(Reading):
        def assignment(self) -> set[TopicPartition]:
            return {PARTITION, backlog}

        async def getmany(self, *partitions: TopicPartition, **_: object) -> Any:
            asked.append({partition.topic for partition in partitions})
            return {}

    await made(worker, Both(), health, low_priority=CAPTURE_BACKLOG)._round()
    assert asked == [{CAPTURE_REQUESTED.name}, {CAPTURE_BACKLOG.name}, set(), set()]


async def test_the_broker_answers_at_once_after_a_quiet_time_and_in_batches_while_much_comes(
    cancelling: Consumer,
) -> None:
    class Quiet(Reading):
        quiet = False

        async def getmany(self, *_: object, **__: object) -> Any:
            return {} if self.quiet else await super().getmany()

    cancelling._kafka = client = Quiet()
    await cancelling._round()
    assert client._fetcher._fetch_min_bytes > 100_000
    assert client._fetcher._fetch_max_wait_ms <= 200
    client.quiet = True
    await cancelling._round()
    assert client._fetcher._fetch_min_bytes == 1
    assert client._fetcher._fetch_max_wait_ms >= 5000


@pytest.mark.parametrize("why", ["assigned", "finish"])
async def test_what_else_there_is_to_do_is_not_kept_waiting_by_a_poll(
    cancelling: Consumer, why: str
) -> None:
    class Empty(Reading):
        polls = 0

        async def getmany(self, *_: object, **__: object) -> Any:
            self.polls += 1
            await asyncio.Event().wait()

    cancelling._kafka = client = Empty()
    polling = asyncio.create_task(cancelling._poll((), 3_600_000))
    await until(lambda: client.polls == 1)
    if why == "finish":
        cancelling.finish()
    else:
        await cancelling.on_partitions_assigned([PARTITION])
    assert await asyncio.wait_for(polling, LIMIT_SECONDS) == {}


def test_the_client_still_has_what_is_set_in_it() -> None:
    """Private names of aiokafka's: with others in a later version, both would be set in vain."""
    source = inspect.getsource(fetcher.Fetcher._get_actions_per_node)
    assert "self._fetch_min_bytes" in source
    assert "self._fetch_max_wait_ms" in source


async def test_what_ends_the_reading_is_raised_and_the_group_is_left(
    worker: Worker, client: Client, health: Health
) -> None:
    class Forbidden(Reading):
        left = False

        async def getmany(self, *_: object, **__: object) -> Any:
            raise TopicAuthorizationFailedError

        async def stop(self) -> None:
            self.left = True

    consumer = made(worker, client := Forbidden(), health)
    consumer._running = asyncio.create_task(consumer.run())
    with pytest.raises(TopicAuthorizationFailedError):
        await asyncio.wait_for(consumer.ended(), LIMIT_SECONDS)
    await asyncio.wait_for(consumer.stop(), LIMIT_SECONDS)
    assert client.left


async def test_what_was_made_again_is_read_from_its_beginning(
    consumer: Consumer, worker: Worker
) -> None:
    client = Reading()
    consumer._kafka, consumer._start_offsets = client, StartOffsets(7, 0)
    await consumer._position()
    assert await consumer._get(()) is True
    generation = consumer._generation
    await consumer.read_again({PARTITION})
    # What was fetched before it is not processed; 0 tells so whoever finds the start.
    assert consumer._generation > generation
    assert (client.place, client.committed[-1]) == (0, {PARTITION: 0})
    assert await consumer._position() == {PARTITION}
    await consumer._get(())
    assert worker.done == [(7, {PARTITION}), (0, {PARTITION})]
