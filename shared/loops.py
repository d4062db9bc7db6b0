"""Loops: do something every few seconds, until it has a result, or until a dependency is back."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

import structlog

from shared.errors import DependencyDown
from shared.health import Health

log = structlog.get_logger()

T = TypeVar("T")


async def every(
    seconds: float,
    step: Callable[[], Awaitable[float | None]],
    health: Health | None = None,
    *,
    hold_seconds: float | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Run `step` every `seconds`, until cancelled, or until `stop` is set and the step has ended.

    A step may return the seconds until its next run, 0 for at once. While it raises DependencyDown,
    the log (and `health`, if given) says which dependency it waits for, and it is retried after
    `hold_seconds`, by default after `seconds`. Any other exception ends the loop.
    """
    waiting = _Waiting(health)
    try:
        while stop is None or not stop.is_set():
            try:
                wanted = await step()
            except DependencyDown as down:
                waiting.on(down)
                pause = seconds if hold_seconds is None else hold_seconds
            else:
                waiting.over()
                pause = seconds if wanted is None else wanted
            await _sleep(pause, stop)
    finally:
        waiting.over()


async def until_result(seconds: float, step: Callable[[], Awaitable[T | None]]) -> T:
    """Run `step` every `seconds` until it returns something other than None, and return that."""
    while True:
        if (result := await step()) is not None:
            return result
        await asyncio.sleep(seconds)


async def while_down(
    step: Callable[[], Awaitable[T]], health: Health | None, hold_seconds: float
) -> T:
    """The result of `step`, retried every `hold_seconds` while it raises DependencyDown.

    Meanwhile the log (and `health`, if given) says which dependency it waits for.
    """
    waiting = _Waiting(health)
    try:
        while True:
            try:
                return await step()
            except DependencyDown as down:
                waiting.on(down)
            await asyncio.sleep(hold_seconds)
    finally:
        waiting.over()


class _Waiting:
    """Reports the dependency waited for: to `health` while it lasts, to the log when it changes."""

    def __init__(self, health: Health | None) -> None:
        self._health = health
        self._last_logged = ""

    def on(self, down: DependencyDown) -> None:
        if self._health is not None:
            self._health.hold(self, down.name, down.why)
        if str(down) != self._last_logged:
            log.warning("waiting", waiting_for=down.name, why=down.why)
            self._last_logged = str(down)

    def over(self) -> None:
        if self._health is not None:
            self._health.release(self)
        self._last_logged = ""


async def _sleep(seconds: float, stop: asyncio.Event | None) -> None:
    if stop is None:
        await asyncio.sleep(seconds)
        return
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
