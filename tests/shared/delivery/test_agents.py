"""Agents acknowledge in order, and only what is settled."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import SimpleNamespace

from shared.delivery.agents import InFlight, Settler, in_batches, in_window
from shared.delivery.message import Message
from testing.waiting import turns, until

LONG = 3600.0


@dataclass
class HeldStream:
    """A Faust stream's manual side: gives out events by number, keeps what was acknowledged."""

    events_to_come: int
    acknowledged: list[int] = field(default_factory=list)
    generation: int = 1

    def noack(self) -> "HeldStream":
        return self

    def _event(self, offset: int) -> SimpleNamespace:
        record = {"topic": "t", "partition": 0, "key": b"", "value": b"", "headers": ()}
        message = SimpleNamespace(
            **record, offset=offset, timestamp=0.0, generation_id=self.generation
        )
        return SimpleNamespace(message=message)

    async def events(self) -> AsyncIterator[SimpleNamespace]:
        for offset in range(self.events_to_come):
            yield self._event(offset)
        await asyncio.Event().wait()

    async def ack(self, event: SimpleNamespace) -> None:
        self.acknowledged.append(event.message.offset)


class QueuedStream(HeldStream):
    """Gives out what is put."""

    def __init__(self) -> None:
        super().__init__(0)
        self.put_events: asyncio.Queue[int] = asyncio.Queue()

    def put(self, offset: int) -> None:
        self.put_events.put_nowait(offset)

    async def events(self) -> AsyncIterator[SimpleNamespace]:
        while True:
            yield self._event(await self.put_events.get())


async def batched(
    stream: HeldStream, settle: Settler, in_flight: InFlight, *, until_acknowledged: int
) -> None:
    agent = asyncio.create_task(in_batches(stream, settle, 2, 0.01, in_flight))
    await until(lambda: len(stream.acknowledged) == until_acknowledged)
    agent.cancel()
    with suppress(asyncio.CancelledError):
        await agent


async def test_a_slow_message_holds_up_no_other_but_keeps_later_ones_unacknowledged() -> None:
    stream = HeldStream(6)
    slow, settled = asyncio.Event(), []

    async def settle(message: Message) -> None:
        if message.offset == 1:
            await slow.wait()
        settled.append(message.offset)

    agent = asyncio.create_task(in_window(stream, settle, size=4, in_flight=InFlight()))
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

    agent = asyncio.create_task(in_window(stream, settle, size=3, in_flight=InFlight()))
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

    await batched(stream, settle, InFlight(), until_acknowledged=5)
    assert stream.acknowledged == [0, 1, 2, 3, 4]
    assert all(max(acked, default=-1) < offset for offset, acked in seen)
    assert [offset for offset, _ in seen] == [1, 0, 3, 2, 4]


async def test_a_window_acknowledges_nothing_of_what_it_let_go_of() -> None:
    stream, in_flight, begun = HeldStream(6), InFlight(), list[int]()

    async def settle(message: Message) -> None:
        begun.append(message.offset)
        if message.offset == 1:
            await asyncio.Event().wait()

    agent = asyncio.create_task(in_window(stream, settle, size=3, in_flight=in_flight))
    await turns()
    assert begun == [0, 1, 2, 3, 4, 5]
    in_flight.abandon({1})
    await turns()
    # 2 to 5 were finished, but not what stands before them.
    assert stream.acknowledged == [0]
    agent.cancel()
    with suppress(asyncio.CancelledError):
        await agent


async def test_what_is_assigned_in_the_next_generation_is_handled() -> None:
    stream, in_flight, begun = HeldStream(9), InFlight(), list[int]()

    async def settle(message: Message) -> None:
        begun.append(message.offset)
        if stream.generation == 1:
            stream.generation = 2
            await asyncio.Event().wait()

    agent = asyncio.create_task(in_window(stream, settle, size=1, in_flight=in_flight))
    await turns()
    # The second was taken from the stream in the old generation, and waits for the window.
    in_flight.abandon({1})
    await turns(60)
    assert begun == [0, *range(2, 9)]
    assert stream.acknowledged == [*range(2, 9)]
    agent.cancel()
    with suppress(asyncio.CancelledError):
        await agent


async def test_work_of_the_next_generation_is_not_abandoned_with_the_last() -> None:
    stream, in_flight, go = HeldStream(3, generation=2), InFlight(), asyncio.Event()
    done: list[int] = []

    async def settle(message: Message) -> None:
        await go.wait()
        done.append(message.offset)

    agent = asyncio.create_task(in_window(stream, settle, size=3, in_flight=in_flight))
    await turns()
    in_flight.abandon({1})
    await turns()
    go.set()
    await turns()
    assert done == stream.acknowledged == [0, 1, 2]
    agent.cancel()
    with suppress(asyncio.CancelledError):
        await agent


async def test_the_first_after_a_quiet_time_is_not_kept_waiting() -> None:
    stream, begun, go = QueuedStream(), list[list[int]](), asyncio.Event()

    async def settle(message: Message) -> None:
        begun.append([message.offset])
        await go.wait()

    agent = asyncio.create_task(in_batches(stream, settle, 3, LONG, InFlight()))
    stream.put(0)
    await turns()
    assert begun == [[0]]
    # These come meanwhile: the next batch waits until it is full.
    stream.put(1)
    go.set()
    stream.put(2)
    await turns()
    assert begun == [[0]]
    stream.put(3)
    await turns()
    assert begun == [[0], [1], [2], [3]]
    assert stream.acknowledged == [0, 1, 2, 3]
    # A quiet time again.
    stream.put(4)
    await turns()
    assert stream.acknowledged == [0, 1, 2, 3, 4]
    agent.cancel()
    with suppress(asyncio.CancelledError):
        await agent


async def test_it_ends_with_its_stream() -> None:
    class Ending(HeldStream):
        async def events(self) -> AsyncIterator[SimpleNamespace]:
            for offset in range(self.events_to_come):
                yield self._event(offset)

    async def settle(_: Message) -> None:
        return

    stream = Ending(3)
    await in_batches(stream, settle, 2, 0.01, InFlight())
    assert stream.acknowledged == [0, 1, 2]


async def test_a_batch_that_is_let_go_of_is_not_acknowledged() -> None:
    stream, in_flight = HeldStream(5), InFlight()

    async def settle(message: Message) -> None:
        if message.offset == 1:
            stream.generation = 2
            in_flight.abandon({1})
            await asyncio.Event().wait()

    await batched(stream, settle, in_flight, until_acknowledged=2)
    # 2 was taken from the stream before that, too.
    assert stream.acknowledged == [3, 4]
