"""The clients compared: bare httpx, EDGI's `wayback` where it is installed, the whole step."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import requests
from requests.adapters import HTTPAdapter

from deploy.local.connections import Connections
from services.fetcher.archive.client import Client
from services.fetcher.archive.gate import Pause
from services.fetcher.archive.playback import Player
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.store.connection import Store
from services.fetcher.store.stored_captures import StoredCaptures
from shared.blobs import Blobs
from shared.delivery.publisher import KafkaPublisher
from testing.fetcher.pages import SITE, STAMP, request
from testing.fetcher.stage import UncontestedLease
from testing.fetcher.stage import settings as stage_settings
from testing.kafka_login import as_broker

# What each does best with: httpx slows down with more, EDGI's client has a session for each thread.
_AT_ONCE = 8

Run = Callable[[str, int], None]
"""Fetches so many captures from the archive at an address."""


def bare_httpx(url: str, captures: int) -> None:
    """What comes is thrown away."""

    async def run() -> None:
        async with httpx.AsyncClient(timeout=60) as http:

            async def fetch(number: int) -> None:
                answer = await http.get(f"{url}/web/{STAMP}id_/{_page(number)}")
                answer.raise_for_status()

            await _at_once(_AT_ONCE, fetch, captures)

    asyncio.run(run())


def edgi_wayback() -> Run | None:
    """EDGI's client in threads, each with a session, as it is not thread-safe; body read, no more.

    None where it is not installed: pip install -e '.[bench]'.
    """
    if find_spec("wayback") is None:
        return None
    wayback = import_module("wayback")
    at = datetime.strptime(STAMP, "%Y%m%d%H%M%S").replace(tzinfo=UTC)

    def run(url: str, captures: int) -> None:
        numbers = iter(range(captures))

        def work() -> None:
            session = wayback.WaybackSession(memento_calls_per_second=0)
            session.mount("https://web.archive.org/", _Elsewhere(url))
            with wayback.WaybackClient(session) as client:
                for number in numbers:
                    got = client.get_memento(_page(number), at, wayback.Mode.original)
                    if not got.content:
                        raise AssertionError("no body")

        threads = [threading.Thread(target=work) for _ in range(_AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return run


class _Elsewhere(HTTPAdapter):
    """Sends what is meant for web.archive.org to another address."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def send(self, request: requests.PreparedRequest, *more: Any, **named: Any) -> Any:
        meant = request.url or ""
        request.url = meant.replace("https://web.archive.org", self._url)
        answer = super().send(request, *more, **named)
        request.url = answer.url = meant
        return answer


class WholeStep:
    """The fetcher's own: looked up, asked for, judged, stored, remembered, published, confirmed."""

    def __init__(self, servers: Connections, folder: Path) -> None:
        self._servers = servers
        self._folder = folder

    def __call__(self, url: str, captures: int) -> None:
        self._folder.mkdir()
        asyncio.run(self._run(url, captures))

    async def _run(self, url: str, captures: int) -> None:
        settings = stage_settings(
            self._folder,
            url,
            archive_mementos_per_second=1e6,
            **as_broker(self._servers).model_dump(exclude_unset=True),
            read_seconds=60,
            answer_seconds=60,
        )
        store, publisher = Store(self._servers.database_url), KafkaPublisher(settings, "bench")
        client, blobs = Client(settings, UncontestedLease(), _kept), Blobs(settings.blob_url)
        fetch_one = FetchCapture(Player(client, settings.body_bytes), blobs, settings)
        once = FetchOnce(fetch_one, StoredCaptures(store), blobs)
        await publisher.start()
        async with store.connection() as connection:
            await connection.execute("TRUNCATE fetcher.capture, fetcher.answered")

        async def fetch(number: int) -> None:
            await publisher.publish(await once(request(_page(number), listed=True)))

        try:
            await _at_once(settings.live_window, fetch, captures)
        finally:
            await publisher.stop()
            await client.close()
            await store.stop()


async def _kept(pause: Pause) -> None:
    raise RuntimeError(pause.why)


async def _at_once(most: int, fetch: Callable[[int], Awaitable[None]], captures: int) -> None:
    numbers = iter(range(captures))

    async def work() -> None:
        for number in numbers:
            await fetch(number)

    await asyncio.gather(*(work() for _ in range(most)))


def _page(number: int) -> str:
    return f"{SITE}/p/{number}.html"
