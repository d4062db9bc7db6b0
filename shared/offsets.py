"""Progress of consumer groups seen from outside: committed offsets and end offsets."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment
from aiokafka.errors import GroupCoordinatorNotAvailableError

from shared.kafka import assign_paused, client_options, kafka_down
from shared.settings import KafkaSettings
from shared.topics import Topic

# More offsets than transactions end beside us between two records of ours are records.
_MOST_MARKS = 100
# Only a broker that is slow to answer is looked at more than a few times.
_LOOK_MS, _LOOKS = 100, 50


class Offsets:
    """Two clients that join no group. Every method raises DependencyDown."""

    def __init__(self, settings: KafkaSettings) -> None:
        # A batch at a time: it reads to see whether there is a record.
        self._reader = AIOKafkaConsumer(**client_options(settings), fetch_max_bytes=1)
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
        self._assign(partitions)
        with kafka_down():
            ends: dict[TopicPartition, int] = await self._reader.end_offsets(partitions)
        return ends

    async def beginnings(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, int]:
        """The offset of the first record of each, or the end if it has none."""
        self._assign(partitions)
        with kafka_down():
            first: dict[TopicPartition, int] = await self._reader.beginning_offsets(partitions)
        return first

    async def first_since(
        self, partitions: Collection[TopicPartition], time: datetime
    ) -> dict[TopicPartition, int]:
        """The offset of the first record of each that is not older than `time`, or the end."""
        ends = await self.ends(partitions)
        milliseconds = max(0, round(time.timestamp() * 1000))
        with kafka_down():
            found = await self._reader.offsets_for_times(dict.fromkeys(partitions, milliseconds))
        return {tp: ends[tp] if at is None else at.offset for tp, at in found.items()}

    async def delete_before(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Delete the records of each partition that are before its offset."""
        if not offsets:
            return
        with kafka_down():
            await self._admin.delete_records(
                {tp: RecordsToDelete(offset) for tp, offset in offsets.items()}
            )

    def _assign(self, partitions: Collection[TopicPartition]) -> None:
        known = self._reader.assignment()
        if not known.issuperset(partitions):
            assign_paused(self._reader, known.union(partitions))

    async def behind(
        self,
        committed: Mapping[TopicPartition, int],
        standing: Callable[[TopicPartition], bool] = lambda _: True,
        ends: Mapping[TopicPartition, int] | None = None,
    ) -> dict[TopicPartition, int]:
        """How many records each partition has behind the committed offset; `ends` as far as they are known.

        The mark that ends a transaction of another producer takes an offset and is no record: it is told
        from one where `standing` says that the committed offset does not move.
        """
        ends = ends or await self.ends(committed)
        behind = {tp: max(0, ends[tp] - offset) for tp, offset in committed.items()}
        for tp, number in behind.items():
            if 0 < number <= _MOST_MARKS and standing(tp):
                with kafka_down():
                    if not await self._has_record(tp, committed[tp], ends[tp]):
                        behind[tp] = 0
        return behind

    async def _has_record(self, partition: TopicPartition, offset: int, end: int) -> bool:
        self._reader.seek(partition, offset)
        self._reader.resume(partition)
        try:
            for _ in range(_LOOKS):
                if await self._reader.getmany(partition, timeout_ms=_LOOK_MS, max_records=1):
                    return True
                if await self._reader.position(partition) >= end:
                    return False
        finally:
            self._reader.pause(partition)
        return True

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
        stored = await self.stored(group, partitions)
        return {tp: max(0, offset) for tp, offset in stored.items()}

    async def stored(
        self, group: str, partitions: Collection[TopicPartition]
    ) -> dict[TopicPartition, int]:
        """The committed offset of each, -1 if Kafka has none."""
        with kafka_down():
            stored = await self._admin.list_consumer_group_offsets(
                group, partitions=list(partitions)
            )
            if len(stored) < len(partitions):
                # A coordinator that is just starting returns nothing, and aiokafka passes that on.
                raise GroupCoordinatorNotAvailableError(group)
        return {tp: stored[tp].offset for tp in partitions}
