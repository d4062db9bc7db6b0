"""Puts pages that the archive lacks to Save Page Now 2, and requests what it captured."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

from services.fetcher.addresses import request_for
from services.fetcher.archive.client import Client
from services.fetcher.archive.reply import NoReply, Reply
from services.fetcher.save import shapes
from services.fetcher.save.key import Keys
from services.fetcher.save.shapes import Accepted, Account, Busy, Failed, Pending, Saved, Unclear
from services.fetcher.settings import FetcherSettings
from services.fetcher.store.saves import Missing, Put, Saves, ToRequest
from shared.delivery.publisher import Publication, Publisher
from shared.errors import DependencyDown
from shared.events import CaptureRequested
from shared.loops import every
from shared.topics import CAPTURE_REQUESTED

log = structlog.get_logger()

# No pause is longer than a day and the minute behind it: the clock was ahead when it was stored.
_LONGEST_PAUSE = timedelta(days=1, hours=1)


class Saver:
    """One page at a time, each at most once in `save_again_days`, while `active`.

    What is under way stands in the database before it is asked for, so that a restart repeats nothing.
    """

    def __init__(
        self,
        settings: FetcherSettings,
        keys: Keys,
        client: Client,
        saves: Saves,
        publisher: Publisher,
        active: Callable[[], bool],
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._client = client
        self._saves = saves
        self._publisher = publisher
        self._active = active
        self._again = timedelta(days=settings.save_again_days)

    async def run(self) -> None:
        """Run until cancelled."""
        await every(
            self._settings.save_poll_seconds,
            self._step,
            hold_seconds=self._settings.hold_seconds,
        )

    async def _step(self) -> None:
        if self._active():
            await self.step(datetime.now(UTC))

    async def step(self, now: datetime) -> None:
        """Request what was captured, look after what is being captured, put one page more.

        Raises DependencyDown while requests to the archive are paused, or Postgres or Kafka is down.
        """
        await self._request_saved(now)
        if await self._is_paused(now):
            return
        pending = await self._saves.pending()
        busy = [await self._look_after(put, now) for put in pending]
        if not any(busy) and len(pending) < self._settings.save_at_once:
            await self._put_next(now)

    async def _request_saved(self, now: datetime) -> None:
        settled = now - timedelta(seconds=self._settings.save_settle_seconds)
        saved = await self._saves.to_request(settled, now)
        if saved:
            await self._publisher.publish(
                Publication(CAPTURE_REQUESTED, _request(s)) for s in saved
            )
            await self._saves.requested([each.url_key for each in saved], now)

    async def _is_paused(self, now: datetime) -> bool:
        until = await self._saves.paused_until()
        return until is not None and timedelta(0) < until - now < _LONGEST_PAUSE

    async def _look_after(self, put: Put, now: datetime) -> bool:
        """Whether no page can be put now."""
        age = now - put.put_at
        given_up = age > timedelta(seconds=self._settings.save_job_seconds) or age < timedelta(0)
        if put.job_id is None:
            # The process ended between asking and the answer.
            await self._end(put, Unclear("no answer was stored"), now)
            return False
        reply = await self._ask("GET", shapes.job_target(put.job_id))
        stands = shapes.job(reply, now)
        if isinstance(stands, Busy):
            if given_up:
                await self._end(put, Unclear(stands.why), now)
            await self._pause(stands, now)
            return True
        if isinstance(stands, Pending):
            if given_up:
                await self._end(put, Unclear("the job does not end"), now)
            return False
        await self._end(put, stands, now)
        return False

    async def _put_next(self, now: datetime) -> None:
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        spent = await self._saves.spent(midnight, now)
        interval = timedelta(minutes=1) / self._settings.save_per_minute
        if spent.today >= self._settings.save_per_day:
            return
        if spent.last is not None and now - spent.last < interval:
            return
        page = await self._saves.next_due(now)
        if page is None or not await self._may_put(now):
            return
        await self._put(page, now)

    async def _may_put(self, now: datetime) -> bool:
        account = shapes.account(await self._ask("GET", shapes.account_target(now)), now)
        if isinstance(account, Account):
            if account.left_today != 0:
                return account.available is None or account.available > 0
            account = shapes.day_over("the account's captures of today are used up", now)
        await self._pause(account, now)
        return False

    async def _put(self, page: Missing, now: datetime) -> None:
        await self._saves.begin(page, now, now + self._again)
        form = shapes.submission(page.url, self._again)
        try:
            reply = await self._ask("POST", shapes.SUBMIT, form)
        except DependencyDown:
            await self._saves.take_back(page.url_key, now)
            raise
        became = shapes.submitted(reply, now)
        if isinstance(became, Busy):
            await self._saves.take_back(page.url_key, now)
            await self._pause(became, now)
        elif isinstance(became, Accepted):
            await self._saves.accepted(page.url_key, became.job_id)
            log.info("put to Save Page Now", url=page.url)
        else:
            await self._end(page, became, now)

    async def _end(
        self, page: Missing | Put, ended: Saved | Failed | Unclear, now: datetime
    ) -> None:
        key = page.url_key
        match ended:
            case Saved(timestamp, url):
                moved = None if url == page.url else f"leads to {url}"
                await self._saves.end(key, "saved", now, captured=timestamp, detail=moved)
            case Failed(reason, detail, final):
                await self._saves.end(key, "failed", now, reason=reason, detail=detail, final=final)
            case Unclear(why):
                await self._saves.end(key, "unclear", now, reason="unclear", detail=why)
        log.info("Save Page Now has ended", url=page.url, how=type(ended).__name__.lower())

    async def _pause(self, busy: Busy, now: datetime) -> None:
        until = now + timedelta(seconds=min(busy.seconds, _LONGEST_PAUSE.total_seconds() - 1))
        await self._saves.pause(until, busy.why)
        log.warning("nothing put to Save Page Now", until=until.isoformat(), why=busy.why)

    async def _ask(self, method: str, target: str, form: bytes | None = None) -> Reply | NoReply:
        return await self._client.save(method, target, self._keys.authorization, form)


def _request(page: ToRequest) -> CaptureRequested:
    """As of the time at which it ended: a second publication is the same event."""
    asked_at = page.ended_at.astimezone(UTC)
    return request_for(page.url, page.captured, asked_at, kind=page.kind)
