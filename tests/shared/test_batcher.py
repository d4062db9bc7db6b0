"""One round trip for many callers."""

import asyncio
from collections.abc import Sequence

import pytest

from shared.batcher import Batcher
from shared.errors import DependencyDown
from testing.waiting import turns

pytestmark = pytest.mark.looptime


class Work:
    """Doubles numbers, a moment for each lot; fails for 13, and while it is `away`."""

    def __init__(self) -> None:
        self.lots: list[list[int]] = []
        self.away = False

    async def __call__(self, numbers: Sequence[int]) -> Sequence[int]:
        self.lots.append(list(numbers))
        await asyncio.sleep(0.01)
        if self.away:
            raise DependencyDown("postgres", "away")
        if 13 in numbers:
            raise ValueError("13")
        return [number * 2 for number in numbers]


async def test_what_arrives_meanwhile_goes_into_the_next_batch() -> None:
    work = Work()
    together = Batcher(work)
    first = asyncio.create_task(together(1))
    await turns()
    assert list(await asyncio.gather(first, together(2), together(3))) == [2, 4, 6]
    assert work.lots == [[1], [2, 3]]
    assert await together(4) == 8


async def test_a_bad_item_fails_only_its_own_caller() -> None:
    together = Batcher(Work())
    results = await asyncio.gather(*map(together, (12, 13, 14)), return_exceptions=True)
    assert results[0::2] == [24, 28]
    assert isinstance(results[1], ValueError)


async def test_a_dependency_that_is_down_fails_all_waiting_callers_at_once() -> None:
    work = Work()
    work.away = True
    together = Batcher(work)
    results = await asyncio.gather(*map(together, (1, 2, 3)), return_exceptions=True)
    assert all(isinstance(result, DependencyDown) for result in results)
    assert work.lots == [[1, 2, 3]]
    work.away = False
    assert await together(1) == 2


async def test_a_caller_that_was_cancelled_holds_up_nobody() -> None:
    together = Batcher(Work())
    gone, stays = (asyncio.create_task(together(n)) for n in (1, 2))
    await turns()
    gone.cancel()
    assert await stays == 4
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_a_hundred_at_a_time_at_most() -> None:
    work = Work()
    assert await asyncio.gather(*map(Batcher(work), range(14, 264))) == list(range(28, 528, 2))
    assert [len(lot) for lot in work.lots] == [100, 100, 50]


async def test_so_many_batches_are_under_way_together() -> None:
    work = Work()
    loop = asyncio.get_running_loop()
    started = loop.time()
    together = Batcher(work, most=2, at_once=3)
    assert await asyncio.gather(*map(together, range(14, 24))) == list(range(28, 48, 2))
    assert [len(lot) for lot in work.lots] == [2, 2, 2, 2, 2]
    # Three lots, then two.
    assert loop.time() - started == pytest.approx(0.02)
    assert await together(1) == 2
