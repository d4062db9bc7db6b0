"""Watching the lag survives a broker that is down or starting, and says so."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Set
from contextlib import suppress
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment
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
    of_others: list[tuple[str, list[int]]] = field(default_factory=list)
    marks_from: int = 5
    end: int = 5

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
        assert set(partitions) <= self.assigned

    def seek(self, partition: TopicPartition, offset: int) -> None:
        return None

    def resume(self, partition: TopicPartition) -> None:
        return None

    async def getmany(self, partition: TopicPartition, **_: int) -> dict[Any, Any]:
        """Only marks from `marks_from` on."""
        stored = getattr(self.stored.get(partition), "offset", 0)
        return {} if stored >= self.marks_from else {partition: ["a record"]}

    async def position(self, partition: TopicPartition) -> int:
        return 5

    async def end_offsets(self, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
        return dict.fromkeys(partitions, self.end)

    async def describe_topics(self, names: list[str]) -> list[dict[str, Any]]:
        return [
            {"topic": name, "partitions": [{"partition": 0}, {"partition": 1}]} for name in names
        ]

    async def list_consumer_group_offsets(
        self, group: str, partitions: Any
    ) -> dict[TopicPartition, OffsetAndMetadata]:
        return self.stored

    async def describe_consumer_groups(self, groups: list[str]) -> list[Any]:
        assignment = ConsumerProtocolMemberAssignment(
            version=0, assignment=self.of_others, user_data=b""
        ).encode()
        members = [("m", "mofcom", "/127.0.0.1", b"", assignment), ("new", "mofcom", "", b"", b"")]
        return [SimpleNamespace(groups=[(0, groups[0], "Stable", "consumer", "faust", members)])]


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    broker = Broker()
    monkeypatch.setattr(offsets, "AIOKafkaConsumer", lambda **_: broker)
    monkeypatch.setattr(offsets, "AIOKafkaAdminClient", lambda **_: broker)
    return broker


@pytest.fixture
def health() -> Health:
    return Health(stall_seconds=60, started=True)


async def watched(
    health: Health,
    *conditions: Callable[[], bool],
    assigned: Set[TopicPartition] = frozenset(),
    again: list[set[TopicPartition]] | None = None,
) -> None:
    """Watch until each condition has held, one after the other; `again` takes what is to be read again."""

    async def read_again(partitions: Collection[TopicPartition]) -> None:
        assert again is not None
        again.append(set(partitions))

    settings = Settings(lag_seconds=0.02)
    watch = asyncio.create_task(
        lag.LagWatch(settings, "g", [TOPIC], lambda: assigned, health, read_again).run()
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


async def test_a_log_that_is_shorter_than_before_is_read_again(
    broker: Broker, health: Health
) -> None:
    again: list[set[TopicPartition]] = []
    broker.stored = dict.fromkeys(PARTITIONS, OffsetAndMetadata(0, ""))

    def shorter() -> bool:
        broker.end = 2
        return True

    # Of partitions that others read nothing is said.
    await watched(
        health,
        lambda: broker.started == 2 and health.why_not_ready() == [],
        lambda: LAG.labels("t")._value.get() == 10,
        shorter,
        lambda: again == [{PARTITIONS[0]}],
        assigned={PARTITIONS[0]},
        again=again,
    )


async def test_a_committed_offset_behind_the_end_is_of_another_log(
    broker: Broker, health: Health
) -> None:
    again: list[set[TopicPartition]] = []
    broker.stored = dict.fromkeys(PARTITIONS, OffsetAndMetadata(9, ""))
    await watched(health, lambda: again != [], assigned={*PARTITIONS}, again=again)
    assert again[0] == set(PARTITIONS)


async def test_a_coordinator_that_is_coming_up_ends_nothing(broker: Broker, health: Health) -> None:
    def coming() -> bool:
        return any("Coordinator" in why for why in health.why_not_ready())

    def come() -> bool:
        broker.stored = dict.fromkeys(PARTITIONS, OffsetAndMetadata(-1, ""))
        return health.why_not_ready() == []

    await watched(health, coming, come)
    assert LAG.labels("t")._value.get() == 10


@pytest.mark.parametrize(
    ("assigned", "of_others", "behind"),
    [
        (PARTITIONS[:1], [("t", [0, 1])], 5),
        # Standing by: another has them all, and may hold them for hours.
        ([], [("t", [0, 1])], 0),
        # Left to nobody by an assignment that was made while the broker did not know the topic.
        ([], [("t", [0])], 5),
        ([], [], 10),
    ],
)
async def test_a_member_waits_for_its_own_partitions_and_for_those_of_nobody(
    broker: Broker,
    assigned: list[TopicPartition],
    of_others: list[tuple[str, list[int]]],
    behind: int,
) -> None:
    now = 0.0
    health = Health(stall_seconds=60, clock=lambda: now, started=True)
    broker.stored = dict.fromkeys(PARTITIONS, OffsetAndMetadata(0, ""))
    broker.of_others = of_others
    LAG.labels("t").set(0)

    def looked() -> bool:
        return float(LAG.labels("t")._value.get()) == 10 and health._lag == behind

    await watched(health, looked, assigned=set(assigned))
    now = 61.0
    assert bool(health.why_not_live()) is bool(behind)


async def test_progress_of_another_member_is_not_ours(broker: Broker) -> None:
    now = 0.0
    health = Health(stall_seconds=60, clock=lambda: now, started=True)
    ours, others = PARTITIONS
    broker.stored = dict.fromkeys(PARTITIONS, OffsetAndMetadata(0, ""))

    def looked() -> bool:
        return health._lag == 5

    def looked_after_it_moved() -> bool:
        nonlocal now
        now = 61.0
        broker.stored = {ours: OffsetAndMetadata(0, ""), others: OffsetAndMetadata(3, "")}
        return bool(LAG.labels("t")._value.get() == 7)

    await watched(health, looked, looked_after_it_moved, assigned={ours})
    assert health.why_not_live() != []


async def test_the_mark_that_ends_anothers_transaction_is_nothing_to_wait_for(
    broker: Broker, health: Health
) -> None:
    def waiting() -> float:
        return float(LAG.labels("t")._value.get())

    def marks() -> bool:
        counted = waiting() == 2
        if counted:
            broker.marks_from = 4
        return counted

    broker.stored = {
        PARTITIONS[0]: OffsetAndMetadata(4, ""),
        PARTITIONS[1]: OffsetAndMetadata(4, ""),
    }
    await watched(health, marks, lambda: waiting() == 0, assigned=set(PARTITIONS))
