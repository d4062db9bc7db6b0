"""The background lane: `translation.requested`, one at a time, while an engine is available.

Its work waits for days where no engine is, so it is not a second agent of Faust's
(shared.delivery.consumer).
"""

from collections.abc import Sequence, Set

from aiokafka import TopicPartition

from services.translator.engines.engine import Engine
from services.translator.priority import Priority
from shared.delivery.agents import Settler
from shared.delivery.consumer import Batch, Settled
from shared.errors import DependencyDown
from shared.health import Health
from shared.loops import while_down


class Background:
    """The consumer's work: settles requests for translation."""

    def __init__(
        self,
        engines: Sequence[Engine],
        settle: Settler,
        priority: Priority,
        look_seconds: float,
        health: Health,
    ) -> None:
        """`look_seconds` is how often to check for an available engine."""
        self._engines = engines
        self._settle = settle
        self._priority = priority
        self._look_seconds = look_seconds
        self._health = health

    async def __call__(self, batch: Batch, first: Set[TopicPartition]) -> Settled:
        """Wait for an engine and until there is no live work, then settle each message."""
        for message in (each for some in batch.values() for each in some):
            # The service is ready without one, so this is no wait of its health.
            await while_down(self._engine_there, None, self._look_seconds)
            await self._priority.before_background_call()
            await self._settle(message)
        return Settled({partition: some[-1].offset + 1 for partition, some in batch.items()})

    async def _engine_there(self) -> None:
        """Return when any engine can translate, else raise DependencyDown that says why."""
        states = [(engine.name, await engine.health()) for engine in self._engines]
        missing = all(why is not None for _, why in states)
        self._health.troubles = frozenset({"model-missing"} if missing and states else ())
        if missing:
            why = "; ".join(f"{name}: {why}" for name, why in states) or "no engine is set"
            raise DependencyDown("engine", why)
