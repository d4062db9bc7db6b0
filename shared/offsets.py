"""Progress of consumer groups seen from outside: committed offsets and end offsets."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment
from aiokafka.errors import GroupCoordinatorNotAvailableError

from shared.kafka import assign_paused, client_options, kafka_down
from shared.settings import KafkaSettings
from shared.topics import Topic


class Offsets:
    """Two clients that join no group and read no record. Every method raises DependencyDown."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._reader = AIOKafkaConsumer(**client_options(settings))
        self._admin = AIOKafkaAdminClient(**client_options(settings))
        self._to_start = [self._reader, self._admin]

    async def start(self) -> None:
        """Connect; does nothing while connected."""
        with kafka_down():
            while self._to_start:
                await self._to_start[0].start()
                del self._to_start[0]

    async def stop(self) -> None:
        """Disconnect."""
        await self._reader.stop()
        await self._admin.close()

    async def __aenter__(self) -> "Offsets":
        try:
            await self.start()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def partitions(self, topics: Iterable[Topic]) -> list[TopicPartition]:
        """All partitions of these topics, as many as the brokers have."""
        with kafka_down():
            described = await self._admin.describe_topics([topic.name for topic in topics])
        return [
            TopicPartition(one["topic"], partition["partition"])
            for one in described
            for partition in one["partitions"]
        ]

    async def ends(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, int]:
        """The end offset of each: that of its next record."""
        known = self._reader.assignment()
        if not known.issuperset(partitions):
            assign_paused(self._reader, known.union(partitions))
        with kafka_down():
            ends: dict[TopicPartition, int] = await self._reader.end_offsets(partitions)
        return ends

    async def assigned(self, group: str) -> set[TopicPartition]:
        """The partitions that are assigned to any member of the group."""
        members = await self._members(group)
        return {
            partition
            for *_, assignment in members
            if assignment
            for partition in ConsumerProtocolMemberAssignment.decode(assignment).partitions()
        }

    async def members(self, group: str) -> int:
        """How many members the group has now."""
        return len(await self._members(group))

    async def _members(self, group: str) -> Sequence[tuple[Any, ...]]:
        with kafka_down():
            (answer,) = await self._admin.describe_consumer_groups([group])
        members: Sequence[tuple[Any, ...]] = answer.groups[0][5]
        return members

    async def committed(
        self, group: str, partitions: Collection[TopicPartition]
    ) -> dict[TopicPartition, int]:
        """The committed offset of each, 0 if the group never committed one."""
        with kafka_down():
            stored = await self._admin.list_consumer_group_offsets(
                group, partitions=list(partitions)
            )
            if len(stored) < len(partitions):
                # A coordinator that is just starting returns nothing, and aiokafka passes that on.
                raise GroupCoordinatorNotAvailableError(group)
        return {tp: max(0, stored[tp].offset) for tp in partitions}
