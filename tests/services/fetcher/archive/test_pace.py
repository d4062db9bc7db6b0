"""The pace: even, without bursts, live first."""

import asyncio
from itertools import pairwise

from services.fetcher.archive.pace import Pace, Priority

INTERVAL = 0.02


async def turns(pace: Pace, count: int, priority: Priority = Priority.LIVE) -> list[float]:
    loop = asyncio.get_running_loop()

    async def turn() -> float:
        async with pace.turn(priority):
            return loop.time()

    return await asyncio.gather(*(turn() for _ in range(count)))


async def test_turns_come_at_an_even_interval_the_first_after_one() -> None:
    pace = Pace(1 / INTERVAL, 100)
    begun = asyncio.get_running_loop().time()
    given = await turns(pace, 10)
    gaps = [b - a for a, b in pairwise([begun, *given])]
    # The loop's clock rounds down to what the selector can wait for.
    assert min(gaps) > INTERVAL * 0.95
    assert given[-1] - begun < 10 * INTERVAL * 2


async def test_what_was_not_used_is_not_saved_up() -> None:
    pace = Pace(1 / INTERVAL, 100)
    await turns(pace, 1)
    await asyncio.sleep(INTERVAL * 5)
    given = await turns(pace, 3)
    assert all(b - a > INTERVAL * 0.95 for a, b in pairwise(given))


async def test_a_live_capture_goes_before_any_backlog() -> None:
    pace = Pace(1 / INTERVAL, 100)
    order: list[str] = []

    async def turn(name: str, priority: Priority) -> None:
        async with pace.turn(priority):
            order.append(name)

    async with asyncio.TaskGroup() as group:
        for number in range(3):
            group.create_task(turn(f"backlog {number}", Priority.BACKLOG))
        await asyncio.sleep(INTERVAL * 1.5)
        group.create_task(turn("live 0", Priority.LIVE))
        group.create_task(turn("live 1", Priority.LIVE))
    assert order == ["backlog 0", "live 0", "live 1", "backlog 1", "backlog 2"]


async def test_a_waiter_that_gave_up_costs_no_turn() -> None:
    pace = Pace(1 / INTERVAL, 100)
    waiting = asyncio.create_task(turns(pace, 1))
    await asyncio.sleep(0)
    waiting.cancel()
    begun = asyncio.get_running_loop().time()
    (given,) = await turns(pace, 1)
    assert given - begun < INTERVAL * 1.9


async def test_after_a_rest_the_next_turn_comes_one_interval_later() -> None:
    pace = Pace(1 / INTERVAL, 100)
    await turns(pace, 1)
    await asyncio.sleep(INTERVAL * 3)
    begun = asyncio.get_running_loop().time()
    pace.rest()
    (given,) = await turns(pace, 1)
    assert INTERVAL * 0.95 < given - begun < INTERVAL * 2


async def test_turns_wait_for_answers_and_do_not_come_in_a_burst_after_them() -> None:
    pace = Pace(1 / INTERVAL, 4)
    answered = asyncio.Event()
    sent: list[float] = []

    async def ask() -> None:
        async with pace.turn(Priority.LIVE):
            sent.append(asyncio.get_running_loop().time())
            await answered.wait()

    async with asyncio.TaskGroup() as group:
        for _ in range(12):
            group.create_task(ask())
        await asyncio.sleep(INTERVAL * 20)
        assert len(sent) == 4
        answered.set()
    assert min(b - a for a, b in pairwise(sent)) > INTERVAL * 0.95
