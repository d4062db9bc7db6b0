"""Creates the missing topics of `shared.topics`; existing ones keep their settings."""

from collections.abc import Sequence

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

from shared.kafka import client_options
from shared.loops import until_result
from shared.settings import KafkaSettings
from shared.topics import Topic

_LOOK_SECONDS = 0.05


async def create_topics(
    kafka: KafkaSettings, topics: Sequence[Topic], replication_factor: int
) -> list[str]:
    """Create the missing topics, wait until they can be used, and return their names.

    Existing ones may have any number of partitions: some are added elsewhere. Raises aiokafka's
    KafkaError when the broker does not answer or refuses.
    """
    admin = AIOKafkaAdminClient(**client_options(kafka))
    await admin.start()
    try:
        existing = await _usable(admin)
        missing = [topic for topic in topics if topic.name not in existing]
        created = await _create(admin, missing, replication_factor) if missing else []

        async def all_there() -> bool | None:
            existing = await _usable(admin)
            return existing.issuperset(topic.name for topic in topics) or None

        # The brokers learn of a topic shortly after the controller; a service that started in
        # between would miss it.
        await until_result(_LOOK_SECONDS, all_there)
        return created
    finally:
        await admin.close()


async def _usable(admin: AIOKafkaAdminClient) -> set[str]:
    """The topics whose partitions all have a leader."""
    return {
        topic["topic"]
        for topic in await admin.describe_topics()
        if all(partition["leader"] >= 0 for partition in topic["partitions"])
    }


async def _create(
    admin: AIOKafkaAdminClient, topics: Sequence[Topic], replication_factor: int
) -> list[str]:
    created = []
    answer = await admin.create_topics(
        [
            NewTopic(
                name=topic.name,
                num_partitions=topic.partitions,
                replication_factor=replication_factor,
                topic_configs=topic.config,
            )
            for topic in topics
        ]
    )
    for name, code, message in answer.topic_errors:
        error = for_code(code)
        if not code:
            created.append(name)
        # Another init job was faster, or a topic has no leader at the moment.
        elif error is not TopicAlreadyExistsError:
            raise error(f"topic {name}: {message}")
    return created
