"""End to end against pywb: what it replays is stored byte for byte, what is added arrives."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg

from services.fetcher.archive.client import Client
from services.fetcher.archive.gate import Pause
from services.fetcher.archive.listing import Lister
from services.fetcher.archive.playback import Player
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.store.connection import Store
from services.fetcher.store.listed_captures import ListedCaptures
from services.fetcher.store.listings import Listings
from services.fetcher.store.stored_captures import StoredCaptures
from services.fetcher.watch.discover import Discovery
from services.fetcher.watch.feed import Feeder
from shared.blobs import Blobs
from shared.events import Answer, CaptureFetched, CaptureRequested
from shared.health import Health
from testing.archive.pywb import running_pywb
from testing.doubles import RecordingPublisher
from testing.fetcher.pages import BODY, SITE
from testing.fetcher.stage import UncontestedLease, settings
from testing.fetcher.warcs import gzipped, http, record
from testing.servers import as_role


async def kept(pause: Pause) -> None:
    raise AssertionError(pause)


def page(name: str, days: float) -> tuple[str, str, bytes]:
    """URL, date and body."""
    date = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{SITE}/zcfb/{name}.html", date, BODY + name.encode()


def warc(*pages: tuple[str, str, bytes]) -> bytes:
    return gzipped(*(record(url, http(body), date) for url, date, body in pages))


async def test_pages_are_fetched_byte_for_byte_and_new_ones_discovered(
    tmp_path: Path, database_url: str
) -> None:
    old = [page(f"old{n}", 20 + 20 * n) for n in range(5)]
    with running_pywb(tmp_path) as pywb:
        await asyncio.to_thread(pywb.add, "old.warc.gz", warc(*old, page("elsewhere", 900)))
        ours = settings(tmp_path, pywb.url)
        (tmp_path / "seeds" / "watch.toml").write_text(f'prefixes = ["{SITE}/zcfb/"]')
        store, publisher, blobs = (
            Store(as_role(database_url, "fetcher")),
            RecordingPublisher(),
            Blobs(ours.blob_url),
        )
        captures, listings = ListedCaptures(store), Listings(store)
        client = Client(ours, UncontestedLease(), kept)
        lister = Lister(client, 100, 100, ours.body_bytes)
        discovery = Discovery(ours, lister, listings, Health(60), lambda: True)
        feeder = Feeder(ours, captures, publisher, Health(60), lambda: True)
        fetch = FetchCapture(Player(client, ours.body_bytes), blobs, ours)
        once = FetchOnce(fetch, StoredCaptures(store), blobs)

        async def arrived() -> dict[str, bytes]:
            while await discovery.step():
                pass
            await feeder.step(datetime.now(UTC))
            bodies = {}
            for publication in publisher.published:
                assert isinstance(publication.event, CaptureRequested)
                (event,) = await once(publication.event)
                assert isinstance(event.event, CaptureFetched)
                assert event.event.answer is Answer.MEMENTO
                assert event.event.body
                url = publication.event.url
                bodies[url] = await blobs.get_body(event.event.body.sha256)
            publisher.published.clear()
            return bodies

        assert await arrived() == {url: body for url, _, body in old}
        new = page("new", 1)
        await asyncio.to_thread(pywb.add, "new.warc.gz", warc(new))
        connection = await asyncpg.connect(database_url)
        await connection.execute(
            "UPDATE fetcher.listing SET begun_at = begun_at - interval '25 hours'"
        )
        await connection.close()
        assert await arrived() == {new[0]: new[2]}
        await client.close()
        await store.stop()
