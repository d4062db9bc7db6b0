"""The steps of `mofcom rebuild`. Each finds out itself what is left to do, so any may be interrupted."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import asyncpg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from services.cli.ask_again import ask_again
from services.cli.rebuild.counts import count, table
from services.cli.rebuild.missing import (
    Stored,
    count_left,
    count_stored,
    endings,
    lost_requests,
    next_attempt,
    next_stored,
)
from services.cli.rebuild.waits import until_read, until_restored
from services.cli.stored import stored_events
from services.fetcher.restoration import BEGIN
from shared.blobs import PARTS, Blobs
from shared.database import connect
from shared.delivery.publisher import KafkaPublisher, Publication, Publisher
from shared.offsets import Offsets
from shared.settings import Settings
from shared.topics import CAPTURE_FETCHED

_CONNECT_SECONDS = 10
_AT_ONCE = 500
# So long a group needs to find a coordinator again.
_STALLED_SECONDS = 120.0


@dataclass
class Result:
    """What was done. `left`: captures that are stored and the tables still lack."""

    sidecars: int = 0
    damaged: int = 0
    published: int = 0
    lost: int = 0
    asked: int = 0
    left: int = 0


async def rebuild_all(
    dsn: str, settings: Settings, console: Console, stalled_seconds: float = _STALLED_SECONDS
) -> Result:
    """Close all gaps between database, broker and blob store, and print the counts before and after.

    Raises NoProgress, asyncpg's errors and DependencyDown.
    """
    database = await connect(dsn, timeout=_CONNECT_SECONDS)
    try:
        async with Offsets(settings) as offsets, KafkaPublisher(settings, "cli") as publisher:
            steps = _Steps(database, offsets, publisher, settings, console, stalled_seconds)
            return await steps.run()
    finally:
        await database.close()


class _Steps:
    def __init__(
        self,
        database: "asyncpg.Connection",
        offsets: Offsets,
        publisher: Publisher,
        settings: Settings,
        console: Console,
        stalled_seconds: float,
    ) -> None:
        self._database = database
        self._offsets = offsets
        self._publisher = publisher
        self._blobs = Blobs(settings.blob_url)
        self._console = console
        self._stalled_seconds = stalled_seconds
        self._result = Result()
        # Requests whose captures are not stored any more: asked again, they may be under way at the end.
        self._lost = set[str]()

    async def run(self) -> Result:
        result = self._result
        before = await count(self._database)
        await self._database.execute(BEGIN)
        with self._bar("fetcher's memory", PARTS) as say:
            result.sidecars, result.damaged = await until_restored(
                self._database, say, self._stalled_seconds
            )
        # Before anything is published: what Kafka still has is not missing.
        read_at = await self._wait("what Kafka has")
        await self._publish_unknown(read_at)
        await self._publish_stored()
        await self._wait("what was missing")
        result.lost = len(self._lost)
        result.left = await count_left(self._database, self._lost)
        self._console.print(table(before, await count(self._database)))
        return result

    async def _publish_unknown(self, read_at: datetime) -> None:
        unknown = [
            *await endings(self._database),
            *await lost_requests(self._database, read_at),
        ]
        for start in range(0, len(unknown), _AT_ONCE):
            await self._publish(unknown[start : start + _AT_ONCE])

    async def _publish_stored(self) -> None:
        """Publish what the tables lack of the stored captures, and request what is not stored any more."""
        with self._bar("stored captures", await count_stored(self._database)) as say:
            after, seen = "", 0
            while some := await next_stored(self._database, after, _AT_ONCE):
                after, seen = some[-1].request_id, seen + len(some)
                await self._publish_some(some)
                say(seen)

    async def _publish_some(self, some: Sequence[Stored]) -> None:
        events = await stored_events(self._blobs, [one.key for one in some])
        lost = [one for one in some if one.key not in events.whole]
        # Of those the tables know what to request; of the others the sidecar does, if it is there.
        known = [one.request_id for one in lost if one.indexed]
        unknown = [
            events.without_body[one.key]
            for one in lost
            if not one.indexed and one.key in events.without_body
        ]
        self._lost.update(one.request_id for one in lost)
        self._result.asked += len(unknown)
        self._result.asked += await ask_again(self._database, self._publisher, known)
        await self._publish(
            [
                *(next_attempt(event.request) for event in unknown),
                *(
                    Publication(CAPTURE_FETCHED, events.whole[one.key])
                    for one in some
                    if not one.indexed and one.key in events.whole
                ),
            ]
        )

    async def _publish(self, publications: Sequence[Publication]) -> None:
        await self._publisher.publish(publications)
        self._result.published += len(publications)

    async def _wait(self, what: str) -> datetime:
        most = 0
        with self._bar(f"reading {what}", None) as say:

            def say_left(left: int) -> None:
                nonlocal most
                most = max(most, left)
                say(most - left, most)

            return await until_read(self._database, self._offsets, say_left, self._stalled_seconds)

    @contextmanager
    def _bar(self, name: str, total: int | None) -> Iterator[Callable[..., None]]:
        """A bar on the terminal; what it yields is called with how much is done, and of how much."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self._console) as progress:
            task = progress.add_task(f"{name:<24}", total=total)

            def say(done: int, of: int | None = total) -> None:
                progress.update(task, completed=done, total=of)

            yield say
