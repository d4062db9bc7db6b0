"""Forged `capture.fetched` and `lists.requested` before the parser, with damaged pages and attachments."""

from collections.abc import Sequence
from itertools import count

from services.parser.contents import Contents
from services.parser.handler import ParseCapture
from services.parser.lists import lists_of
from services.parser.lists_handler import ReadLists
from services.parser.workers import Page, given_up
from shared.blobs import Blobs
from shared.errors import BlobMissing
from shared.events import Body, CaptureFetched, ListsRequested
from testing.attachments import FILES
from testing.doubles import RecordingPublisher
from testing.forgery import damaged
from tests.borders.settled import PAGE, unnamed
from tests.services.parser.test_handler import HereAndNow, ReadHereAndNow
from tests.shared.samples import FETCHED, LISTS_REQUESTED

ATTACHED = next(file for file in FILES if file.name == "items.docx").read_bytes()


class _Damaged(Blobs):
    """A page and an attachment, damaged otherwise each time."""

    def __init__(self, page: bytes = PAGE) -> None:
        super().__init__("s3://nobody-asks/it")
        self._bodies = {"0" * 64: page, "3" * 64: ATTACHED}
        self._number = count()

    async def get_body(self, sha256: str) -> bytes:
        if sha256 not in self._bodies:
            raise BlobMissing(sha256)
        return damaged(self._bodies[sha256], next(self._number))

    async def put_parsed(self, data: bytes) -> str:
        return "1" * 64

    async def get_content(self, sha256: str, version: int, *, ocr: bool) -> bytes:
        raise BlobMissing(sha256)

    async def put_content(self, sha256: str, version: int, content: bytes, *, ocr: bool) -> None:
        return


class _ListsHereAndNow(HereAndNow):
    async def read_lists(self, page: Page, contents: Sequence[tuple[str, bytes]]) -> bytes:
        with given_up():
            return lists_of(page.body, page.url, contents, **page.known).model_dump_json().encode()


async def test_every_forgery_is_read_or_refused_by_name() -> None:
    blobs = _Damaged()
    contents = Contents(blobs, ReadHereAndNow())
    handler = ParseCapture(blobs, HereAndNow(), contents, RecordingPublisher())
    request = FETCHED.request.model_copy(update={"kind": "attachment"})
    body = Body(sha256="3" * 64, size=len(ATTACHED))
    attachment = FETCHED.model_copy(update={"request": request, "body": body})
    reasons, wrong = await unnamed(CaptureFetched, handler, [FETCHED, FETCHED, attachment])
    assert wrong == {}
    assert reasons == {"invalid event", "blob missing"}


async def test_every_forged_request_for_lists_is_read_or_refused_by_name() -> None:
    blobs = _Damaged()
    handler = ReadLists(blobs, _ListsHereAndNow(), Contents(blobs, ReadHereAndNow()))
    reasons, wrong = await unnamed(ListsRequested, handler, [LISTS_REQUESTED])
    assert wrong == {}
    assert reasons == {"invalid event", "blob missing"}
