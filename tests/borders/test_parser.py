"""Forged `capture.fetched` before the parser, with damaged bodies."""

from itertools import count

from services.parser.contents import Contents
from services.parser.handler import ParseCapture
from shared.blobs import Blobs
from shared.errors import BlobMissing
from shared.events import CaptureFetched
from testing.doubles import RecordingPublisher
from testing.forgery import damaged
from tests.borders.settled import PAGE, unnamed
from tests.services.parser.test_handler import HereAndNow, ReadHereAndNow
from tests.shared.samples import FETCHED


class _Damaged(Blobs):
    def __init__(self) -> None:
        super().__init__("s3://nobody-asks/it")
        self._number = count()

    async def get_body(self, sha256: str) -> bytes:
        if sha256 != "0" * 64:
            raise BlobMissing(sha256)
        return damaged(PAGE, next(self._number))

    async def get_content(self, sha256: str, version: int, *, ocr: bool) -> bytes:
        raise BlobMissing(sha256)

    async def put_content(self, sha256: str, version: int, content: bytes, *, ocr: bool) -> None:
        return


async def test_every_forgery_is_read_or_refused_by_name() -> None:
    blobs = _Damaged()
    contents = Contents(blobs, ReadHereAndNow())
    handler = ParseCapture(blobs, HereAndNow(), contents, RecordingPublisher())
    reasons, wrong = await unnamed(CaptureFetched, handler, [FETCHED])
    assert wrong == {}
    assert reasons == {"invalid event", "blob missing"}
