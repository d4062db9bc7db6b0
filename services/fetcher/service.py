"""The fetcher as a service: consumes requests, publishes `capture.fetched`."""

import asyncio
from collections.abc import Collection, Mapping, Sequence, Set
from contextlib import suppress
from typing import NamedTuple

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from services.fetcher.adapters.routes import create_captures_router
from services.fetcher.adapters.source import Source
from services.fetcher.archive.archive import Archive
from services.fetcher.archive.client import Client
from services.fetcher.archive.gate import Pause
from services.fetcher.archive.given import GivenPlayer
from services.fetcher.archive.listing import Lister
from services.fetcher.archive.playback import Player
from services.fetcher.archive.wayback import WaybackMachine
from services.fetcher.ask_once import AskOnce
from services.fetcher.elsewhere import other_archive
from services.fetcher.expand import ExpandAddress
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.lease import Lease
from services.fetcher.one_member import OneMemberAssignor
from services.fetcher.restore import Restore
from services.fetcher.routes import create_router
from services.fetcher.save.key import read_keys
from services.fetcher.save.lists import ListReader
from services.fetcher.save.missing import NoteMissing
from services.fetcher.save.saver import Saver
from services.fetcher.settings import FetcherSettings
from services.fetcher.store.connection import Store
from services.fetcher.store.endings import Endings
from services.fetcher.store.listed_captures import ListedCaptures
from services.fetcher.store.listings import Listings
from services.fetcher.store.pauses import Pauses
from services.fetcher.store.saves import Saves
from services.fetcher.store.stored_captures import StoredCaptures
from services.fetcher.watch.count import create_discover_router
from services.fetcher.watch.discover import Discovery
from services.fetcher.watch.feed import Feeder
from services.fetcher.watch_seeds import SeedsWatcher
from shared.blobs import Blobs
from shared.delivery.agents import Settler, Stream, in_window
from shared.delivery.publisher import KafkaPublisher
from shared.delivery.settle import Handler, Settle
from shared.errors import DependencyDown
from shared.events import AddressRequested, CaptureFetched, CaptureRequested
from shared.health import Health
from shared.service.faust_worker import FaustWorker, faust_app, raw_topic
from shared.topics import (
    ADDRESS_REQUESTED,
    CAPTURE_BACKLOG,
    CAPTURE_ELSEWHERE,
    CAPTURE_REQUESTED,
    READ_BY,
    Topic,
)
from shared.version import __version__

log = structlog.get_logger()

NAME = "fetcher"

# No body takes so long to be written.
_UNFINISHED_SECONDS = 3600.0


class _Asked(NamedTuple):
    """An archive that is asked: all requests to it go through `client`."""

    client: Client
    lister: Lister
    player: GivenPlayer


