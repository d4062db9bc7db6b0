"""Watches how far a consumer group is behind, for the metrics and for /live."""

import asyncio
from collections.abc import Sequence

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import GroupCoordinatorNotAvailableError, KafkaError

from shared.kafka import client_options
from shared.service.health import Health
from shared.service.metrics import LAG
from shared.settings import Settings
from shared.topics import Topic

log = structlog.get_logger()


class LagWatch:
    """Compares committed with end offsets, with a reader of its own that joins no group.

    That the committed offset moves is the proof that a consumer works: Faust agents have been
    seen to stop in silence after a broker outage (faust-streaming issues 166, 175, 523).
    """

    def __init__(
        self, settings: Settings, group: str, topics: Sequence[Topic], health: Health
    ) -> None:
        self._group = group
        self._topics = topics
        self._health = health
        self._look_seconds = settings.lag_seconds
        self._partitions = [
            TopicPartition(topic.name, partition)
            for topic in topics
            for partition in range(topic.partitions)
        ]
        # Neither joins the group nor is assigned a partition: it reads offsets, no records.
        self._reader = AIOKafkaConsumer(**client_options(settings))
        self._admin = AIOKafkaAdminClient(**client_options(settings))
        self._to_start = [self._reader, self._admin]
        self._committed: dict[TopicPartition, int] = {}

    async def run(self) -> None:
        """Watch until cancelled."""
        try:
            while True:
                try:
                    await asyncio.wait_for(self._look(), 2 * self._look_seconds)
                except (KafkaError, TimeoutError) as error:
                    # The clients wait for a broker in silence; this is where it shows.
                    self._health.hold(self, "kafka", repr(error))
                    log.warning("kafka does not answer", why=repr(error))
                else:
                    self._health.release(self)
                await asyncio.sleep(self._look_seconds)
        finally:
            await self._reader.stop()
            await self._admin.close()

    async def _look(self) -> None:
        while self._to_start:
            await self._to_start[0].start()
            del self._to_start[0]
        ends = await self._reader.end_offsets(self._partitions)
        stored = await self._admin.list_consumer_group_offsets(
            self._group, partitions=self._partitions
        )
        if len(stored) < len(self._partitions):
            # A coordinator that is just coming up answers nothing, and aiokafka passes that on.
            raise GroupCoordinatorNotAvailableError(self._group)
        committed = {tp: max(0, stored[tp].offset) for tp in self._partitions}
        behind = {tp: max(0, ends[tp] - committed[tp]) for tp in self._partitions}
        for topic in self._topics:
            LAG.labels(topic.name).set(sum(n for tp, n in behind.items() if tp.topic == topic.name))
        self._health.saw_lag(sum(behind.values()), moved=committed != self._committed)
        self._committed = committed
