"""Deletes old events from Kafka, once everybody has read them and the tables have their rows.

What they said is in the database and the blob store by then, of which `mofcom rebuild` makes either again.
Kafka's own retention looks at the clock alone: it would also delete what still waits to be read.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import TopicAuthorizationFailedError

from services.indexer.ledger import INDEXER
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from shared.errors import DependencyDown
from shared.loops import every
from shared.offsets import Offsets
from shared.topics import EXCHANGED, READ_BY, TRANSLATION_REQUESTED, TRANSLATOR_BACKGROUND

log = structlog.get_logger()

# The database says what the indexer has read: an older backup of it may have been restored.
_OTHERS = {group: topics for group, topics in READ_BY.items() if group != INDEXER} | {
    TRANSLATOR_BACKGROUND: (TRANSLATION_REQUESTED,)
}


class Retention:
    """Looks every `retention_seconds`. Several indexers may do so at once."""

    def __init__(self, settings: IndexerSettings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._offsets = Offsets(settings)

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        if not self._settings.kafka_retention_days:
            await stop.wait()
            return
        try:
            await every(self._settings.retention_seconds, self._step, stop=stop)
        finally:
            await self._offsets.stop()

    async def _step(self) -> None:
        days = timedelta(days=self._settings.kafka_retention_days)
        await self.delete_before(datetime.now(UTC) - days)

    async def delete_before(self, time: datetime) -> int:
        """Delete what is older than `time` and read by everybody; returns how many offsets that are.

        Raises DependencyDown.
        """
        await self._offsets.start()
        partitions = await self._offsets.partitions(EXCHANGED)
        async with self._store.transaction() as transaction:
            read = [await transaction.read_offsets()]
        for group, topics in _OTHERS.items():
            names = {topic.name for topic in topics}
            own = [tp for tp in partitions if tp.topic in names]
            read.append(await self._offsets.committed(group, own))
        first = await self._offsets.beginnings(partitions)
        to_delete = deletable(read, await self._offsets.first_since(partitions, time), first)
        try:
            await self._offsets.delete_before(to_delete)
        except DependencyDown as down:
            if not isinstance(down.__cause__, TopicAuthorizationFailedError):
                raise
            log.warning(
                "old events stay in Kafka: the indexer may not delete them",
                next_step="`python -m deploy.init acls` prints the right, MOFCOM_KAFKA_RETENTION_DAYS=0 does without",
            )
            return 0
        number = sum(offset - first[tp] for tp, offset in to_delete.items())
        if number:
            log.info("old events deleted", number=number, older_than=time.isoformat())
        return number


def deletable(
    read: Sequence[Mapping[TopicPartition, int]],
    since: Mapping[TopicPartition, int],
    first: Mapping[TopicPartition, int],
) -> dict[TopicPartition, int]:
    """The offset before which each partition may be emptied, if there is anything before it.

    `read` has the next offset of each reader in the partitions that it reads, the indexer's first; `since` that
    of the first record which is too young, `first` that of the first one that is there. The last record read stays:
    by it the indexer knows, when it starts, that the topic is the same.

    >>> log = TopicPartition("capture.fetched", 0)
    >>> deletable([{log: 90}, {log: 70}], {log: 80}, {log: 20})
    {TopicPartition(topic='capture.fetched', partition=0): 69}
    """
    found = {}
    for tp in since.keys() & read[0].keys():
        before = min(since[tp], *(one[tp] for one in read if tp in one)) - 1
        if before > first.get(tp, 0):
            found[tp] = before
    return found
