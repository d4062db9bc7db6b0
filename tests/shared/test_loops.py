"""Loops say what they wait for, continue after it, and end when they are stopped."""

import asyncio
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from shared.errors import DependencyDown
from shared.health import Health
from shared.loops import every, until_result, while_down
from testing.waiting import LIMIT_SECONDS, until

LONG = 3600.0


class Step:
    """Answers or raises what it is given, one after the other, then sets `done`."""

    def __init__(self, *ends: float | Exception | None) -> None:
        self._ends: Iterator[float | Exception | None] = iter(ends)
        self.calls = 0
        self.done = asyncio.Event()

    async def __call__(self) -> float | None:
        self.calls += 1
        end = next(self._ends, self)
        if end is self:
            self.done.set()
            return LONG
        if isinstance(end, Exception):
            raise end
        assert not isinstance(end, Step)
        return end


@pytest.fixture
def health() -> Health:
    return Health(60, started=True)


async def looped(step: Step, seconds: float, health: Health, hold_seconds: float = LONG) -> None:
    loop = asyncio.create_task(every(seconds, step, health, hold_seconds=hold_seconds))
    try:
        await asyncio.wait_for(step.done.wait(), LIMIT_SECONDS)
    finally:
        loop.cancel()
        await asyncio.wait({loop})
    assert loop.cancelled()


async def test_a_step_may_say_when_it_runs_next(health: Health) -> None:
    await looped(step := Step(0, 0, 0), LONG, health)
    assert step.calls == 4
    await looped(step := Step(None, None), 0, health)
    assert step.calls == 3


async def test_a_dependency_that_is_down_is_reported_and_retried(health: Health) -> None:
    away = DependencyDown("database", "away")
    with capture_logs() as said:
        await looped(Step(away, away, away), LONG, health, hold_seconds=0)
    # Once for each reason.
    assert [line["why"] for line in said] == ["away"]
    assert health.why_not_ready() == []


async def test_a_dependency_that_is_back_is_waited_for_no_more(health: Health) -> None:
    away = DependencyDown("database", "away")
    step = Step(away, 0, away)
    with capture_logs() as said:
        loop = asyncio.create_task(every(LONG, step, health, hold_seconds=0))
        await asyncio.wait_for(step.done.wait(), LIMIT_SECONDS)
        # The loop still runs, and pauses.
        await until(lambda: health.why_not_ready() == [])
        loop.cancel()
        await asyncio.wait({loop})
    # Down a second time for the same reason is news.
    assert [line["why"] for line in said] == ["away", "away"]


async def test_many_that_wait_for_one_dependency_are_one_line_of_the_log(health: Health) -> None:
    why = "closed"

    async def asks() -> None:
        raise DependencyDown("archive", why)

    with capture_logs() as said:
        waiting = [asyncio.create_task(while_down(asks, health, 0.001)) for _ in range(40)]
        await until(lambda: health.holds == 40)
        # Another reason within a minute is no line of its own: one that changes all the time is none.
        why = "closed, and one request is probing"
        await until(lambda: health.why_not_ready() == [f"archive: {why}"])
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting)
    assert [(line["waiting_for"], line["why"]) for line in said] == [("archive", "closed")]


async def test_health_waits_as_long_as_the_step_does(health: Health) -> None:
    step = Step(DependencyDown("database", "away"))
    loop = asyncio.create_task(every(0, step, health, hold_seconds=LONG))
    await until(lambda: health.why_not_ready() == ["database: away"])
    loop.cancel()
    await asyncio.wait({loop})
    # Whoever is let go of waits for nothing any more.
    assert health.why_not_ready() == []


@pytest.mark.looptime
async def test_a_dependency_that_is_down_is_tried_as_often_as_the_step(health: Health) -> None:
    step = Step(DependencyDown("database", "away"))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(every(LONG, step, health), LONG * 1.5)
    assert step.calls == 2


async def test_it_stops_between_two_steps_and_never_within_one(health: Health) -> None:
    stop, going, go = asyncio.Event(), asyncio.Event(), asyncio.Event()
    ended = []

    async def step() -> None:
        going.set()
        await go.wait()
        ended.append(1)

    loop = asyncio.create_task(every(LONG, step, health, stop=stop))
    await going.wait()
    stop.set()
    go.set()
    await asyncio.wait_for(loop, LIMIT_SECONDS)
    assert ended == [1]


async def test_a_pause_ends_with_the_stop(health: Health) -> None:
    step, stop = Step(), asyncio.Event()
    loop = asyncio.create_task(every(LONG, step, health, stop=stop))
    await step.done.wait()
    stop.set()
    await asyncio.wait_for(loop, LIMIT_SECONDS)


async def test_what_nobody_foresaw_ends_it(health: Health) -> None:
    with pytest.raises(ZeroDivisionError):
        await every(LONG, Step(ZeroDivisionError()), health)


async def test_waiting_answers_what_the_step_does_in_the_end(health: Health) -> None:
    away = DependencyDown("kafka", "away")
    assert await while_down(Step(away, away, 7.0), health, 0) == 7.0
    assert health.why_not_ready() == []


async def test_nothing_waits_once_it_is_cancelled(health: Health) -> None:
    holding = asyncio.create_task(while_down(Step(DependencyDown("kafka", "away")), health, LONG))
    await until(lambda: health.why_not_ready() == ["kafka: away"])
    holding.cancel()
    await asyncio.wait({holding})
    assert (holding.cancelled(), health.holds) == (True, 0)


async def test_a_step_is_repeated_until_it_has_a_result_which_may_be_zero() -> None:
    assert await until_result(0, step := Step(None, None, 0.0)) == 0.0
    assert step.calls == 3


async def test_between_two_steps_without_a_result_is_a_pause() -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(until_result(LONG, step := Step(None, 1.0)), 0.1)
    assert step.calls == 1
