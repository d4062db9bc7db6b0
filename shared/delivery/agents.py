"""The two ways in which Faust agents work: in batches, and with a sliding window.

Both acknowledge in order and only what is settled: Faust's own tracking passes over messages in
flight when later ones are acknowledged first (faust-streaming issue 606).
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from faust.types import EventT

from shared.delivery.message import Message, from_faust

# Faust's own type of a stream knows nothing of noack().
Stream = Any
Settler = Callable[[Message], Awaitable[None]]


async def in_batches(stream: Stream, settle: Settler, size: int, within_seconds: float) -> None:
    """Settle up to `size` messages at once, acknowledge them in order, take the next."""
    async for events in stream.noack_take(size, within=within_seconds):
        await asyncio.gather(*(settle(from_faust(event.message)) for event in events))
        for event in events:
            await stream.ack(event)


async def in_window(stream: Stream, settle: Settler, size: int) -> None:
    """Keep up to `size` messages in flight, so that one slow answer holds up none.

    A message is acknowledged when it and all before it are settled.
    """
    manual = stream.noack()
    free = asyncio.Semaphore(size)
    flying: deque[tuple[EventT[bytes], asyncio.Task[None]]] = deque()
    landed = asyncio.Event()

    async def acknowledge() -> None:
        while True:
            await landed.wait()
            landed.clear()
            while flying and flying[0][1].done():
                event, _ = flying.popleft()
                await manual.ack(event)

    def land(_: asyncio.Task[None]) -> None:
        free.release()
        landed.set()

    acknowledging = asyncio.create_task(acknowledge())
    try:
        async for event in manual.events():
            await free.acquire()
            task = asyncio.create_task(_settled(settle, event))
            flying.append((event, task))
            task.add_done_callback(land)
    finally:
        for _, task in flying:
            task.cancel()
        acknowledging.cancel()
        with suppress(asyncio.CancelledError):
            await acknowledging


async def _settled(settle: Settler, event: EventT[bytes]) -> None:
    await settle(from_faust(event.message))
