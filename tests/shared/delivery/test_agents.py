"""Agents acknowledge in order, and only what is settled."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import SimpleNamespace

from shared.delivery.agents import in_batches, in_window
from shared.delivery.message import Message


@dataclass
class HeldStream:
    """A Faust stream's manual side: gives out events by number, keeps what was acknowledged."""

    events_to_come: int
    acknowledged: list[int] = field(default_factory=list)

    def noack(self) -> "HeldStream":
        return self

    def _event(self, offset: int) -> SimpleNamespace:
        record = {"topic": "t", "partition": 0, "key": b"", "value": b"", "headers": ()}
        return SimpleNamespace(message=SimpleNamespace(**record, offset=offset, timestamp=0.0))

    async def events(self) -> AsyncIterator[SimpleNamespace]:
        for offset in range(self.events_to_come):
            yield self._event(offset)
        await asyncio.Event().wait()

    async def noack_take(self, size: int, within: float) -> AsyncIterator[Sequence[object]]:
        offsets = list(range(self.events_to_come))
        while offsets:
            yield [self._event(offset) for offset in offsets[:size]]
            del offsets[:size]

    async def ack(self, event: SimpleNamespace) -> None:
        self.acknowledged.append(event.message.offset)


async def turns(count: int = 20) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_a_slow_message_holds_up_no_other_but_keeps_later_ones_unacknowledged() -> None:
    stream = HeldStream(6)
    slow, settled = asyncio.Event(), []

    async def settle(message: Message) -> None:
        if message.offset == 1:
            await slow.wait()
        settled.append(message.offset)

    agent = asyncio.create_task(in_window(stream, settle, size=4))
    await turns()
    assert settled == [0, 2, 3, 4, 5]
    assert stream.acknowledged == [0]
    slow.set()
    await turns()
    assert stream.acknowledged == [0, 1, 2, 3, 4, 5]
    agent.cancel()
    with suppress(asyncio.CancelledError):
        await agent


async def test_the_window_takes_no_more_than_its_size() -> None:
    stream, begun = HeldStream(10), []

    async def settle(message: Message) -> None:
        begun.append(message.offset)
        await asyncio.Event().wait()

    agent = asyncio.create_task(in_window(stream, settle, size=3))
    await turns()
    assert begun == [0, 1, 2]
    agent.cancel()
    with suppress(asyncio.CancelledError):
        await agent
    assert stream.acknowledged == []


async def test_batches_are_acknowledged_in_order_after_all_are_settled() -> None:
    stream = HeldStream(5)
    seen: list[tuple[int, list[int]]] = []

    async def settle(message: Message) -> None:
        # The later in its batch, the sooner it is done.
        await turns(10 - message.offset)
        seen.append((message.offset, list(stream.acknowledged)))

    await in_batches(stream, settle, size=2, within_seconds=0.01)
    assert stream.acknowledged == [0, 1, 2, 3, 4]
    assert all(max(acked, default=-1) < offset for offset, acked in seen)
    assert [offset for offset, _ in seen] == [1, 0, 3, 2, 4]