class Fetcher:
    """A worker of `shared.service.run`.

    Live captures and the backlog have a window each, so that neither waits for the other's slow
    answers; the rate limiter serves live captures first.
    """

    topics: Sequence[Topic] = READ_BY[NAME]

    def __init__(self, settings: FetcherSettings, health: Health) -> None:
        self._publisher = KafkaPublisher(settings, NAME)
        self._store = Store(settings.dsn_as("fetcher"))
        self._lease = Lease(self._works, self._store, health, settings.lease_seconds)
        wayback = self._asked(WaybackMachine(settings), settings)
        other = other_archive(settings)
        elsewhere = self._asked(other, settings) if other else None
        self._clients = [each.client for each in (wayback, elsewhere) if each]
        lister = wayback.lister
        listings, stored_captures = Listings(self._store), StoredCaptures(self._store)
        blobs = self._blobs = Blobs(settings.blob_url)
        self.http: ASGIApp | None = _http(
            create_router(settings, self._publisher),
            create_discover_router(settings, lister, stored_captures),
            create_captures_router(settings, self._take),
        )
        endings = Endings(self._store)

        def fetching(source: Source) -> AskOnce[CaptureRequested]:
            fetch = FetchCapture(source, blobs, settings)
            fetch_once = FetchOnce(fetch, stored_captures, blobs, source.archive)
            return AskOnce(fetch_once, endings, blobs)

        self._fetching = fetching
        expand = AskOnce(
            ExpandAddress(
                lister,
                listings,
                self._publisher,
                settings,
                health,
                elsewhere.lister if elsewhere else None,
            ),
            endings,
            blobs,
        )
        settle_address = Settle(NAME, AddressRequested, expand, self._publisher, health, settings)
        saves = Saves(self._store)

        def settle_captures(handler: Handler[CaptureRequested]) -> Settle[CaptureRequested]:
            return Settle(NAME, CaptureRequested, handler, self._publisher, health, settings)

        asked: Handler[CaptureRequested] = fetching(wayback.player)
        if settings.save_key_file:
            asked = NoteMissing(asked, saves)
        settle_capture = settle_captures(asked)
        app = faust_app(NAME, settings, OneMemberAssignor)
        self._faust = FaustWorker(app, health, settings)

        def read(topic: Topic, settle: Settler, window: int) -> None:
            async def agent(stream: Stream) -> None:
                await in_window(stream, settle, window, self._faust.in_flight)

            app.agent(raw_topic(app, topic), name=topic.name)(agent)

        read(ADDRESS_REQUESTED, settle_address, settings.address_window)
        read(CAPTURE_REQUESTED, settle_capture, settings.live_window)
        read(CAPTURE_BACKLOG, settle_capture, settings.backlog_window)
        # What was asked of another archive before it was switched off, the Wayback Machine may have.
        settle_elsewhere = settle_captures(fetching((elsewhere or wayback).player))
        read(CAPTURE_ELSEWHERE, settle_elsewhere, settings.backlog_window)
        held = self._lease.held
        self._restore = Restore(self._store, blobs, health, self._works)
        self._loops = [
            self._restore.run,
            SeedsWatcher(settings, self._store, self._publisher, health, held).run,
        ]
        # What waits for the lease.
        self._wakes: list[asyncio.Event] = []
        for archive in (wayback, elsewhere):
            if settings.watch and archive:
                captures = ListedCaptures(self._store, archive.client.archive.prefix)
                feeder = Feeder(settings, captures, self._publisher, health, held)
                found = feeder.wake.set
                discovery = Discovery(settings, archive.lister, listings, health, held, found)
                self._loops += [discovery.run, feeder.run]
                self._wakes += [discovery.wake, feeder.wake]
        if settings.save_key_file:
            keys = read_keys(settings.save_key_file)
            lists = ListReader(settings, saves, blobs, self._publisher, held)
            saver = Saver(settings, keys, wayback.client, saves, self._publisher, held)
            self._loops += [lists.run, saver.run]
        self._tasks: list[asyncio.Task[None]] = []
        self._aside: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        await self._store.start()
        await self._publisher.start()
        try:
            await self._faust.start()
        except (KafkaError, OSError):
            await self._publisher.stop()
            raise
        self._tasks = [
            asyncio.create_task(self._lease.run(self._take_over, self._restore.begin_if_lost)),
            *(asyncio.create_task(loop()) for loop in self._loops),
        ]
        self._aside = [asyncio.create_task(self._sweep())]

    async def _sweep(self) -> None:
        """Remove, once, unfinished files that a killed fetcher left."""
        try:
            swept = await self._blobs.sweep(_UNFINISHED_SECONDS)
        except DependencyDown as down:
            log.warning("unfinished files not removed", why=down.why)
        else:
            log.info("unfinished files removed", number=swept)

    def assigned(self) -> Set[TopicPartition]:
        return self._faust.assigned()

    async def read_again(self, partitions: Collection[TopicPartition]) -> None:
        await self._faust.read_again(partitions)

    async def ended(self) -> None:
        parts = {asyncio.create_task(self._faust.ended()), *self._tasks}
        done, pending = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        for task in done:
            task.result()

    async def stop(self) -> None:
        # The lease is kept meanwhile: requests in flight may still need the archive.
        await self._faust.stop()
        for task in (*self._tasks, *self._aside):
            task.cancel()
        for client in self._clients:
            await client.close()
        await self._publisher.stop()
        with suppress(DependencyDown):
            await self._lease.end()
        await self._store.stop()

    async def _take(self, request: CaptureRequested, source: Source) -> CaptureFetched:
        """Ingest a capture from another source than the archive."""
        publications = await self._fetching(source)(request)
        await self._publisher.publish(publications)
        (fetched,) = (p.event for p in publications if isinstance(p.event, CaptureFetched))
        return fetched

    def _works(self) -> bool:
        """Whether Kafka assigns the work to this fetcher: one gets all of its topics."""
        return self._faust.owns(CAPTURE_REQUESTED)

    def _take_over(self, pauses: Mapping[str, Pause]) -> None:
        for client in self._clients:
            client.take_over(pauses)
        for wake in self._wakes:
            wake.set()

    def _asked(self, archive: Archive, settings: FetcherSettings) -> _Asked:
        async def save_pause(pause: Pause) -> None:
            try:
                await Pauses(self._store).save(archive.name, pause)
            except DependencyDown as down:
                # It applies in this process all the same; only a restart would forget it.
                log.warning("pause not stored", archive=archive.name, why=str(down))

        client = Client(settings, self._lease, save_pause, archive=archive)
        lister = Lister(client, archive.page_rows, settings.cdx_pages, settings.body_bytes)
        player = Player(client, settings.body_bytes)
        return _Asked(client, lister, GivenPlayer(player, lister, settings.fetch_latest_tries))


def _http(*routers: APIRouter) -> FastAPI:
    """What the fetcher is asked; without the pages that call its routes from a browser."""
    app = FastAPI(title="mofcom fetcher", version=__version__, docs_url=None, redoc_url=None)
    for router in routers:
        app.include_router(router)
    return app
