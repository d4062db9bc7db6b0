"""A notice is to be read with its attachments once they are read: it is requested, and again if nothing comes of it."""

from collections.abc import Iterable

import asyncpg
import pytest

from services.indexer.batch import WriteBatch
from services.indexer.intake import take
from services.indexer.lists import RequestLists
from services.indexer.settings import IndexerSettings
from services.indexer.store import Store
from shared.attachment import AttachmentContent
from shared.delivery.publisher import Publication
from shared.errors import DependencyDown
from shared.events import AttachedFile, ListsRequested
from shared.health import Health
from shared.notice import Attachment
from testing.doubles import RecordingPublisher
from testing.indexer.events import attachment_read, batch, body, fetched, notice, parsed, request

PAGE, FILE = "http://www.mofcom.gov.cn/1.shtml", "http://www.mofcom.gov.cn/1.doc"
WITH_FILE = notice(attachments=(Attachment(name="附件1", url=FILE),))
READ_PAGE = parsed(fetched(request(PAGE), body=body()), notice=WITH_FILE)
DATA = body(b"a list", None)
READ_FILE = attachment_read(
    fetched(request(FILE, kind="attachment"), body=DATA), AttachmentContent(kind="doc")
)


@pytest.fixture
async def lists(write: WriteBatch, store: Store, outbox: RecordingPublisher) -> RequestLists:
    await write(take(batch([READ_PAGE, READ_FILE])), set())
    return RequestLists(IndexerSettings(), store, outbox, Health(60))


async def test_it_is_requested_once_with_its_files(
    lists: RequestLists, outbox: RecordingPublisher
) -> None:
    assert await lists.request_due() == 1
    assert await lists.request_due() == 0
    (asked,) = outbox.events
    assert isinstance(asked, ListsRequested)
    assert (asked.capture, asked.body) == (READ_PAGE.fetched.capture, READ_PAGE.fetched.body)
    assert asked.attachments == (AttachedFile(url=FILE, sha256=DATA.sha256),)


async def test_it_is_requested_three_times_at_most(
    lists: RequestLists, outbox: RecordingPublisher, connection: asyncpg.Connection
) -> None:
    for _ in range(4):
        await lists.request_due()
        await connection.execute(
            "UPDATE ingest.lists_requested SET requested_at = requested_at - INTERVAL '2 hours'"
        )
    assert len({event.id for event in outbox.events}) == 3


async def test_what_was_not_published_is_still_due(lists: RequestLists, store: Store) -> None:
    class Down(RecordingPublisher):
        async def publish(self, publications: Iterable[Publication]) -> None:
            raise DependencyDown("kafka", "away")

    with pytest.raises(DependencyDown):
        await RequestLists(IndexerSettings(), store, Down(), Health(60)).request_due()
    assert await lists.request_due() == 1
