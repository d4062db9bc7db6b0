"""Waits for a condition by polling; gives up only when nothing moves any more."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable, Iterator

# A machine with ten times the load that it can bear is slow; a test of it is not wrong for that.
LIMIT_SECONDS = 300.0
# To look at a program is work for it too.
_FIRST_LOOK, _LONGEST_LOOK = 0.01, 0.25


async def turns(count: int = 20) -> None:
    """Run every task as far as it can get without timers or I/O."""
    for _ in range(count):
        await asyncio.sleep(0)


async def until(
    condition: Callable[[], bool | Awaitable[bool]],
    state: Callable[[], object] = lambda: "",
    seconds: float = LIMIT_SECONDS,
) -> None:
    """Return when `condition` holds.

    Raises AssertionError, with what `state` answers then, when the condition does not hold within
    `seconds`, nor for half of that since `state` last answered something new.
    """
    for pause in _pauses(state, seconds):
        answer = condition()
        if await answer if inspect.isawaitable(answer) else answer:
            return
        await asyncio.sleep(pause)


def until_now(
    condition: Callable[[], bool],
    state: Callable[[], object] = lambda: "",
    seconds: float = LIMIT_SECONDS,
) -> None:
    """As `until`, where no event loop runs."""
    for pause in _pauses(state, seconds):
        if condition():
            return
        time.sleep(pause)


def _pauses(state: Callable[[], object], seconds: float) -> Iterator[float]:
    pause, looked, seen = _FIRST_LOOK, time.monotonic(), object()
    while True:
        yield pause
        pause = min(pause * 1.5, _LONGEST_LOOK)
        if time.monotonic() - looked > seconds / 2:
            looked, before, seen = time.monotonic(), seen, state()
            assert seen != before, f"not within {seconds:g} s, and nothing moves: {seen}"
