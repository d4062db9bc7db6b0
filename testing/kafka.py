"""Kafka, as tests look into it and set it back."""

from collections.abc import Mapping

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from shared.topics import Topic
from testing.kafka_login import options


async def records(bootstrap_servers: str, topic: Topic) -> list[ConsumerRecord]:
    """What a topic has by now, each partition in its order."""
    # Not by seek_to_beginning(), which the reset to the end that assign() begins may overtake.
    async with AIOKafkaConsumer(
        **options(bootstrap_servers), auto_offset_reset="earliest"
    ) as consumer:
        partitions = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
        consumer.assign(partitions)
        ends = await consumer.end_offsets(partitions)
        found: list[ConsumerRecord] = []
        while any([await consumer.position(one) < ends[one] for one in partitions]):
            for some in (await consumer.getmany(timeout_ms=200)).values():
                found += some
    return found


async def commit(bootstrap_servers: str, group: str, offsets: Mapping[TopicPartition, int]) -> None:
    """Have a group without members go on from these offsets."""
    async with AIOKafkaConsumer(
        **options(bootstrap_servers), group_id=group, enable_auto_commit=False
    ) as consumer:
        consumer.assign(list(offsets))
        await consumer.commit(dict(offsets))
