"""The watch over the lag outlives a broker that is away or coming up, and says so."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import KafkaConnectionError
from aiokafka.structs import OffsetAndMetadata

from shared import offsets
from shared.events import Event
from shared.health import Health
from shared.metrics import LAG
from shared.service import lag
from shared.settings import Settings
from shared.topics import Topic
from testing.waiting import until

TOPIC = Topic("t", Event, 2)
PARTITIONS = [TopicPartition("t", 0), TopicPartition("t", 1)]


@dataclass
class Broker:
    """In place of both clients: away for the first `away` starts; `stored` is what it answers."""

    away: int = 0
    stored: dict[TopicPartition, OffsetAndMetadata] = field(default_factory=dict)
    started: int = 0
    assigned: set[TopicPartition] = field(default_factory=set)

    async def start(self) -> None:
        if self.away:
            self.away -= 1
            raise KafkaConnectionError("refused")
        self.started += 1

    async def stop(self) -> None:
        return None

    close = stop

    def assignment(self) -> set[TopicPartition]:
        return self.assigned

    def assign(self, partitions: Iterable[TopicPartition]) -> None:
        self.assigned = set(partitions)

    def pause(self, *partitions: TopicPartition) -> None:
        assert set(partitions) == self.assigned

    async def end_offsets(self, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
        return dict.fromkeys(partitions, 5)

    async def describe_topics(self, names: list[str]) -> list[dict[str, Any]]:
        return [
            {"topic": name, "partitions": [{"partition": 0}, {"partition": 1}]} for name in names
        ]

    async def list_consumer_group_offsets(
        self, group: str, partitions: Any
    ) -> dict[TopicPartition, OffsetAndMetadata]:
        return self.stored


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    broker = Broker()
    monkeypatch.setattr(offsets, "AIOKafkaConsumer", lambda **_: broker)
    monkeypatch.setattr(offsets, "AIOKafkaAdminClient", lambda **_: broker)
    return broker


@pytest.fixture
def health() -> Health:
    return Health(stall_seconds=60, started=True)


async def watched(health: Health, *conditions: Callable[[], bool]) -> None:
    """Watch until each condition has held, one after the other."""
    watch = asyncio.create_task(
        lag.LagWatch(Settings(lag_seconds=0.02), "g", [TOPIC], health).run()
    )
    try:
        for condition in conditions:

            def met(condition: Callable[[], bool] = condition) -> bool:
                assert not watch.done(), watch.exception()
                return condition()

            await until(met)
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch


async def test_a_broker_that_is_away_at_the_start_is_waited_for(
    broker: Broker, health: Health
) -> None:
    broker.away = 1_000_000

    def refused() -> bool:
        said = any("refused" in why for why in health.why_not_ready())
        broker.away = 0 if said else broker.away
        return said

    broker.stored = dict.fromkeys(PARTITIONS, OffsetAndMetadata(5, ""))
    await watched(
        health,
        refused,
        lambda: broker.started == 2 and health.why_not_ready() == [],
    )


async def test_a_coordinator_that_is_coming_up_ends_nothing(broker: Broker, health: Health) -> None:
    def coming() -> bool:
        return any("Coordinator" in why for why in health.why_not_ready())

    def come() -> bool:
        broker.stored = dict.fromkeys(PARTITIONS, OffsetAndMetadata(-1, ""))
        return health.why_not_ready() == []

    await watched(health, coming, come)
    assert LAG.labels("t")._value.get() == 10
