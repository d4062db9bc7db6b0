"""The barrier between writing and rebalancing, with a client that only keeps what it is told."""

import asyncio
from collections.abc import Collection
from typing import Any

import pytest
from aiokafka import ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError

from services.indexer.batch import WriteBatch
from services.indexer.consumer import Consumer
from services.indexer.intake import Taken
from services.indexer.resume import Resume
from services.indexer.settings import IndexerSettings
from shared.errors import DependencyDown
from shared.health import Health
from shared.topics import CAPTURE_REQUESTED, TOPICS
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


class Writer(WriteBatch):
    """Fails while `down`, and waits while `slow` is not set."""

    def __init__(self) -> None:
        self.down = False
        self.slow = asyncio.Event()
        self.slow.set()
        self.tried = asyncio.Event()
        self.written: list[tuple[int, Collection[TopicPartition]]] = []

    async def __call__(self, taken: Taken, resumed: Collection[TopicPartition]) -> None:
        self.tried.set()
        await self.slow.wait()
        if self.down:
            raise DependencyDown("database", "away")
        self.written.append((taken.last[PARTITION].offset, set(resumed)))


class Places(Resume):
    """Answers these offsets, each once; DependencyDown while there is none."""

    def __init__(self, *offsets: int) -> None:
        self.offsets = list(offsets)

    async def __call__(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, int]:
        if not self.offsets:
            raise DependencyDown("kafka", "away")
        return dict.fromkeys(partitions, self.offsets.pop(0))


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def health() -> Health:
    return Health(60, started=True)


@pytest.fixture
def consumer(writer: Writer, client: Client, health: Health) -> Consumer:
    settings = IndexerSettings(hold_seconds=0.02)
    consumer = Consumer(settings, "indexer", TOPICS, writer, Places(), health)
    consumer._kafka = client
    return consumer


def records(offset: int) -> Any:
    """One record, as getmany answers it."""
    made = message(request(), offset)
    record = ConsumerRecord(
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
    return {PARTITION: [record]}


async def test_a_batch_is_held_and_said_so_until_it_is_written(
    consumer: Consumer, writer: Writer, client: Client, health: Health
) -> None:
    writer.down = True
    settling = asyncio.create_task(consumer._settle(records(7)))
    await until(lambda: health.why_not_ready() == ["database: away"])
    assert health.why_not_live() == []
    assert client.committed == []
    writer.down = False
    await settling
    assert health.why_not_ready() == []
    assert client.committed == [{PARTITION: 8}]


async def test_a_held_batch_is_given_up_when_its_partitions_go(
    consumer: Consumer, writer: Writer, client: Client, health: Health
) -> None:
    writer.down = True
    settling = asyncio.create_task(consumer._settle(records(7)))
    await writer.tried.wait()
    # A rebalance does not wait for the end of an outage.
    await asyncio.wait_for(consumer.on_partitions_revoked([PARTITION]), LIMIT_SECONDS)
    writer.down = False
    await settling
    assert writer.written == []
    assert client.committed == []
    assert health.why_not_ready() == []


async def test_a_rebalance_waits_for_the_batch_being_written_and_committed(
    consumer: Consumer, writer: Writer, client: Client
) -> None:
    writer.slow.clear()
    settling = asyncio.create_task(consumer._settle(records(7)))
    await writer.tried.wait()
    revoking = asyncio.create_task(consumer.on_partitions_revoked([PARTITION]))
    await turns()
    assert not revoking.done()
    writer.slow.set()
    await asyncio.gather(settling, revoking)
    assert client.committed == [{PARTITION: 8}]


async def test_a_refused_commit_is_the_next_owners_affair(
    consumer: Consumer, writer: Writer, client: Client
) -> None:
    client.refuse = True
    await consumer._settle(records(7))
    client.refuse = False
    await consumer._settle(records(8))
    assert client.committed == [{PARTITION: 9}]


async def test_only_the_first_batch_of_an_assignment_may_set_the_offset_back(
    consumer: Consumer, writer: Writer
) -> None:
    await consumer._settle(records(7))
    await consumer._settle(records(8))
    await consumer.on_partitions_revoked([PARTITION])
    await consumer._settle(records(7))
    assert writer.written == [(7, {PARTITION}), (8, set()), (7, {PARTITION})]


async def test_a_held_batch_does_not_keep_the_service_from_stopping(
    consumer: Consumer, writer: Writer
) -> None:
    writer.down = True
    settling = asyncio.create_task(consumer._settle(records(7)))
    await writer.tried.wait()
    consumer.finish()
    await asyncio.wait_for(settling, LIMIT_SECONDS)
    assert writer.written == []


class Reading(Client):
    """A client with one partition assigned, whose records stand at Kafka's place until a seek."""

    def __init__(self) -> None:
        super().__init__()
        self.place = 9

    def assignment(self) -> set[TopicPartition]:
        return {PARTITION}

    def seek(self, partition: TopicPartition, offset: int) -> None:
        self.place = offset

    async def getmany(self, *_: object, **__: object) -> Any:
        await asyncio.sleep(0)
        self.place += 1
        return records(self.place - 1)


async def test_nothing_is_read_before_its_place_is_found(
    consumer: Consumer, writer: Writer, health: Health
) -> None:
    client, places = Reading(), Places()
    consumer._kafka, consumer._resume = client, places
    running = asyncio.create_task(consumer.run())
    await until(lambda: health.why_not_ready() == ["kafka: away"])
    assert writer.written == []
    places.offsets = [5]
    await asyncio.wait_for(writer.tried.wait(), LIMIT_SECONDS)
    consumer.finish()
    await running
    assert client.committed[0] == {PARTITION: 5}
    assert writer.written[0] == (5, {PARTITION})


async def test_what_was_assigned_anew_is_placed_anew(consumer: Consumer, writer: Writer) -> None:
    client = Reading()
    consumer._kafka, consumer._resume = client, Places(5, 3)
    assert await consumer._place() == {PARTITION}
    assert await consumer._place() == {PARTITION}
    assert client.place == 5
    await consumer.on_partitions_revoked([PARTITION])
    # What comes between the assignment and its place is not written.
    assert await consumer._get((), 1) is False
    await consumer.on_partitions_assigned([PARTITION])
    assert await consumer._place() == {PARTITION}
    assert client.place == 3
    assert writer.written == []
