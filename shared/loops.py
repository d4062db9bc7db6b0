"""Loops: do something every few seconds, until it has a result, or until a dependency is back."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from math import inf
from time import monotonic
from typing import ClassVar, TypeVar

import structlog

from shared.errors import DependencyDown
from shared.health import Health

log = structlog.get_logger()

T = TypeVar("T")

# Between two lines about one dependency.
_SAY_SECONDS = 60.0


async def every(
    seconds: float,
    step: Callable[[], Awaitable[float | None]],
    health: Health | None = None,
    *,
    hold_seconds: float | None = None,
    stop: asyncio.Event | None = None,
    wake: asyncio.Event | None = None,
) -> None:
    """Run `step` every `seconds`, until cancelled, or until `stop` is set and the step has ended.

    It runs at once when `wake` is set, which it clears; `seconds` are then a slow look behind that.
    A step may return the seconds until its next run, 0 for at once. While it raises DependencyDown,
    the log (and `health`, if given) says which dependency it waits for, and it is retried after
    `hold_seconds`, by default after `seconds`. Any other exception ends the loop.
    """
    waiting = _Waiting(health)
    try:
        while stop is None or not stop.is_set():
            if wake is not None:
                wake.clear()
            try:
                wanted = await step()
            except DependencyDown as down:
                waiting.on(down)
                pause = seconds if hold_seconds is None else hold_seconds
            else:
                waiting.over()
                pause = seconds if wanted is None else wanted
            await _sleep(pause, [event for event in (stop, wake) if event is not None])
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
    """Reports the dependency waited for: to `health` while it lasts, to the log once.

    Many messages may wait for one dependency: that is one line of the log, and another when the reason
    changes, at most once a minute.
    """

    # By dependency: who waits for it in this process, the last reason logged, and when that was.
    _logged: ClassVar[dict[str, "_Logged"]] = {}

    def __init__(self, health: Health | None) -> None:
        self._health = health
        self._name: str | None = None

    def on(self, down: DependencyDown) -> None:
        if self._health is not None:
            self._health.hold(self, down.name, down.why)
        if self._name != down.name:
            self._let_go()
            self._name = down.name
        logged = self._logged.setdefault(down.name, _Logged())
        logged.holders.add(id(self))
        if logged.why != down.why and monotonic() - logged.at >= _SAY_SECONDS:
            log.warning("waiting", waiting_for=down.name, why=down.why)
            logged.why, logged.at = down.why, monotonic()

    def over(self) -> None:
        if self._health is not None:
            self._health.release(self)
        self._let_go()

    def _let_go(self) -> None:
        if self._name is None:
            return
        logged = self._logged[self._name]
        logged.holders.discard(id(self))
        if not logged.holders:
            del self._logged[self._name]
        self._name = None


@dataclass
class _Logged:
    holders: set[int] = field(default_factory=set)
    why: str = ""
    at: float = -inf


async def _sleep(seconds: float, until: Sequence[asyncio.Event]) -> None:
    """Sleep, or until one of these is set."""
    if not until:
        await asyncio.sleep(seconds)
        return
    waiting = [asyncio.ensure_future(event.wait()) for event in until]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
