"""A migrated database for each test, and fixtures that write notices into it without Kafka."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from itertools import count

import asyncpg
import pytest

from services.indexer.rows import rows_of
from services.indexer.store import Transaction, Unit
from shared.events import (
    AttachmentRead,
    Capture,
    Event,
    ListsRead,
    NoticeParsed,
    NoticeTranslated,
)
from shared.identity import capture_id
from shared.notice import Notice
from testing.indexer.events import body, fetched, parsed, request

Write = Callable[[Iterable[Event]], Awaitable[None]]


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


@pytest.fixture
def write(connection: asyncpg.Connection) -> Write:
    """Writes events as the indexer does, in one transaction."""

    async def write(events: Iterable[Event]) -> None:
        await write_events(connection, events)

    return write


async def write_events(connection: asyncpg.Connection, events: Iterable[Event]) -> None:
    async with connection.transaction():
        refused = await Transaction(connection).write_units([unit(event) for event in events])
    assert refused == []


def unit(event: Event) -> Unit[Event]:
    notice = event.notice if isinstance(event, NoticeParsed) else None
    translation = event.translation if isinstance(event, NoticeTranslated) else None
    content = event.content if isinstance(event, AttachmentRead) else None
    lists = event.lists if isinstance(event, ListsRead) else None
    return Unit(event, rows_of(event, notice, None, translation, content, lists))


_numbers = count(1)


def read(
    notice: Notice, *, url: str | None = None, timestamp: str = "20260101000000", **fields: object
) -> NoticeParsed:
    """A capture in which `notice` was read, at an address of its own unless `url` names one."""
    url = url or f"http://www.mofcom.gov.cn/article/b/{next(_numbers)}.shtml"
    asked = request(url, timestamp)
    capture = Capture(
        capture_id=capture_id(url, timestamp), url=url, timestamp=timestamp, status=200
    )
    fetched_event = fetched(asked, capture=capture, body=body(f"{url} {timestamp}".encode()))
    return parsed(fetched_event, version=notice.parser_version, notice=notice, **fields)
