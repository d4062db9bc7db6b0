"""The pace: even, without bursts, live first. The clock is the test's own."""

import asyncio

import pytest

from services.fetcher.archive.pace import Pace, Priority

pytestmark = pytest.mark.looptime

INTERVAL = 2.0


def now() -> float:
    return asyncio.get_running_loop().time()


async def slots(pace: Pace, count: int) -> list[float]:
    """When each of so many slots was given."""

    async def slot() -> float:
        async with pace.slot(Priority.LIVE):
            return now()

    return await asyncio.gather(*(slot() for _ in range(count)))


async def test_requests_are_evenly_spaced_the_first_after_one_interval() -> None:
    begun = now()
    given = await slots(Pace(1 / INTERVAL, 100), 10)
    assert given == [begun + INTERVAL * n for n in range(1, 11)]


async def test_what_was_not_used_is_not_saved_up() -> None:
    pace = Pace(1 / INTERVAL, 100)
    await slots(pace, 1)
    await asyncio.sleep(INTERVAL * 5)
    begun = now()
    assert await slots(pace, 3) == [begun + INTERVAL * n for n in range(3)]


async def test_a_live_capture_precedes_any_backlog() -> None:
    pace = Pace(1 / INTERVAL, 100)
    order: list[str] = []

    async def slot(name: str, priority: Priority) -> None:
        async with pace.slot(priority):
            order.append(name)

    async with asyncio.TaskGroup() as group:
        for number in range(3):
            group.create_task(slot(f"backlog {number}", Priority.BACKLOG))
        await asyncio.sleep(INTERVAL * 1.5)
        group.create_task(slot("live 0", Priority.LIVE))
        group.create_task(slot("live 1", Priority.LIVE))
    assert order == ["backlog 0", "live 0", "live 1", "backlog 1", "backlog 2"]


async def test_a_waiter_that_gave_up_uses_no_interval() -> None:
    pace = Pace(1 / INTERVAL, 100)
    begun = now()
    waiting = asyncio.create_task(slots(pace, 1))
    await asyncio.sleep(0)
    waiting.cancel()
    assert await slots(pace, 1) == [begun + INTERVAL]


async def test_after_a_rest_the_next_request_is_one_interval_later() -> None:
    pace = Pace(1 / INTERVAL, 100)
    await slots(pace, 1)
    await asyncio.sleep(INTERVAL * 3)
    begun = now()
    pace.skip_interval()
    assert await slots(pace, 1) == [begun + INTERVAL]


async def test_requests_wait_for_answers_and_do_not_burst_after_them() -> None:
    pace = Pace(1 / INTERVAL, 4)
    answered = asyncio.Event()
    sent: list[float] = []
    begun = now()

    async def ask() -> None:
        async with pace.slot(Priority.LIVE):
            sent.append(now() - begun)
            await answered.wait()

    async with asyncio.TaskGroup() as group:
        for _ in range(12):
            group.create_task(ask())
        await asyncio.sleep(INTERVAL * 20)
        assert sent == [INTERVAL * n for n in range(1, 5)]
        answered.set()
    assert sent[4:] == [INTERVAL * n for n in range(20, 28)]
