"""The indexer goes on where Postgres is, whatever Kafka's own commit says."""

import asyncio

import asyncpg
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from deploy.init.topics import create_topics
from deploy.local.connections import Connections
from services.indexer.ledger import INDEXER
from shared.database_url import with_parts
from shared.delivery.publisher import KafkaPublisher, Publisher
from shared.events import CaptureRequested
from shared.settings import KafkaSettings, Settings
from shared.topics import CAPTURE_BACKLOG, CAPTURE_REQUESTED
from testing.indexer.events import request
from testing.indexer.program import (
    Program,
    connection,
    indexer,
    pipeline,
    publish,
    publisher,
)
from testing.kafka import commit
from testing.kafka_login import options
from testing.waiting import until

__all__ = ["connection", "pipeline", "publisher"]

LIVE = TopicPartition(CAPTURE_REQUESTED.name, 0)


def asked(name: str, number: int, backlog: bool = False) -> list[CaptureRequested]:
    return [
        request(f"http://www.mofcom.gov.cn/{name}/{n}.shtml", backlog=backlog)
        for n in range(number)
    ]


async def rows(connection: asyncpg.Connection, name: str) -> int:
    number: int = await connection.fetchval(
        "SELECT count(*) FROM requests WHERE url LIKE '%/' || $1 || '/%'", name
    )
    return number


async def until_there(connection: asyncpg.Connection, name: str, number: int) -> None:
    async def there() -> bool:
        return await rows(connection, name) == number

    await until(there)


async def committed(connections: Connections) -> int:
    admin = AIOKafkaAdminClient(**options(connections.kafka_bootstrap_servers))
    await admin.start()
    try:
        stored = await admin.list_consumer_group_offsets(INDEXER)
        return int(stored[LIVE].offset)
    finally:
        await admin.close()


def indexed(program: Program) -> float:
    name = 'mofcom_events_indexed_total{type="mofcom.capture.requested"}'
    return program.metrics().get(name, 0)


async def test_after_a_restore_the_indexer_reads_again_what_the_backup_lacks(
    pipeline: Connections, publisher: Publisher, connection: asyncpg.Connection
) -> None:
    with indexer(pipeline):
        await publish(publisher, asked("kept", 20))
        await until_there(connection, "kept", 20)
    admin = await asyncpg.connect(pipeline.database_url, database="template1")
    await connection.close()
    await admin.execute("CREATE DATABASE restored TEMPLATE mofcom")
    await admin.close()
    after = await asyncpg.connect(pipeline.database_url)
    with indexer(pipeline):
        await publish(publisher, asked("lost", 20))
        await until_there(after, "lost", 20)
    await after.close()
    end = await committed(pipeline)

    restored = await asyncpg.connect(pipeline.database_url, database="restored")
    assert await rows(restored, "lost") == 0
    own = pipeline.service_environment("indexer")["MOFCOM_DATABASE_URL"]
    url = with_parts(own, database="restored")
    with indexer(pipeline, MOFCOM_DATABASE_URL=url) as program:
        await until_there(restored, "lost", 20)
        # And not what the backup has.
        assert await asyncio.to_thread(indexed, program) == 20
    assert await committed(pipeline) == end
    await restored.close()


async def test_a_commit_that_kafka_lost_repeats_nothing(
    pipeline: Connections, publisher: Publisher, connection: asyncpg.Connection
) -> None:
    with indexer(pipeline):
        await publish(publisher, asked("before", 20))
        await until_there(connection, "before", 20)
    end = await committed(pipeline)
    # An older one is there again. (0 is what says that a topic was made again.)
    await commit(pipeline.kafka_bootstrap_servers, INDEXER, {LIVE: 1})
    with indexer(pipeline) as program:

        async def said() -> bool:
            return await committed(pipeline) == end

        # Kafka is told where reading goes on, though nothing new has come.
        await until(said)
        await publish(publisher, asked("after", 1))
        await until_there(connection, "after", 1)
        assert await asyncio.to_thread(indexed, program) == 1


async def test_a_recreated_topic_loses_nothing(
    pipeline: Connections, publisher: Publisher, connection: asyncpg.Connection
) -> None:
    with indexer(pipeline):
        await publish(publisher, asked("old", 5, backlog=True))
        await until_there(connection, "old", 5)
    settings = KafkaSettings(kafka_bootstrap_servers=pipeline.kafka_bootstrap_servers)
    admin = AIOKafkaAdminClient(**options(pipeline.kafka_bootstrap_servers))
    await admin.start()
    await admin.delete_topics([CAPTURE_BACKLOG.name])

    async def gone() -> bool:
        return CAPTURE_BACKLOG.name not in await admin.list_topics()

    await until(gone)
    await admin.close()
    await create_topics(settings, [CAPTURE_BACKLOG], 1)
    # More than before: the old offset is in range, and another event stands before it.
    there = Settings(kafka_bootstrap_servers=pipeline.kafka_bootstrap_servers)
    async with KafkaPublisher(there, "test") as anew:
        await publish(anew, asked("new", 9, backlog=True))
    with indexer(pipeline):
        await until_there(connection, "new", 9)
    offset = "SELECT next_offset FROM ingest.ingest_offset WHERE topic = 'capture.backlog'"
    assert await connection.fetchval(offset) == 9
