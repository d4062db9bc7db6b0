"""What the parser publishes for a capture, and in which order."""

from datetime import UTC, date, datetime
from typing import Literal

import pytest

from services.parser.attachment_workers import AttachmentWorkers
from services.parser.attachments.read import read_attachment
from services.parser.contents import Contents
from services.parser.handler import ParseCapture
from services.parser.parse import parse
from services.parser.workers import ParseWorkers
from shared.attachment import AttachmentContent
from shared.blobs import Blobs
from shared.delivery.publisher import Publication
from shared.errors import BlobMissing
from shared.events import (
    Answer,
    AttachmentRead,
    Body,
    Capture,
    CaptureFetched,
    CaptureRequested,
    Done,
    NoticeParsed,
    Skipped,
)
from shared.identity import capture_id, request_id
from shared.notice import Notice
from shared.topics import ATTACHMENT_READ, CAPTURE_BACKLOG, CAPTURE_REQUESTED, NOTICE_PARSED
from testing.doubles import RecordingPublisher

URL = "http://www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml"
FILE = "http://images.mofcom.gov.cn/sms/201806/1.pdf"
PAGE = (
    f'<h1 id="artitle">商务部令2018年第6号</h1><div id="zoom" class="artCon">现予公布'
    f'<a href="{FILE}">附件.pdf</a></div>'
).encode()
SHELL = b"<h1 id=artitle>[an error occurred while processing this directive]</h1>"
BIG5 = '<h1 id="artitle">商務部公告</h1><div id="zoom" class="artCon">現予公布</div>'.encode("big5")


class _Stored(Blobs):
    def __init__(self) -> None:
        super().__init__("s3://never-asked")
        self.contents: dict[tuple[str, int, bool], bytes] = {}

    async def put_content(self, sha256: str, version: int, content: bytes, *, ocr: bool) -> None:
        self.contents[sha256, version, ocr] = content

    async def get_content(self, sha256: str, version: int, *, ocr: bool) -> bytes:
        try:
            return self.contents[sha256, version, ocr]
        except KeyError:
            raise BlobMissing(sha256) from None

    async def get_body(self, sha256: str) -> bytes:
        return {
            "ab": PAGE,
            "big5": BIG5,
            "shell": SHELL,
            "file": b"%PDF-1.4",
            "text": b"plain",
            # Fewer characters than an event may have bytes.
            "large": "清单".encode() * 100_000,
        }[sha256]


class ReadHereAndNow(AttachmentWorkers):
    """Reads attachments without a worker, and counts them."""

    def __init__(self, *, ocr: bool = False) -> None:
        self.ocr = ocr
        self.files = 0

    async def read(self, data: bytes) -> AttachmentContent:
        self.files += 1
        return read_attachment(data)


class HereAndNow(ParseWorkers):
    """Parses without a worker."""

    def __init__(self) -> None:
        return

    async def parse(
        self,
        body: bytes,
        url: str,
        *,
        content_type: str | None = None,
        charset: str | None = None,
        timestamp: str | None = None,
        declared_size: int | None = None,
    ) -> Notice:
        return parse(
            body,
            url,
            content_type=content_type,
            charset=charset,
            timestamp=timestamp,
            declared_size=declared_size,
        )


def fetched(
    *, kind: Literal["page", "attachment"] = "page", backlog: bool = False, status: int = 200
) -> CaptureFetched:
    now, timestamp = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "20180701000000"
    request = CaptureRequested(
        request_id=request_id(URL, timestamp, date(2026, 1, 2)),
        url=URL,
        timestamp=timestamp,
        kind=kind,
        asked_at=now,
        asked_on=date(2026, 1, 2),
        backlog=backlog,
    )
    return CaptureFetched(
        request=request,
        answer=Answer.MEMENTO,
        outcome=Done(),
        capture=Capture(
            capture_id=capture_id(URL, timestamp), url=URL, timestamp=timestamp, status=status
        ),
        body=Body(sha256="ab", size=len(PAGE)),
        fetched_at=now,
    )


async def handled(event: CaptureFetched) -> tuple[NoticeParsed, list[Publication]]:
    publisher = RecordingPublisher()
    blobs = _Stored()
    contents = Contents(blobs, ReadHereAndNow())
    handler = ParseCapture(blobs, HereAndNow(), contents, publisher)
    (publication,) = await handler(event)
    assert publication.topic is NOTICE_PARSED
    assert isinstance(publication.event, NoticeParsed)
    return publication.event, publisher.published


