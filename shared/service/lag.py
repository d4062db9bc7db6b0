"""Watches the lag of a consumer group, for the metrics and for the health of a service."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence, Set

import structlog
from aiokafka import TopicPartition

from shared.errors import DependencyDown
from shared.health import Health
from shared.loops import every
from shared.metrics import LAG
from shared.offsets import Offsets
from shared.settings import Settings
from shared.topics import Topic

log = structlog.get_logger()

# How much longer a look is waited for after one at which nothing was behind.
_AT_REST = 3
# Partitions may be added while a service runs.
_LOOKS_PER_LIST = 4


class LagWatch:
    """Compares committed with end offsets, from outside the group.

    A moving committed offset proves that a consumer works: Faust agents have been seen to stop
    silently after a broker outage (https://github.com/faust-streaming/faust/issues/175, also 166
    and 523).

    An end that goes back belongs to another log: the topic was deleted and made again. Faust drops what
    comes at an offset that it has read once, so the partitions are handed to `read_again`.
    """

    def __init__(
        self,
        settings: Settings,
        group: str,
        topics: Sequence[Topic],
        assigned: Callable[[], Set[TopicPartition]],
        health: Health,
        read_again: Callable[[Collection[TopicPartition]], Awaitable[None]],
    ) -> None:
        self._assigned = assigned
        self._group = group
        self._topics = topics
        self._health = health
        self._poll_seconds = settings.lag_seconds
        self._partitions: list[TopicPartition] = []
        self._offsets = Offsets(settings)
        self._committed: dict[TopicPartition, int] = {}
        self._behind = True
        self._ends: dict[TopicPartition, int] = {}
        self._looks = 0
        self._read_again = read_again

    async def run(self) -> None:
        """Watch until cancelled."""
        try:
            await every(self._poll_seconds, self._step, self._health)
        finally:
            await self._offsets.stop()

    async def _step(self) -> float | None:
        seconds = 2 * self._poll_seconds
        try:
            await asyncio.wait_for(self._poll(), seconds)
        except TimeoutError:
            # The clients wait for a broker silently; here it becomes visible.
            raise DependencyDown("kafka", f"no answer in {seconds:g} s") from None
        # Whoever has nothing to do cannot stand still.
        return None if self._behind else _AT_REST * self._poll_seconds

    async def _poll(self) -> None:
        await self._offsets.start()
        if not self._partitions or self._looks % _LOOKS_PER_LIST == 0:
            self._partitions = await self._offsets.partitions(self._topics)
        self._looks += 1
        committed = await self._offsets.committed(self._group, self._partitions)
        last = self._committed
        ends = await self._offsets.ends(committed)
        made_again = {
            tp
            for tp in self._assigned()
            if ends.get(tp, 0) < max(committed.get(tp, 0), self._ends.get(tp, 0))
        }
        self._ends = ends
        if made_again:
            log.warning("a topic was made again", partitions=sorted(map(str, made_again)))
            await self._read_again(made_again)
            return
        behind = await self._offsets.behind(
            committed, lambda tp: committed[tp] == last.get(tp), ends
        )
        for topic in self._topics:
            LAG.labels(topic.name).set(sum(n for tp, n in behind.items() if tp.topic == topic.name))
        # What another member is assigned is not ours to wait for: it may hold it for hours. Without
        # any, this one may stand by, or its group may have left partitions to nobody.
        ours = set(behind) & self._assigned()
        if not ours:
            ours = set(behind) - await self._offsets.assigned(self._group)
        moved = any(committed[tp] != self._committed.get(tp) for tp in ours)
        self._behind = any(behind.values())
        self._health.saw_lag(sum(behind[tp] for tp in ours), moved)
        self._committed = committed
