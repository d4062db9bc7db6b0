"""Waits until the fetcher has read its memory, and until the services have read what is published."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

import asyncpg

from services.cli.unread import committed, count_unread
from shared.loops import until_result
from shared.offsets import Offsets

_LOOK_SECONDS = 0.5
_PARTS = "SELECT parts, ended_at, sidecars, damaged FROM fetcher.restoration"
_READ = "SELECT next_offsets::text FROM pipeline_open"

T = TypeVar("T")

Say = Callable[[int], None]
"""Called at each look with how much is done, or left."""


class NoProgress(Exception):
    """Nothing has moved for too long; the message says what."""


async def until_restored(
    database: "asyncpg.Connection", say: Say, stalled_seconds: float
) -> tuple[int, int]:
    """Return when the fetcher has read its memory: how many sidecars it read, and how many are none.

    Raises NoProgress.
    """

    async def parts() -> tuple[int, tuple[int, int] | None]:
        row = await database.fetchrow(_PARTS)
        say(row["parts"])
        return row["parts"], (row["sidecars"], row["damaged"]) if row["ended_at"] else None

    why = "the fetcher does not read the blob store: does it run, and does `mofcom status` name it?"
    return await _until(parts, stalled_seconds, why)


async def until_read(
    database: "asyncpg.Connection", offsets: Offsets, say: Say, stalled_seconds: float
) -> datetime:
    """Return when parser, translator and indexer have read all: everything before then is in the tables.

    Raises NoProgress.
    """

    async def left() -> tuple[int, datetime | None]:
        began: datetime = await database.fetchval("SELECT now()")
        unread = await _unread(database, offsets)
        say(unread)
        return unread, began if unread == 0 else None

    why = "messages wait and nobody reads them: see `mofcom status`"
    return await _until(left, stalled_seconds, why)


async def _unread(database: "asyncpg.Connection", offsets: Offsets) -> int:
    handled = await committed(offsets)
    read = json.loads(await database.fetchval(_READ))
    return await count_unread(offsets, handled, read)


async def _until(
    look: Callable[[], Awaitable[tuple[int, T | None]]], stalled_seconds: float, why: str
) -> T:
    """The second of what `look` returns, once it is there; NoProgress while the first stays the same."""
    loop = asyncio.get_running_loop()
    before, moved = -1, loop.time()

    async def looked() -> T | None:
        nonlocal before, moved
        now, result = await look()
        if now != before:
            before, moved = now, loop.time()
        if result is None and loop.time() - moved > stalled_seconds:
            raise NoProgress(why)
        return result

    return await until_result(_LOOK_SECONDS, looked)
