"""What the services have not read yet, by Kafka and the database."""

from collections.abc import Mapping

from aiokafka import TopicPartition

from shared.offsets import Offsets
from shared.topics import EXCHANGED, READ_BY

# Those between a capture and its row; what waits for the archive is not waited for.
_GROUPS = ("parser", "translator")


async def committed(offsets: Offsets) -> dict[TopicPartition, int]:
    """The offsets from which parser and translator read on.

    Ask for them before what the indexer has read: what they published until then counts too.
    """
    found: dict[TopicPartition, int] = {}
    for group in _GROUPS:
        found |= await offsets.committed(group, await offsets.partitions(READ_BY[group]))
    return found


async def count_unread(
    offsets: Offsets, committed: Mapping[TopicPartition, int], read: Mapping[str, int]
) -> int:
    """Messages that parser, translator or indexer have not read.

    `read` has the indexer's next offsets by ``TOPIC/PARTITION``, as the view `pipeline_open` says.
    """
    ends = await offsets.ends(await offsets.partitions(EXCHANGED))
    indexed = {tp: read.get(f"{tp.topic}/{tp.partition}", 0) for tp in ends}
    # Beyond the end: of a topic that was lost and made again, of which nothing is read yet.
    indexed |= {tp: 0 for tp, at in indexed.items() if at > ends[tp]}
    behind = (await offsets.behind(committed), await offsets.behind(indexed))
    return sum(sum(numbers.values()) for numbers in behind)
