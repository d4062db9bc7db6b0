"""Waiting for what comes by itself: it is looked for, and only what stands still reaches the limit."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable

# A machine with ten times the load that it can bear is slow; a test of it is not wrong for that.
LIMIT_SECONDS = 120.0
_LOOK_SECONDS = 0.02


async def turns(count: int = 20) -> None:
    """Let every task go on as far as it can without the clock or the outside."""
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
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if await answer if inspect.isawaitable(answer) else answer:
            return
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {say()}"
        await asyncio.sleep(_LOOK_SECONDS)


def until_now(
    condition: Callable[[], bool],
    say: Callable[[], object] = lambda: "",
    seconds: float = LIMIT_SECONDS,
) -> None:
    """As `until`, where no event loop runs."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {say()}"
        time.sleep(_LOOK_SECONDS)