@pytest.mark.parametrize("backlog", [False, True])
async def test_files_are_asked_for_before_the_page_has_its_outcome(*, backlog: bool) -> None:
    parsed, (asked,) = await handled(fetched(backlog=backlog))
    assert parsed.outcome == Done()
    assert parsed.notice is not None
    assert parsed.notice.title == "商务部令2018年第6号"
    assert asked.topic is (CAPTURE_BACKLOG if backlog else CAPTURE_REQUESTED)
    assert isinstance(asked.event, CaptureRequested)
    assert (asked.event.url, asked.event.kind) == (FILE, "attachment")


async def test_a_page_is_read_in_the_charset_that_the_fetcher_chose() -> None:
    event = fetched()
    for charset in ("big5", None):
        body = Body(sha256="big5", size=1, content_type="text/html; charset=gbk", charset=charset)
        parsed, _ = await handled(event.model_copy(update={"body": body}))
        assert parsed.notice is not None
        assert (parsed.notice.title == "商務部公告") is (charset == "big5")


async def test_a_page_that_was_cut_is_doubted() -> None:
    event = fetched()
    body = Body(sha256="ab", size=len(PAGE), declared_size=1_000_000)
    parsed, _ = await handled(event.model_copy(update={"body": body}))
    assert parsed.notice is not None
    assert any("of 1000000 bytes are there" in doubt for doubt in parsed.notice.warnings)


@pytest.mark.parametrize(
    ("body", "reason", "detail"),
    [("shell", "shell", "failed include"), ("file", "not text", "not a page: a PDF file")],
)
async def test_what_is_no_document_is_skipped_with_the_reason(
    body: str, reason: str, detail: str
) -> None:
    event = fetched().model_copy(update={"body": Body(sha256=body, size=1)})
    parsed, asked = await handled(event)
    assert parsed.outcome == Skipped(reason=reason, detail=detail)
    assert asked == []


def attachment(sha256: str, status: int = 200) -> CaptureFetched:
    event = fetched(kind="attachment", status=status)
    return event.model_copy(update={"body": Body(sha256=sha256, size=1)})


async def test_the_same_bytes_are_read_once_wherever_they_stand() -> None:
    blobs, workers = _Stored(), ReadHereAndNow()
    handler = ParseCapture(blobs, HereAndNow(), Contents(blobs, workers), RecordingPublisher())
    for _ in range(2):
        (publication,) = await handler(attachment("text"))
        read = publication.event
        assert publication.topic is ATTACHMENT_READ
        assert isinstance(read, AttachmentRead)
        assert read.outcome == Done()
        assert read.content is not None
        assert (read.content.kind, read.content.text) == ("text", "plain")
        assert read.key == attachment("text").key
    assert workers.files == 1


async def test_a_file_that_was_read_without_recognition_is_read_again_with_it() -> None:
    blobs, ids = _Stored(), []
    for ocr in (False, True):
        workers = ReadHereAndNow(ocr=ocr)
        handler = ParseCapture(blobs, HereAndNow(), Contents(blobs, workers), RecordingPublisher())
        (publication,) = await handler(attachment("text"))
        read = publication.event
        assert isinstance(read, AttachmentRead)
        assert (read.ocr, workers.files) == (ocr, 1)
        ids.append(read.id)
    assert ids[0] != ids[1]


async def test_what_is_too_large_for_an_event_is_in_the_store_alone() -> None:
    blobs = _Stored()
    contents = Contents(blobs, ReadHereAndNow())
    handler = ParseCapture(blobs, HereAndNow(), contents, RecordingPublisher())
    (publication,) = await handler(attachment("large"))
    read = publication.event
    assert isinstance(read, AttachmentRead)
    assert (read.outcome, read.content) == (Done(), None)
    stored = await blobs.get_content("large", read.parser_version, ocr=read.ocr)
    assert stored == await contents.of("large")


@pytest.mark.parametrize(
    ("event", "reason"), [(attachment("file"), "damaged"), (attachment("text", 404), "error")]
)
async def test_an_attachment_that_is_not_read_is_an_outcome(
    event: CaptureFetched, reason: str
) -> None:
    blobs, workers = _Stored(), ReadHereAndNow()
    handler = ParseCapture(blobs, HereAndNow(), Contents(blobs, workers), RecordingPublisher())
    (publication,) = await handler(event)
    read = publication.event
    assert isinstance(read, AttachmentRead)
    assert isinstance(read.outcome, Skipped)
    assert read.outcome.reason == reason
    assert blobs.contents == {}


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, "error"), (503, "error"), (403, "blocked"), (412, "blocked"), (521, "blocked")],
)
async def test_an_archived_error_asks_for_nothing(status: int, reason: str) -> None:
    parsed, asked = await handled(fetched(status=status))
    assert (parsed.outcome.state, getattr(parsed.outcome, "reason", None)) == ("skipped", reason)
    assert (parsed.notice, asked) == (None, [])
