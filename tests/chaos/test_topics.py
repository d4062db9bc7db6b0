"""Topics as others change them while services run: deleted and made again, with more partitions."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic

from shared.events import CaptureRequested
from shared.offsets import Offsets
from shared.pipeline_facts import look_at_readers
from shared.settings import Settings
from shared.topics import (
    ADDRESS_EXPANDED,
    CAPTURE_FETCHED,
    CAPTURE_REQUESTED,
    DEAD_LETTER,
    NOTICE_PARSED,
    NOTICE_TRANSLATED,
    Topic,
)
from testing.chaos.plan import SERVICES
from testing.kafka_login import options
from testing.waiting import until
from tests.chaos.stage import Stage

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(900)]

# A service notices within two looks of five seconds, ends and starts again.
BACK_SECONDS = 60.0


@asynccontextmanager
async def operator(stage: Stage) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**options(stage.on.servers.kafka_bootstrap_servers))
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()


@asynccontextmanager
async def restarting(stage: Stage) -> AsyncIterator[None]:
    """What ends is started again, as compose and `mofcom up` do it."""
    watch = asyncio.create_task(stage.on.processes.watch())
    try:
        yield
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch


async def all_done(stage: Stage, requests: Sequence[CaptureRequested]) -> None:
    for request in requests:
        assert (await stage.ended(request))["state"] == "done"


async def make_again(stage: Stage, topic: Topic) -> None:
    async with operator(stage) as admin:
        await admin.delete_topics([topic.name])
        again = NewTopic(topic.name, topic.partitions, 1, topic_configs=topic.config)

        async def made() -> bool:
            answer: Any = await admin.create_topics([again])
            return not answer.topic_errors[0][1]

        await until(made)


@pytest.mark.parametrize(
    ("topic", "read_before", "new"),
    [
        # At offsets that were read before, and beyond them.
        (CAPTURE_REQUESTED, 40, 20),
        (CAPTURE_REQUESTED, 5, 80),
        (CAPTURE_FETCHED, 40, 20),
        (NOTICE_PARSED, 40, 20),
    ],
    ids=lambda value: str(getattr(value, "name", value)),
)
async def test_a_topic_deleted_and_made_again_is_read_from_its_beginning(
    stage: Stage, topic: Topic, read_before: int, new: int
) -> None:
    before = await stage.ask(*(stage.capture() for _ in range(read_before)))
    await all_done(stage, before)
    await stage.all_read()
    async with restarting(stage):
        await make_again(stage, topic)
        began = time.monotonic()
        after = await stage.ask(*(stage.capture() for _ in range(new)))
        await all_done(stage, after)
        assert time.monotonic() - began < BACK_SECONDS
        await stage.all_read()
    await stage.on.processes.wait_ready(*(f"{service}-1" for service in SERVICES))
    assert await stage.rows("SELECT * FROM dead_letters") == []


async def test_partitions_that_are_added_lose_nothing_and_hold_up_nothing(stage: Stage) -> None:
    raised = (
        (CAPTURE_REQUESTED, 3),
        (CAPTURE_FETCHED, 20),
        (NOTICE_PARSED, 16),
        (NOTICE_TRANSLATED, 13),
        (ADDRESS_EXPANDED, 24),
        (DEAD_LETTER, 15),
    )
    flow = [*await stage.ask(*(stage.capture() for _ in range(50)))]
    async with restarting(stage):
        async with operator(stage) as admin:
            await admin.create_partitions(
                {topic.name: NewPartitions(number) for topic, number in raised}
            )
        for _ in range(10):
            flow += await stage.ask(*(stage.capture() for _ in range(20)))
            await asyncio.sleep(3)
        await all_done(stage, flow)
        await stage.all_read()
    settings = Settings(kafka_bootstrap_servers=stage.on.servers.kafka_bootstrap_servers)
    async with Offsets(settings) as offsets:
        partitions = await offsets.partitions(topic for topic, _ in raised)
        assert len(partitions) == sum(number for _, number in raised)
        found = await look_at_readers(offsets)
    assert {name: (found[name].reader.members, found[name].reader.lag) for name in SERVICES} == (
        dict.fromkeys(SERVICES, (1, 0))
    )
    rows = await stage.rows("SELECT count(*) FROM notices WHERE url LIKE '%/stage/%'")
    assert rows[0][0] >= len(flow)
    assert await stage.rows("SELECT * FROM dead_letters") == []
