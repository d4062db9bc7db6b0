"""Requests the notices that the watched list pages name and no listing of the index has."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC

import structlog

from services.fetcher.addresses import request_for
from services.fetcher.save.named import named
from services.fetcher.settings import FetcherSettings
from services.fetcher.store.saves import ListPage, Saves
from services.fetcher.watch.watch_list import BadWatchList, Watched, read_watch_list
from shared.blobs import Blobs
from shared.charset import decode
from shared.delivery.publisher import Publication, Publisher
from shared.errors import BlobMissing
from shared.identity import url_key
from shared.loops import every
from shared.topics import CAPTURE_REQUESTED

log = structlog.get_logger()


class ListReader:
    """Reads the newest stored capture of each page in `watch.toml`, while `active`.

    The archive is asked first: index queries miss captures. What it never archived is noted then
    (`NoteMissing`).
    """

    def __init__(
        self,
        settings: FetcherSettings,
        saves: Saves,
        blobs: Blobs,
        publisher: Publisher,
        active: Callable[[], bool],
    ) -> None:
        self._settings = settings
        self._saves = saves
        self._blobs = blobs
        self._publisher = publisher
        self._active = active
        self._read: set[str] = set()

    async def run(self) -> None:
        """Run until cancelled."""
        await every(
            self._settings.save_lists_seconds,
            self._step,
            hold_seconds=self._settings.hold_seconds,
        )

    async def _step(self) -> None:
        if self._active():
            await self.step()

    async def step(self) -> None:
        """Request what the lists name that were stored since the last time."""
        try:
            watched = read_watch_list(self._settings.seeds_dir)
        except BadWatchList:
            return  # the watch itself says so
        keys = [url_key(entry.url) for entry in watched if entry.match == "exact"]
        for page in await self._saves.lists(keys):
            if page.body_sha256 not in self._read:
                await self._request(page, watched)
                self._read.add(page.body_sha256)

    async def _request(self, page: ListPage, watched: tuple[Watched, ...]) -> None:
        try:
            body = await self._blobs.get_body(page.body_sha256)
        except BlobMissing:
            return
        found = await asyncio.to_thread(_named, body, page, watched)
        known = await self._saves.known([url_key(url) for url in found])
        new = [url for url in found if url_key(url) not in known]
        await self._publisher.publish(_requests(new, page))
        log.info("list read", url=page.url, names=len(found), requested=len(new))


def _named(body: bytes, page: ListPage, watched: tuple[Watched, ...]) -> list[str]:
    return list(named(decode(body, page.content_type, page.charset).text, page.url, watched))


def _requests(urls: list[str], page: ListPage) -> Iterator[Publication]:
    """As of the time when the list was stored: the same list yields the same requests."""
    asked_at = page.held_at.astimezone(UTC)
    for url in urls:
        yield Publication(CAPTURE_REQUESTED, request_for(url, None, asked_at))
