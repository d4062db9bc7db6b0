"""A WARC file through the fetcher: read, stored, published."""

import gzip
import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.fetcher.adapters import routes
from services.fetcher.adapters.routes import create_captures_router
from services.fetcher.adapters.source import Source
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.store.connection import Store
from services.fetcher.store.stored_captures import StoredCaptures
from shared.blobs import Blobs
from shared.errors import DependencyDown
from shared.events import Answer, CaptureFetched, CaptureRequested
from testing.fetcher.pages import BODY, PAGE, SITE
from testing.fetcher.stage import settings
from testing.fetcher.warcs import gzipped, http, record, sha256
from testing.servers import as_role

DEMO = Path(__file__).parents[4] / "seeds" / "demo.warc.gz"


ONE = record(PAGE, http(BODY))
ZIPPED = record(f"{SITE}/z.html", http(gzip.compress(BODY), headers={"Content-Encoding": "gzip"}))
MOVED = record(f"{SITE}/m.html", http(b"", "301 Moved", {"Location": PAGE}))
OTHER = record("http://example.org/", http(BODY))


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(as_role(database_url, "fetcher"))
    yield store
    await store.stop()


class Fetcher:
    """The route over real store and blobs; keeps what would be published."""

    def __init__(self, folder: Path, store: Store, **changed: Any) -> None:
        self.settings = settings(folder, **changed)
        self.blobs = Blobs(self.settings.blob_url)
        self.stored_captures = StoredCaptures(store)
        self.published: list[CaptureFetched] = []
        app = FastAPI()
        app.include_router(create_captures_router(self.settings, self.take))
        self.app = app

    async def take(self, request: CaptureRequested, source: Source) -> CaptureFetched:
        fetch = FetchCapture(source, self.blobs, self.settings)
        once = FetchOnce(fetch, self.stored_captures, self.blobs)
        (publication,) = await once(request)
        assert isinstance(publication.event, CaptureFetched)
        self.published.append(publication.event)
        return publication.event

    async def post(self, file: bytes, accept: str = "*/*") -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://fetcher") as client:
            return await client.post("/captures", content=file, headers={"Accept": accept})


async def test_every_capture_of_the_ministry_is_stored_and_published(
    tmp_path: Path, store: Store
) -> None:
    fetcher = Fetcher(tmp_path, store)
    nameless, undated = record(None, http(BODY)), record(PAGE, http(BODY), "2019-02-31T25:00:00Z")
    answer = await fetcher.post(gzipped(MOVED, nameless, ONE, undated, ZIPPED, OTHER))
    assert answer.status_code == 200
    assert answer.json() == {
        "records": 6,
        "done": 3,
        "skipped": 0,
        "retry": 0,
        "failed": 0,
        "passed_over": 2,
        "elsewhere": 1,
        "reasons": {"passed_over": {"no WARC-Target-URI": 1, "no possible date": 1}},
        "damage": {},
    }
    assert {f.request.url: f.answer for f in fetcher.published} == {
        PAGE: Answer.MEMENTO,
        f"{SITE}/m.html": Answer.ARCHIVED_REDIRECT,
        f"{SITE}/z.html": Answer.MEMENTO,
    }
    for event in fetcher.published:
        assert event.body
        assert event.body.sha256 == hashlib.sha256(BODY).hexdigest()
        assert event.body.charset == "gb18030"
        assert await fetcher.blobs.get_body(event.body.sha256) == BODY
    # Sent again, it is what it was.
    before = {f.id: f for f in fetcher.published}
    fetcher.published.clear()
    await fetcher.post(gzipped(ONE, MOVED, ZIPPED))
    for event in fetcher.published:
        assert (event.body, event.fetched_at) == (
            before[event.id].body,
            before[event.id].fetched_at,
        )
    assert len(fetcher.published) == 3


async def test_more_captures_than_are_in_hand_at_once(tmp_path: Path, store: Store) -> None:
    fetcher = Fetcher(tmp_path, store)
    pages = [record(f"{SITE}/p/{n}.html", http(BODY + b"%d" % n)) for n in range(150)]
    assert (await fetcher.post(gzipped(*pages))).json()["done"] == 150
    assert len({f.request.request_id for f in fetcher.published}) == 150


