"""A Faust app among others of its group, on real Kafka."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiokafka.consumer.subscription_state import SubscriptionState
from faust.types.tuples import TP

from deploy.init.topics import create_topics
from shared.delivery.agents import Stream, in_window
from shared.delivery.message import Message
from shared.delivery.publisher import KafkaPublisher, Publication
from shared.events import CaptureRequested
from shared.health import Health
from shared.service.faust_worker import FaustWorker, faust_app, raw_topic
from shared.settings import KafkaSettings, Settings
from shared.topics import Topic
from testing.fetcher.pages import SITE, request
from testing.waiting import LIMIT_SECONDS, until

WINDOW = 4


@asynccontextmanager
async def working(
    settings: Settings, group: str, topic: Topic, settle: Callable[[Message], Awaitable[None]]
) -> AsyncIterator[FaustWorker]:
    app = faust_app(group, settings)
    worker = FaustWorker(app, Health(60), settings)

    async def agent(stream: Stream) -> None:
        await in_window(stream, settle, WINDOW, worker.in_flight)

    app.agent(raw_topic(app, topic), name=f"{group}-agent")(agent)
    await worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


async def published(bootstrap: str, topic: Topic, count: int) -> Settings:
    """Settings of quick sessions, with so many messages in `topic`."""
    await create_topics(KafkaSettings(kafka_bootstrap_servers=bootstrap), [topic], 1)
    settings = Settings(
        kafka_bootstrap_servers=bootstrap, session_timeout_seconds=6, stop_seconds=4
    )
    async with KafkaPublisher(settings, "test") as publisher:
        await publisher.publish(
            Publication(topic, request(f"{SITE}/{n}.html")) for n in range(count)
        )
    return settings


async def test_what_is_not_done_in_time_is_let_go_of_when_another_joins(
    kafka_bootstrap: str,
) -> None:
    topic = Topic("joined", CaptureRequested, 2)
    settings = await published(kafka_bootstrap, topic, 40)
    begun, done = list[str](), list[str]()
    stuck = True

    async def never_done(message: Message) -> None:
        begun.append(str(message))
        if stuck:
            await asyncio.Event().wait()
        done.append(str(message))

    async def at_once(message: Message) -> None:
        done.append(str(message))

    async with working(settings, "joined", topic, never_done):
        await until(lambda: len(begun) == WINDOW)
        stuck = False
        async with working(settings, "joined", topic, at_once):
            # Of all that the first one had, what it keeps comes to it again.
            await until(lambda: len(set(done)) == 40)
    assert {message.rpartition("/")[0] for message in done} == {"joined/0", "joined/1"}
    assert len(done) == 40


async def test_a_wait_of_days_costs_no_place_in_the_group(
    kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = Topic("patient", CaptureRequested, 1)
    # More than Faust's buffer holds: with it full, no more is asked for.
    settings = await published(kafka_bootstrap, topic, 600)
    begun, done = list[int](), list[int]()
    go = asyncio.Event()

    async def holding(message: Message) -> None:
        begun.append(message.offset)
        await go.wait()
        done.append(message.offset)

    async with working(settings, "patient", topic, holding) as worker:
        await until(lambda: len(begun) == WINDOW)
        heartbeats = 0

        def days(_: SubscriptionState) -> float:
            nonlocal heartbeats
            heartbeats += 1
            return 7 * 86_400.0

        monkeypatch.setattr(SubscriptionState, "fetcher_idle_time", property(days))
        # At the first of them it would leave.
        await until(lambda: heartbeats > 2)
        assert worker.owns(topic)
        go.set()
        await until(lambda: len(done) == 600)
    assert done == sorted(set(done))


async def test_it_ends_although_nobody_answers_its_last_commit(
    kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = Topic("unanswered", CaptureRequested, 1)
    settings = await published(kafka_bootstrap, topic, 4)
    done = list[str]()

    async def at_once(message: Message) -> None:
        done.append(str(message))

    async def unanswered(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    async with (
        asyncio.timeout(LIMIT_SECONDS),
        working(settings, "unanswered", topic, at_once) as worker,
    ):
        await until(lambda: len(done) == 4)
        monkeypatch.setattr(worker._app.consumer, "commit", unanswered)


async def test_what_ends_after_a_rebalance_is_not_acknowledged(kafka_bootstrap: str) -> None:
    topic = Topic("stale", CaptureRequested, 1)
    settings = await published(kafka_bootstrap, topic, 2)
    begun, done = list[str](), list[str]()
    go = asyncio.Event()

    async def slow(message: Message) -> None:
        begun.append(str(message))
        await go.wait()

    async def at_once(message: Message) -> None:
        done.append(str(message))

    async with working(settings, "stale", topic, slow) as worker:
        await until(lambda: len(begun) == 2)
        # As Faust's thread does when it is told of the new assignment.
        worker._app.consumer_generation_id += 1
        go.set()
        await until(lambda: not worker._app.consumer._unacked_messages)  # type: ignore[attr-defined]
    async with working(settings, "stale", topic, at_once):
        await until(lambda: len(done) == 2)


async def test_offsets_that_kafka_refused_are_not_taken_for_another_log(
    kafka_bootstrap: str,
) -> None:
    topic = Topic("refused", CaptureRequested, 1)
    settings = await published(kafka_bootstrap, topic, 10)
    done = list[str]()

    async def at_once(message: Message) -> None:
        done.append(str(message))

    async with working(settings, "refused", topic, at_once) as worker:
        await until(lambda: len(done) == 10)
        ended = asyncio.ensure_future(worker.ended())
        consumer = worker._app.consumer
        tp = TP(topic.name, 0)
        await until(lambda: consumer._committed_offset[tp] == 10)  # type: ignore[attr-defined]
        # As Faust has it when a commit fails because the group has rebalanced.
        consumer._committed_offset[tp] = 1000  # type: ignore[attr-defined]
        await published(kafka_bootstrap, topic, 10)
        await until(lambda: len(done) == 20)
        await until(worker._from_before.empty)
        await consumer.committed(tp)  # type: ignore[attr-defined]
        assert not ended.done()
        ended.cancel()
