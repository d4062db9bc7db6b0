"""What counts as unread: records, and not the marks of another producer's transactions."""

from aiokafka import AIOKafkaProducer, TopicPartition

from deploy.local.connections import Connections
from services.cli.unread import count_unread
from shared.offsets import Offsets
from shared.settings import KafkaSettings
from shared.topics import CAPTURE_REQUESTED
from testing.indexer.program import pipeline
from testing.kafka_login import options
from testing.waiting import until

__all__ = ["pipeline"]

PARTITION = TopicPartition(CAPTURE_REQUESTED.name, 0)


async def test_records_count_once_for_each_reader_and_marks_never(pipeline: Connections) -> None:
    servers = pipeline.kafka_bootstrap_servers
    other = AIOKafkaProducer(**options(servers), transactional_id="unread")
    async with Offsets(KafkaSettings(kafka_bootstrap_servers=servers)) as offsets:

        async def the_end() -> int:
            return (await offsets.ends([PARTITION]))[PARTITION]

        record = await the_end()
        mark, end = record + 1, record + 2
        await other.start()
        async with other.transaction():
            await other.send(PARTITION.topic, b"{}", partition=0)
        await other.stop()

        async def is_marked() -> bool:
            return await the_end() == end

        # The broker writes the mark after it has answered that the transaction has ended.
        await until(is_marked)

        async def unread(committed: int, read: int) -> int:
            name = f"{PARTITION.topic}/{PARTITION.partition}"
            return await count_unread(offsets, {PARTITION: committed}, {name: read})

        rest = await unread(end, end)
        assert await unread(mark, mark) == rest
        # The mark is counted with the records before it.
        assert await unread(record, mark) == rest + 2
        assert await unread(record, record) == rest + 4
        # Of a topic that was lost and made again nothing is read.
        assert await unread(end, end + 1) == rest + end
