"""Batches concurrent calls: those made while others are worked on are worked on together."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from shared.errors import DependencyDown

A = TypeVar("A")
R = TypeVar("R")


class Batcher(Generic[A, R]):
    """Calls `work` with the items of several callers; it returns one result each, in their order.

    The first call is not delayed. If `work` fails with anything but DependencyDown, each item is
    tried alone, so that a bad item fails only its own caller.
    """

    def __init__(
        self,
        work: Callable[[Sequence[A]], Awaitable[Sequence[R]]],
        *,
        most: int = 100,
        at_once: int = 1,
    ) -> None:
        """`most`: items in a batch; `at_once`: batches under way together."""
        self._work = work
        self._most = most
        self._at_once = at_once
        self._waiting: list[tuple[A, asyncio.Future[R]]] = []
        self._tasks: set[asyncio.Task[None] | None] = set()

    async def __call__(self, item: A) -> R:
        """The result for `item`. Raises what `work` raises."""
        result: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, result))
        if len(self._tasks) < self._at_once:
            self._tasks.add(asyncio.create_task(self._run()))
        return await result

    async def _run(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            await self._settle(batch)
        # At once, not in a callback: a call in between would wait for ever.
        self._tasks.discard(asyncio.current_task())

    async def _settle(self, batch: Sequence[tuple[A, asyncio.Future[R]]]) -> None:
        try:
            results = await self._work([item for item, _ in batch])
        except Exception as error:  # noqa: BLE001 - raised in the callers
            if len(batch) > 1 and not isinstance(error, DependencyDown):
                for each in batch:
                    await self._settle([each])
                return
            for _, result in batch:
                # A cancelled caller does not need it.
                if not result.done():
                    result.set_exception(error)
            return
        for (_, result), value in zip(batch, results, strict=True):
            if not result.done():
                result.set_result(value)
