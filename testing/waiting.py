"""Waits for a condition by polling, up to a time limit."""

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
    say: Callable[[], object] = lambda: "",
    seconds: float = LIMIT_SECONDS,
) -> None:
    """Return when `condition` holds.

    Raises AssertionError, with what `say` answers then, when it does not within `seconds`.
    """
    for pause in _pauses(say, seconds):
        answer = condition()
        if await answer if inspect.isawaitable(answer) else answer:
            return
        await asyncio.sleep(pause)


def until_now(
    condition: Callable[[], bool],
    say: Callable[[], object] = lambda: "",
    seconds: float = LIMIT_SECONDS,
) -> None:
    """As `until`, where no event loop runs."""
    for pause in _pauses(say, seconds):
        if condition():
            return
        time.sleep(pause)


def _pauses(say: Callable[[], object], seconds: float) -> Iterator[float]:
    deadline, pause = time.monotonic() + seconds, _FIRST_LOOK
    while True:
        yield pause
        pause = min(pause * 1.5, _LONGEST_LOOK)
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {say()}"
