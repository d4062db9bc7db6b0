"""Requests listed captures: new ones at once, past ones a few at a time."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import structlog

from services.fetcher.addresses import listed_requested
from services.fetcher.settings import FetcherSettings
from services.fetcher.store.listed_captures import ListedCaptures, Waiting
from services.fetcher.watch.slices import live_since
from shared.delivery.publisher import Publication, Publisher
from shared.events import CaptureRequested
from shared.health import Health
from shared.loops import every
from shared.topics import topic_of

log = structlog.get_logger()

_AT_ONCE = 500
_NEVER = ":"  # sorts behind all digits


class Feeder:
    """Publishes requests for listed captures while `active`, newest first.

    A topic cannot be reordered when newer captures turn up, so only enough of the past goes there
    to keep the fetcher busy; the rest waits in the table.
    """

    def __init__(
        self,
        settings: FetcherSettings,
        captures: ListedCaptures,
        publisher: Publisher,
        health: Health,
        active: Callable[[], bool],
    ) -> None:
        # Set when there may be something to request: new captures, or `active` became true.
        self.wake = asyncio.Event()
        self._settings = settings
        self._captures = captures
        self._publisher = publisher
        self._health = health
        self._active = active

    async def run(self) -> None:
        """Run until cancelled. While Kafka or Postgres is down it waits and reports it."""
        await every(
            self._settings.watch_poll_seconds,
            self._step,
            self._health,
            hold_seconds=self._settings.hold_seconds,
            wake=self.wake,
        )

    async def _step(self) -> None:
        if self._active():
            await self.step(datetime.now(UTC))

    async def step(self, now: datetime) -> None:
        """Request everything new, and fill up the backlog."""
        border = live_since(now, self._settings)
        while new := await self._captures.waiting(border, _NEVER, _AT_ONCE):
            await self._publish(new, backlog=False)
        while (room := self._settings.watch_backlog - await self._captures.unfetched()) > 0:
            past = await self._captures.waiting("", border, min(room, _AT_ONCE))
            if not past:
                return
            await self._publish(past, backlog=True)

    async def _publish(self, waiting: Sequence[Waiting], *, backlog: bool) -> None:
        """Publish, then record it: a crash in between publishes the same events again."""
        archive = self._captures.archive
        requests = [request_of(each, archive, backlog=backlog) for each in waiting]
        await self._publisher.publish(Publication(topic_of(each), each) for each in requests)
        await self._captures.requested(requests, backlog=backlog)
        log.info("captures requested", captures=len(requests), archive=archive, backlog=backlog)


def request_of(waiting: Waiting, archive: str, *, backlog: bool) -> CaptureRequested:
    """The request for a capture that `archive` lists, as of when it was listed."""
    return listed_requested(waiting.row, waiting.listed_at, archive, backlog=backlog)
