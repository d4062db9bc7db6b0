"""Two loops for Faust agents: in batches, and with a sliding window.

Both acknowledge in order and only what is settled: Faust's own tracking skips messages in flight
when later ones are acknowledged first (https://github.com/faust-streaming/faust/issues/606).
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Set
from contextlib import aclosing, suppress
from typing import Any

from faust.types import EventT

from shared.delivery.message import Message, from_faust

# Faust's type of a stream lacks noack().
Stream = Any
Settler = Callable[[Message], Awaitable[None]]


class InFlight:
    """The messages that a service's agents are processing, and the generations they abandoned.

    In a rebalance Kafka waits until every member has finished its messages. What a member abandons
    is not acknowledged: it is redelivered to the next owner of the partition.
    """

    def __init__(self) -> None:
        self._generations: dict[asyncio.Task[None], int | None] = {}
        self._abandoned: set[int | None] = set()

    def take(self, settle: Settler, event: EventT[bytes]) -> asyncio.Task[None]:
        """Start settling the message of an event."""
        task = asyncio.ensure_future(settle(from_faust(event.message)))
        self._generations[task] = event.message.generation_id
        task.add_done_callback(self._generations.pop)
        return task

    def abandon(self, generations: Set[int | None]) -> None:
        """Abandon all messages of generations of the consumer group (from one rebalance to the next)."""
        self._abandoned |= generations
        for task, generation in self._generations.items():
            if generation in generations:
                task.cancel()

    def is_current(self, event: EventT[bytes]) -> bool:
        """Whether an event may be processed and acknowledged.

        An abandoned one may not, even if it was finished: those before it were not, and
        acknowledging a message acknowledges all before it.
        """
        return event.message.generation_id not in self._abandoned


async def in_batches(
    stream: Stream, settle: Settler, size: int, within_seconds: float, in_flight: InFlight
) -> None:
    """Settle up to `size` messages at once, acknowledge them in order, take the next.

    While they keep coming, those of `within_seconds` are settled together; the first after a quiet
    time is not kept waiting. Nothing is looked at while nothing comes: Faust's own `noack_take` would
    look every `within_seconds`.
    """
    manual = stream.noack()
    async with aclosing(_batches(manual.events(), size, within_seconds)) as batches:
        async for events in batches:
            tasks = [
                in_flight.take(settle, event) for event in events if in_flight.is_current(event)
            ]
            # Abandoned tasks are cancelled; the others never raise.
            await asyncio.gather(*tasks, return_exceptions=True)
            for event in filter(in_flight.is_current, events):
                await manual.ack(event)


async def _batches(
    events: AsyncIterator[EventT[bytes]], size: int, within_seconds: float
) -> AsyncGenerator[list[EventT[bytes]], None]:
    clock = asyncio.get_running_loop().time
    coming = asyncio.ensure_future(anext(events))
    within = 0.0
    try:
        while True:
            batch = [await coming]
            coming = asyncio.ensure_future(anext(events))
            until = clock() + within
            while len(batch) < size:
                await asyncio.wait({coming}, timeout=max(0.0, until - clock()))
                # What ended the stream is raised when the batch is done.
                if not coming.done() or coming.exception():
                    break
                batch.append(coming.result())
                coming = asyncio.ensure_future(anext(events))
            yield batch
            # Has another come meanwhile, there are more to wait for.
            within = within_seconds if coming.done() else 0.0
    except StopAsyncIteration:
        pass
    finally:
        coming.cancel()
        with suppress(asyncio.CancelledError, StopAsyncIteration):
            await coming


async def in_window(stream: Stream, settle: Settler, size: int, in_flight: InFlight) -> None:
    """Keep up to `size` messages in flight, so that a slow one does not block the others.

    A message is acknowledged when it and all before it are settled.
    """
    manual = stream.noack()
    free = asyncio.Semaphore(size)
    pending: deque[tuple[EventT[bytes], asyncio.Task[None]]] = deque()
    one_settled = asyncio.Event()

    async def acknowledge() -> None:
        while True:
            await one_settled.wait()
            one_settled.clear()
            while pending and pending[0][1].done():
                event, _ = pending.popleft()
                if in_flight.is_current(event):
                    await manual.ack(event)

    def on_settled(_: asyncio.Task[None]) -> None:
        free.release()
        one_settled.set()

    acknowledging = asyncio.create_task(acknowledge())
    try:
        async for event in manual.events():
            await free.acquire()
            if not in_flight.is_current(event):
                free.release()
                continue
            task = in_flight.take(settle, event)
            pending.append((event, task))
            task.add_done_callback(on_settled)
    finally:
        for _, task in pending:
            task.cancel()
        acknowledging.cancel()
        with suppress(asyncio.CancelledError):
            await acknowledging
