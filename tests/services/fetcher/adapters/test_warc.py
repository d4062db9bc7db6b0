"""A WARC file through the fetcher: read, stored, told."""

import gzip
import hashlib
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from services.fetcher.adapters.routes import create_captures_router
from services.fetcher.adapters.source import Source
from services.fetcher.adapters.warc import NotWarc, WarcCapture, read_captures
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.store.connection import Store
from services.fetcher.store.stored_captures import StoredCaptures
from shared.blobs import Blobs
from shared.events import Answer, CaptureFetched, CaptureRequested
from testing.fetcher.pages import BODY, PAGE, SITE
from testing.fetcher.stage import settings

DATE = "2019-01-01T00:00:00Z"
DEMO = Path(__file__).parents[4] / "seeds" / "demo.warc.gz"


def warc(*pages: tuple[str, str, int, bytes, dict[str, str]], compress: bool = True) -> bytes:
    file = BytesIO()
    writer = WARCWriter(file, gzip=compress)
    for url, date, status, body, headers in pages:
        http = StatusAndHeaders(f"{status} X", list(headers.items()), protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=BytesIO(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": date},
            )
        )
    return file.getvalue()


HTML = {"Content-Type": "text/html"}
ONE = (PAGE, DATE, 200, BODY, HTML)
ZIPPED = (f"{SITE}/z.html", DATE, 200, gzip.compress(BODY), HTML | {"Content-Encoding": "gzip"})
MOVED = (f"{SITE}/m.html", DATE, 301, b"", {"Location": PAGE})
OTHER = ("http://example.org/", DATE, 200, BODY, HTML)


def read(file: bytes, limit: int = 10**6) -> list[WarcCapture]:
    return list(read_captures(BytesIO(file), limit))


@pytest.mark.parametrize("compress", [True, False])
def test_responses_are_read_and_their_codings_undone(compress: bool) -> None:
    one, zipped, other = read(warc(ONE, ZIPPED, MOVED, OTHER, compress=compress))
    assert (one.row.original, one.row.timestamp) == (PAGE, "20190101000000")
    assert (one.playback.body, zipped.playback.body) == (BODY, BODY)
    assert (one.playback.codings, zipped.playback.codings) == ((), ("gzip",))
    assert other.row.original == "http://example.org/"


def test_a_body_above_the_limit_is_said() -> None:
    (one,) = read(warc(ONE), limit=40)
    assert (one.playback.body, one.playback.oversize) == (None, "more than 40 bytes")


@pytest.mark.parametrize("file", [b"nonsense", warc(ONE)[:-40], warc(ONE, compress=False)[:-90]])
def test_what_is_no_whole_warc_is_said(file: bytes) -> None:
    with pytest.raises(NotWarc):
        read(file)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url)
    yield store
    await store.stop()


class Fetcher:
    """The route over real store and blobs; keeps what would be published."""

    def __init__(self, folder: Path, store: Store, **changed: Any) -> None:
        self.settings = settings(folder, **changed)
        self.blobs = Blobs(self.settings.blob_url)
        self.stored_captures = StoredCaptures(store)
        self.told: list[CaptureFetched] = []
        app = FastAPI()
        app.include_router(create_captures_router(self.settings, self.take))
        self.app = app

    async def take(self, request: CaptureRequested, source: Source) -> CaptureFetched:
        fetch = FetchCapture(source, self.blobs, self.settings)
        once = FetchOnce(fetch, self.stored_captures, self.blobs, self.settings)
        (publication,) = await once(request)
        assert isinstance(publication.event, CaptureFetched)
        self.told.append(publication.event)
        return publication.event

    async def post(self, file: bytes) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://fetcher") as http:
            return await http.post("/captures", content=file)


async def test_every_capture_of_the_ministry_is_stored_and_told(
    tmp_path: Path, store: Store
) -> None:
    fetcher = Fetcher(tmp_path, store)
    answer = await fetcher.post(warc(ONE, ZIPPED, MOVED, OTHER))
    assert answer.status_code == 200
    assert answer.json() == {"done": 2, "skipped": 0, "retry": 0, "elsewhere": 1}
    assert [f.answer for f in fetcher.told] == [Answer.MEMENTO] * 2
    for told in fetcher.told:
        assert told.body
        assert told.body.sha256 == hashlib.sha256(BODY).hexdigest()
        assert told.body.charset == "gb18030"
        assert await fetcher.blobs.get_body(told.body.sha256) == BODY
    # Sent again, it is what it was.
    before = {f.id: f for f in fetcher.told}
    fetcher.told.clear()
    await fetcher.post(warc(ONE, ZIPPED))
    for told in fetcher.told:
        assert (told.body, told.fetched_at) == (before[told.id].body, before[told.id].fetched_at)
    assert len(fetcher.told) == 2


async def test_more_captures_than_are_in_hand_at_once(tmp_path: Path, store: Store) -> None:
    fetcher = Fetcher(tmp_path, store)
    pages = [(f"{SITE}/p/{n}.html", DATE, 200, BODY + b"%d" % n, HTML) for n in range(40)]
    assert (await fetcher.post(warc(*pages))).json()["done"] == 40
    assert len({f.request.request_id for f in fetcher.told}) == 40


async def test_the_bundled_captures(tmp_path: Path, store: Store) -> None:
    fetcher = Fetcher(tmp_path, store)
    counts = (await fetcher.post(DEMO.read_bytes())).json()
    assert counts["done"] > 20
    assert counts["retry"] == 0


@pytest.mark.parametrize(("limit", "status"), [(10, 413), (10**6, 422)])
async def test_what_cannot_be_taken_is_said(
    tmp_path: Path, store: Store, limit: int, status: int
) -> None:
    fetcher = Fetcher(tmp_path, store, warc_bytes=limit)
    answer = await fetcher.post(b"nonsense that is no WARC")
    assert answer.status_code == status
    assert ("10 bytes" if status == 413 else "WARC") in answer.json()["detail"]
