"""The two ways in which Faust agents work: in batches, and with a sliding window.

Both acknowledge in order and only what is settled: Faust's own tracking passes over messages in
flight when later ones are acknowledged first (https://github.com/faust-streaming/faust/issues/606).
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


class InHand:
    """The messages that a service's agents work on, and those that they let go of.

    When replicas come or go, Kafka shares the work out anew, and waits until each of them is done
    with what it has. What is let go of is not acknowledged: it comes again, to whoever it is given.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._left: set[int] = set()

    def take(self, settle: Settler, event: EventT[bytes]) -> asyncio.Task[None]:
        """Begin to settle the message of an event."""
        task = asyncio.ensure_future(settle(from_faust(event.message)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def let_go(self, generation: int) -> None:
        """Let go of all that came in a generation of the group, one sharing out of its work."""
        self._left.add(generation)
        for task in self._tasks:
            task.cancel()

    def keeps(self, event: EventT[bytes]) -> bool:
        """Whether an event may be worked on and acknowledged.

        One that was let go of may not, also when it was finished: those before it were not, and
        the last that is acknowledged counts for all.
        """
        return event.message.generation_id not in self._left


async def in_batches(
    stream: Stream, settle: Settler, size: int, within_seconds: float, hand: InHand
) -> None:
    """Settle up to `size` messages at once, acknowledge them in order, take the next."""
    async for events in stream.noack_take(size, within=within_seconds):
        tasks = [hand.take(settle, event) for event in events if hand.keeps(event)]
        # A task that was let go of is cancelled; the others never raise.
        await asyncio.gather(*tasks, return_exceptions=True)
        for event in filter(hand.keeps, events):
            await stream.ack(event)


async def in_window(stream: Stream, settle: Settler, size: int, hand: InHand) -> None:
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
                if hand.keeps(event):
                    await manual.ack(event)

    def land(_: asyncio.Task[None]) -> None:
        free.release()
        landed.set()

    acknowledging = asyncio.create_task(acknowledge())
    try:
        async for event in manual.events():
            await free.acquire()
            if not hand.keeps(event):
                free.release()
                continue
            task = hand.take(settle, event)
            flying.append((event, task))
            task.add_done_callback(land)
    finally:
        for _, task in flying:
            task.cancel()
        acknowledging.cancel()
        with suppress(asyncio.CancelledError):
            await acknowledging
