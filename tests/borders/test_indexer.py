"""Forged events of every type before the indexer, on a real Postgres."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import asyncpg
from aiokafka import TopicPartition

from services.indexer.batch import WriteBatch
from services.indexer.intake import Intake, take
from services.indexer.store import Store
from shared.blobs import Blobs
from shared.delivery.brake import Brake
from shared.delivery.message import Message
from shared.events import DeadLetter
from shared.topics import BY_NAME, READ_BY
from testing.doubles import RecordingPublisher
from testing.forgery import forged
from testing.servers import as_role
from tests.borders.settled import FORGERIES, read_notice
from tests.shared.samples import EVENTS, PARSED

_BATCH = 500
_READ = {topic.event for topic in READ_BY["indexer"]}
_EVENTS = [
    *(event for event in EVENTS if type(event) in _READ),
    PARSED.model_copy(update={"notice": read_notice()}),
]
_TOPICS = {topic.event.TYPE: name for name, topic in BY_NAME.items()}


def batch(first: int) -> dict[TopicPartition, list[Message]]:
    """Forgeries, each in the topic of the type that it claims."""
    found: dict[TopicPartition, list[Message]] = {}
    for number in range(first, first + _BATCH):
        message = forged(_EVENTS, number)
        kind = dict(message.headers).get("ce_type") or b""
        topic = _TOPICS.get(kind.decode("utf-8", "replace"), "capture.requested")
        found.setdefault(TopicPartition(topic, 0), []).append(replace(message, topic=topic))
    return found


async def test_every_forgery_is_a_row_or_refused_by_name(database_url: str, tmp_path: Path) -> None:
    store, published = Store(as_role(database_url, "indexer"), 30.0), RecordingPublisher()
    await store.start()
    write = WriteBatch(
        Intake(Blobs(tmp_path.as_uri()), store), store, published, Brake(FORGERIES, 0.1)
    )
    reasons = Counter[str]()
    for first in range(0, FORGERIES, _BATCH):
        published.published.clear()
        await write(take(batch(first)), set())
        for event in published.events:
            assert isinstance(event, DeadLetter)
            assert event.reason != "unexpected error", (event.origin.offset, event.error)
            reasons[event.reason] += 1
    await store.stop()
    assert (
        {"invalid event"}
        < set(reasons)
        <= {"invalid event", "refused by the database", "blob missing"}
    )
    connection = await asyncpg.connect(database_url)
    # Dead letters that are none are written without going through Kafka again.
    direct = await connection.fetch("SELECT DISTINCT reason FROM ingest.dead_letter")
    assert {row["reason"] for row in direct} >= {"invalid event"}
    assert await connection.fetchval("SELECT count(*) FROM ingest.reading") > 0
    assert await connection.fetchval("SELECT count(*) FROM ingest.request") > 0
    await connection.close()