async def test_a_capture_says_which_archive_it_was_copied_from(
    tmp_path: Path, store: Store
) -> None:
    fetcher = Fetcher(tmp_path, store)
    crawl = "https://data.commoncrawl.org/crawl-data/CC-MAIN-2024-10/warc/CC-MAIN-1.warc.gz"
    copied = record(f"{SITE}/copied.html", http(BODY), WARC_Source_URI=crawl)
    await fetcher.post(gzipped(copied, ONE))
    archives = {}
    for event in fetcher.published:
        assert event.capture
        sidecar = await fetcher.blobs.get_sidecar(
            event.capture.capture_id, event.request.request_id
        )
        archives[event.request.url] = json.loads(sidecar)["archive"]
    assert archives == {
        f"{SITE}/copied.html": "https://data.commoncrawl.org",
        PAGE: "a WARC file",
    }


async def test_the_bundled_captures(tmp_path: Path, store: Store) -> None:
    fetcher = Fetcher(tmp_path, store)
    counts = (await fetcher.post(DEMO.read_bytes())).json()
    assert counts["done"] > 20
    assert counts["retry"] == 0


@pytest.mark.parametrize(("limit", "status"), [(10, 413), (10**6, 422)])
async def test_what_cannot_be_accepted_is_reported(
    tmp_path: Path, store: Store, limit: int, status: int
) -> None:
    fetcher = Fetcher(tmp_path, store, warc_bytes=limit)
    answer = await fetcher.post(b"nonsense that is not a WARC")
    assert answer.status_code == status
    assert ("10 bytes" if status == 413 else "WARC") in answer.json()["detail"]


async def test_a_client_may_see_how_far_it_is(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "_SECONDS_BETWEEN_LINES", 0.0)
    monkeypatch.setattr(routes, "_AT_ONCE", 16)
    fetcher = Fetcher(tmp_path, store)
    pages = gzipped(*(record(f"{SITE}/p/{n}.html", http(BODY)) for n in range(40)))
    answer = await fetcher.post(pages, "application/x-ndjson")
    done = [json.loads(line)["done"] for line in answer.text.splitlines()]
    assert done[:3] == [16, 32, 40]
    assert done[-1] == 40

    # Large ones are fewer at once.
    monkeypatch.setattr(routes, "_BYTES_AT_ONCE", 10 * len(BODY))
    answer = await fetcher.post(pages, "application/x-ndjson")
    assert [json.loads(line)["done"] for line in answer.text.splitlines()][:2] == [10, 20]

    async def take(request: CaptureRequested, source: Source) -> CaptureFetched:
        raise DependencyDown("Kafka", "no broker")

    app = FastAPI()
    app.include_router(create_captures_router(fetcher.settings, take))
    fetcher.app = app
    answer = await fetcher.post(pages, "application/x-ndjson")
    assert "send the file again" in json.loads(answer.text)["detail"]
    assert (await fetcher.post(pages)).status_code == 503


async def test_what_is_given_up_costs_no_other(tmp_path: Path, store: Store) -> None:
    cut = http(gzip.compress(BODY * 9)[:-40], headers={"Content-Encoding": "gzip"})
    file = gzipped(record(f"{SITE}/cut.html", cut), ONE)
    taken = (await Fetcher(tmp_path, store).post(file)).json()
    assert (taken["done"], taken["retry"]) == (1, 1)
    assert taken["reasons"] == {"retry": {"gzip: ends too early": 1}}
    (tmp_path / "once").mkdir()
    taken = (await Fetcher(tmp_path / "once", store, fetch_attempts=1).post(file)).json()
    assert (taken["done"], taken["failed"]) == (1, 1)


async def test_a_revisit_of_a_stored_capture_in_a_later_file(tmp_path: Path, store: Store) -> None:
    fetcher = Fetcher(tmp_path, store)
    first = record(f"{SITE}/r.html", http(BODY + b"r"), WARC_Payload_Digest=sha256(BODY + b"r"))
    repeated = record(
        f"{SITE}/r.html",
        http(b""),
        "2019-03-01T00:00:00Z",
        "revisit",
        WARC_Payload_Digest=sha256(BODY + b"r"),
    )
    unknown = record(f"{SITE}/u.html", b"", kind="revisit", WARC_Payload_Digest=sha256(b"u"))
    assert (await fetcher.post(gzipped(first))).json()["done"] == 1
    taken = (await fetcher.post(gzipped(repeated, unknown))).json()
    assert (taken["done"], taken["skipped"]) == (1, 1)
    assert taken["reasons"] == {"skipped": {"never archived": 1}}


async def test_a_short_body_is_stored_with_the_size_declared(tmp_path: Path, store: Store) -> None:
    fetcher = Fetcher(tmp_path, store)
    await fetcher.post(gzipped(record(f"{SITE}/s.html", http(BODY, length=len(BODY) + 99))))
    (event,) = fetcher.published
    assert event.body
    assert (event.body.size, event.body.declared_size) == (len(BODY), len(BODY) + 99)
