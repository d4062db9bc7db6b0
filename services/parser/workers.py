"""Parses in separate processes: a page that exceeds its time or memory ends only its worker."""

import asyncio
import multiprocessing
import resource
from contextlib import suppress

from pebble import ProcessExpired, ProcessPool

from services.parser.parse import NotText, UnreadablePage, parse
from shared.errors import GaveUp
from shared.notice import Notice

# Forked from a process without threads or event loop that has already loaded the parser.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["services.parser.parse"])

# Between two looks whether workers that start are stopped.
_LOOK_SECONDS = 0.1


class ParseWorkers:
    """`count` processes that parse, each page within `seconds` and `memory_bytes`."""

    def __init__(self, count: int, seconds: float, memory_bytes: int) -> None:
        self._seconds = seconds
        self._pool = ProcessPool(
            count, initializer=_limit_memory, initargs=(memory_bytes,), context=_CONTEXT
        )

    async def parse(
        self,
        body: bytes,
        url: str,
        *,
        content_type: str | None = None,
        charset: str | None = None,
        timestamp: str | None = None,
        declared_size: int | None = None,
    ) -> Notice:
        """As `services.parser.parse.parse`; raises NotText for a body that is no page, GaveUp for a
        page that cannot be read.

        A page whose worker ended gets a second attempt: the time limit runs on while a machine
        sleeps, and a kernel short of memory kills any process.
        """
        known = {
            "content_type": content_type,
            "charset": charset,
            "timestamp": timestamp,
            "declared_size": declared_size,
        }
        second = False
        while True:
            try:
                return await self._parsed(body, url, known)
            except MemoryError as broken:
                raise GaveUp("worker died", f"while parsing: {broken!r}") from broken
            except ProcessExpired as broken:
                if second:
                    raise GaveUp("worker died", f"while parsing, twice: {broken!r}") from broken
            except TimeoutError as late:
                if second:
                    raise GaveUp(
                        "too slow", f"not parsed within {self._seconds} s, twice"
                    ) from late
            second = True

    async def _parsed(self, body: bytes, url: str, known: dict[str, str | int | None]) -> Notice:
        future = self._pool.schedule(parse, args=(body, url), kwargs=known, timeout=self._seconds)
        try:
            return await asyncio.wrap_future(future)
        except NotText:
            raise
        except UnreadablePage as refused:
            raise GaveUp(refused.reason, str(refused)) from refused

    def start(self) -> None:
        """Start the workers now, so that the first page need not wait for them.

        Raises RuntimeError if they are stopped meanwhile.
        """
        ready = self._pool.schedule(_nothing)
        # A pool that is stopped leaves what it has not done without a result, for ever.
        while self._pool.active:
            with suppress(TimeoutError):
                return ready.result(_LOOK_SECONDS)
        raise RuntimeError("the workers were stopped while they started")

    def stop(self) -> None:
        """End the workers; work in progress is dropped."""
        self._pool.stop()
        self._pool.join()


def _nothing() -> None:
    return None


def _limit_memory(most: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
