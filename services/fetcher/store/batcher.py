"""Batches concurrent calls: calls made during one round trip share the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from shared.errors import DependencyDown

A = TypeVar("A")
R = TypeVar("R")

_MOST = 100


class Batcher(Generic[A, R]):
    """Calls `work` with the items of several callers; it returns one result each, in their order.

    The first call is not delayed. If `work` fails with anything but DependencyDown, each item is
    tried alone, so that a bad item fails only its own caller.
    """

    def __init__(self, work: Callable[[Sequence[A]], Awaitable[Sequence[R]]]) -> None:
        self._work = work
        self._waiting: list[tuple[A, asyncio.Future[R]]] = []
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, item: A) -> R:
        """The result for `item`. Raises what `work` raises."""
        result: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, result))
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await result

    async def _run(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            await self._settle(batch)
        self._task = None

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
