"""Runs the index queries that are due, and stores the captures listed."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from services.fetcher.archive.listing import Lister, ListingFailed
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.replay import parse_timestamp
from services.fetcher.metrics import INDEX_LAG
from services.fetcher.settings import FetcherSettings
from services.fetcher.store.listings import Listings
from services.fetcher.watch.slices import Slice, due
from services.fetcher.watch.watch_list import FILE, BadWatchList, Watched, read_watch_list
from shared.health import Health
from shared.loops import every

log = structlog.get_logger()


class Discovery:
    """Lists the captures that an archive has of the watch list, while `active`."""

    def __init__(
        self,
        settings: FetcherSettings,
        lister: Lister,
        listings: Listings,
        health: Health,
        active: Callable[[], bool],
        found: Callable[[], None] = lambda: None,
    ) -> None:
        """`found` is called when new captures are stored."""
        # Set when `active` became true.
        self.wake = asyncio.Event()
        self._found = found
        self._settings = settings
        self._lister = lister
        self._archive = lister.archive.prefix
        self._listings = listings
        self._health = health
        self._active = active
        self._problem = ""
        self._asked = 0
        self._new = 0

    async def run(self) -> None:
        """Run until cancelled. While the archive or Postgres is down it waits and reports it."""
        await every(
            self._settings.watch_poll_seconds,
            self._step,
            self._health,
            hold_seconds=self._settings.hold_seconds,
            wake=self.wake,
        )

    async def _step(self) -> float | None:
        return 0 if self._active() and await self.step() else None

    async def step(self) -> bool:
        """List one slice completely; False if none is due."""
        now = datetime.now(UTC)
        history = await self._listings.history(now)
        slices = due(self._watched(), history, now, self._settings, self._archive)
        next_one = next(slices, None)
        if next_one is None:
            await self._log_round()
            return False
        await self._list(next_one, now)
        return True

    async def _list(self, asked: Slice, now: datetime) -> None:
        listing = await self._listings.open(asked.name, asked.query, now, self._archive)
        try:
            while not listing.cursor.ended:
                cursor, rows = await self._lister.next_page(listing.cursor, Priority.BACKLOG)
                listing = await self._listings.advance(
                    listing, cursor, rows, datetime.now(UTC), requested=False
                )
                if listing.new:
                    self._found()
        except ListingFailed as failed:
            await self._listings.fail(listing, str(failed), datetime.now(UTC))
            log.warning("listed in part", slice=asked.name, why=str(failed), rows=listing.rows)
            return
        self._asked += 1
        self._new += listing.new
        if partial := listing.cursor.partial:
            log.warning("listed in part", slice=asked.name, why=partial, rows=listing.rows)
        else:
            log.debug("listed", slice=asked.name, rows=listing.rows, new=listing.new)

    async def _log_round(self) -> None:
        """Log the result of a round of queries; finding nothing new is normal."""
        if not self._asked:
            return
        newest = await self._listings.newest()
        moment = parse_timestamp(newest) if newest else None
        lag = (datetime.now(UTC) - moment).total_seconds() if moment else None
        if lag is not None:
            INDEX_LAG.set(lag)
        log.info(
            "new captures" if self._new else "no new captures",
            captures=self._new,
            questions=self._asked,
            newest=newest,
            lag_days=round(lag / 86_400, 1) if lag is not None else None,
        )
        self._asked = self._new = 0

    def _watched(self) -> tuple[Watched, ...]:
        """The current watch list; an invalid one is logged once and counts as empty."""
        try:
            watched = read_watch_list(self._settings.seeds_dir)
        except BadWatchList as error:
            if str(error) != self._problem:
                log.error("invalid watch list", file=FILE, why=str(error))
            self._problem = str(error)
            return ()
        self._problem = ""
        return watched
