from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from deploy.init.topics import create_topics
from shared.events import Event
from shared.settings import KafkaSettings
from shared.topics import Topic
from testing.kafka_login import options

ONE = Topic("init-one", Event, 1, {"retention.ms": "-1"})
MANY = Topic("init-many", Event, 12, {"max.message.bytes": "8388608"})


async def test_missing_topics_are_created_as_described_and_only_once(kafka_bootstrap: str) -> None:
    assert await create_topics(
        KafkaSettings(kafka_bootstrap_servers=kafka_bootstrap), [ONE], 1
    ) == ["init-one"]
    assert await create_topics(
        KafkaSettings(kafka_bootstrap_servers=kafka_bootstrap), [ONE, MANY], 1
    ) == ["init-many"]
    assert (
        await create_topics(KafkaSettings(kafka_bootstrap_servers=kafka_bootstrap), [ONE, MANY], 1)
        == []
    )

    admin = AIOKafkaAdminClient(**options(kafka_bootstrap))
    await admin.start()
    described = await admin.describe_topics(["init-one", "init-many"])
    (answer,) = await admin.describe_configs(
        [ConfigResource(ConfigResourceType.TOPIC, "init-many", {"max.message.bytes": ""})]
    )
    await admin.close()
    assert {one["topic"]: len(one["partitions"]) for one in described} == {
        "init-one": 1,
        "init-many": 12,
    }
    ((*_, configuration),) = answer.resources
    assert configuration[0][:2] == ("max.message.bytes", "8388608")


async def test_topics_may_have_more_partitions_than_they_were_created_with(
    kafka_bootstrap: str,
) -> None:
    settings = KafkaSettings(kafka_bootstrap_servers=kafka_bootstrap)
    await create_topics(settings, [Topic("init-raised", Event, 2)], 1)
    assert await create_topics(settings, [ONE, Topic("init-raised", Event, 12)], 1) == []
