"""Processes for work that a crafted input may break: each call has limits of time and memory."""

import asyncio
import multiprocessing
import resource
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessPool

P = ParamSpec("P")
R = TypeVar("R")

# Between two looks whether processes that start are stopped.
_LOOK_SECONDS = 0.1
# By the clock a call has longer: on a machine that is full a second of work takes ten.
_CLOCK_FACTOR, _CLOCK_MORE_SECONDS = 10, 60.0
# Between two looks of pebble's whether a call has exceeded its time and whether a process has ended:
# results come at once. By default it looks ten times a second, in two threads.
CONSTS.sleep_unit = 0.5
# One server forks for all pools of a program, with the modules of all that were made before it started.
_PRELOADED: dict[str, None] = {}


class LimitedProcesses:
    """`count` processes with `memory_bytes` each, that are forked with the `modules` loaded.

    Time is that of the processor, so that a call takes as long on a machine that has much else to do.

    A process that exceeds a limit is ended, and another one started for it; so is one after `most_calls` calls, if
    that is not 0: libraries that leak memory would fill it up.
    """

    def __init__(
        self, count: int, memory_bytes: int, modules: list[str], most_calls: int = 0
    ) -> None:
        # Forked from a process without threads or event loop that has already loaded the modules.
        context = multiprocessing.get_context("forkserver")
        # This module with what it takes to run a call is then one for all of them, too.
        _PRELOADED.update(dict.fromkeys([*modules, __name__]))
        context.set_forkserver_preload(list(_PRELOADED))
        self._pool = ProcessPool(
            count,
            max_tasks=most_calls,
            initializer=_limit_memory,
            initargs=(memory_bytes,),
            context=context,
        )

    async def call(
        self, seconds: float, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What a function of a module returns for these arguments.

        Raises what it raises, MemoryError, TimeoutError when it takes more than `seconds` of a processor or
        does nothing for long, and `pebble.ProcessExpired` when its process ended.
        """
        future = self._pool.schedule(
            _within,
            args=(seconds, function, args, kwargs),
            timeout=min(_CLOCK_FACTOR * seconds, seconds + _CLOCK_MORE_SECONDS),
        )
        try:
            found: R = await asyncio.wrap_future(future)
        except ProcessExpired as ended:
            if ended.exitcode == -signal.SIGPROF:
                raise TimeoutError(f"more than {seconds:g} s of a processor") from ended
            raise
        return found

    def start(self) -> None:
        """Start the processes now, so that the first call need not wait for them.

        Raises RuntimeError if they are stopped meanwhile.
        """
        ready = self._pool.schedule(_nothing)
        # A pool that is stopped leaves what it has not done without a result, for ever.
        while self._pool.active:
            with suppress(TimeoutError):
                return ready.result(_LOOK_SECONDS)
        raise RuntimeError("the workers were stopped while they started")

    def stop(self) -> None:
        """End the processes; work in progress is dropped."""
        self._pool.stop()
        self._pool.join()


def _nothing() -> None:
    return None


def _within(
    seconds: float,
    function: Callable[..., R],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
) -> R:
    # The kernel ends the process, also in the middle of a library that is not Python (setitimer(2)).
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return function(*args, **kwargs)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit_memory(most: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
