"""Each scripted fault, as a client of the archive meets it."""

import gzip
import time
from collections.abc import Iterator
from dataclasses import dataclass

import brotli
import httpx
import pytest

from deploy.local.archive.app import Archive, create_app
from deploy.local.archive.captures import Capture, Captures
from testing.archive.faults import FaultyArchive, slow
from testing.archive.server import serve
from testing.waiting import LIMIT_SECONDS

PAGE = "http://www.mofcom.gov.cn/article/a.shtml"
MOVED = "http://www.mofcom.gov.cn/article/moved.shtml"
BODY = b"<body>" + b"page " * 200 + b"</body>"
PLAYED = f"/web/20190101000000id_/{PAGE}"


@dataclass
class Stage:
    archive: Archive
    faulty: FaultyArchive
    url: str

    def get(self, target: str = PLAYED) -> httpx.Response:
        return httpx.get(
            self.url + target, headers={"accept-encoding": "identity"}, timeout=LIMIT_SECONDS
        )

    def raw(self, target: str = PLAYED) -> tuple[httpx.Headers, bytes]:
        headers = {"accept-encoding": "identity"}
        with httpx.stream("GET", self.url + target, headers=headers, timeout=LIMIT_SECONDS) as got:
            return got.headers, b"".join(got.iter_raw())


@pytest.fixture
def stage() -> Iterator[Stage]:
    archive = create_app(
        Captures(
            [
                Capture(PAGE, "20190101000000", BODY),
                Capture(MOVED, "20190101000000", b"", status=301, headers=(("Location", PAGE),)),
            ]
        )
    )
    faulty = FaultyArchive(archive)
    with serve(faulty) as url:
        yield Stage(archive, faulty, url)


@pytest.mark.parametrize(
    ("fault", "status", "text"),
    [
        ("429", 429, "429 Too Many Requests"),
        ("503", 503, "No server is available to handle this request."),
        ("504", 504, "504 Gateway Time-out"),
        ("outage page", 200, "Temporarily Offline"),
        ("excluded", 200, "This URL has been excluded from the Wayback Machine."),
        ("CDX exception", 200, "ConnectTimeoutException"),
        ("empty", 200, ""),
    ],
)
def test_answers_in_place_of_the_page(stage: Stage, fault: str, status: int, text: str) -> None:
    stage.faulty.script(fault)
    got = stage.get()
    assert got.status_code == status
    assert text in got.text
    assert b"page page" not in got.content
    # 0 bytes come with the headers of a good answer; the archive's own pages are not mementos.
    assert ("memento-datetime" in got.headers) == (fault == "empty")


def test_retry_after_is_there_only_when_scripted(stage: Stage) -> None:
    stage.faulty.script("429", times=1)
    stage.faulty.script("429 with Retry-After")
    assert "retry-after" not in stage.get().headers
    assert stage.get().headers["retry-after"] == "1"


def test_an_exception_behind_good_rows(stage: Stage) -> None:
    stage.faulty.script("CDX exception after rows")
    rows = stage.get(f"/cdx/search/cdx?url={PAGE}").text.splitlines()
    assert len(rows) == 2
    assert rows[0].startswith("cn,gov,mofcom)/article/a.shtml 20190101000000")
    assert "Exception" in rows[1]


def test_less_arrives_than_was_declared(stage: Stage) -> None:
    stage.faulty.script("truncated")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        stage.get()


def test_a_reset_in_the_middle_of_the_body(stage: Stage) -> None:
    stage.faulty.script("reset")
    with pytest.raises(httpx.ReadError):
        stage.get()


def test_a_slow_answer(stage: Stage) -> None:
    stage.faulty.script(slow(0.3))
    began = time.monotonic()
    assert stage.get().content == BODY
    assert time.monotonic() - began >= 0.3


def test_plain_bytes_that_are_called_gzip(stage: Stage) -> None:
    stage.faulty.script("false gzip")
    headers, body = stage.raw()
    assert (headers["content-encoding"], body) == ("gzip", BODY)


def test_gzip_that_nobody_asked_for(stage: Stage) -> None:
    stage.faulty.script("unasked gzip")
    headers, body = stage.raw()
    assert (headers["content-encoding"], gzip.decompress(body)) == ("gzip", BODY)


def test_brotli_that_nobody_asked_for(stage: Stage) -> None:
    stage.faulty.script("unasked brotli")
    headers, body = stage.raw()
    assert (headers["content-encoding"], brotli.decompress(body)) == ("br", BODY)


def test_locations_without_host_and_without_scheme(stage: Stage) -> None:
    stage.faulty.script("path-only Location", times=1)
    stage.faulty.script("schemeless Location", times=1)
    host = stage.url.removeprefix("http:")
    target = f"/web/20190101000000id_/{MOVED}"
    assert stage.get(target).headers["location"] == PLAYED
    assert stage.get(target).headers["location"] == host + PLAYED
    assert stage.get(target).headers["location"] == stage.url + PLAYED


def test_a_redirect_to_the_live_host(stage: Stage) -> None:
    stage.faulty.script("redirect to the live host")
    got = stage.get()
    assert (got.status_code, got.headers["location"]) == (302, PAGE)
    assert "memento-datetime" in got.headers


def test_a_redirect_loop_comes_back_to_where_it_began(stage: Stage) -> None:
    stage.faulty.script("redirect loop", url=PAGE)
    there = stage.get().headers["location"]
    assert there != stage.url + PLAYED
    back = stage.get(there.removeprefix(stage.url)).headers["location"]
    assert back == stage.url + PLAYED


def test_a_fault_can_be_for_one_address_one_request_or_one_endpoint(stage: Stage) -> None:
    stage.faulty.script("503", url=MOVED)
    stage.faulty.script("504", nth=2, endpoint="memento")
    stage.faulty.script("429", endpoint="cdx", times=1)
    assert stage.get(f"/cdx/search/cdx?url={PAGE}").status_code == 429
    assert stage.get(f"/cdx/search/cdx?url={PAGE}").status_code == 200
    assert stage.get().status_code == 200
    assert stage.get().status_code == 504
    assert stage.get(f"/web/20190101000000id_/{MOVED}").status_code == 503
    assert stage.get().status_code == 200
    assert stage.archive.counts["memento"] == 4  # refused ones count too
