"""How every client reaches Kafka, and the check that its topics are there."""

from collections.abc import Iterable
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient

from shared.settings import Settings
from shared.topics import Topic


class TopicsMissing(Exception):
    """Topics are not there; the init job makes them."""


def client_options(settings: Settings) -> dict[str, Any]:
    """Keyword arguments that aiokafka's clients share."""
    return {
        "bootstrap_servers": settings.kafka_bootstrap_servers,
        "client_id": "mofcom",
    }


async def require_topics(settings: Settings, topics: Iterable[Topic]) -> None:
    """Refuse to go on without `topics`: a Faust worker would be assigned nothing, in silence.

    Raises TopicsMissing, or KafkaError when no broker answers.
    """
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await admin.start()
        missing = {topic.name for topic in topics} - set(await admin.list_topics())
    finally:
        await admin.close()
    if missing:
        raise TopicsMissing(f"no topics {', '.join(sorted(missing))}: run the init job first")
