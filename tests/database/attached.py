"""Attachments as the services read them, without Kafka."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import asyncpg

from services.indexer.lists_requests import requests_of
from services.parser.attachments.read import read_attachment
from services.parser.lists import lists_of
from services.parser.version import PARSER_VERSION
from shared.attachment import AttachmentContent
from shared.events import (
    AttachmentRead,
    Body,
    Capture,
    CaptureFetched,
    ListsRead,
    ListsRequested,
)
from shared.identity import capture_id
from testing.indexer.events import attachment_read, fetched, lists_read, request
from tests.database.conftest import write_events


def captured(url: str, body: bytes, kind: str, timestamp: str) -> CaptureFetched:
    """A capture with this body."""
    asked = request(url, timestamp, kind=kind)
    capture = Capture(
        capture_id=capture_id(url, timestamp), url=url, timestamp=timestamp, status=200
    )
    described = Body(sha256=hashlib.sha256(body).hexdigest(), size=len(body))
    return fetched(asked, capture=capture, body=described)


def read_file(
    url: str,
    data: bytes,
    timestamp: str = "20250410000000",
    content: AttachmentContent | None = None,
) -> AttachmentRead:
    """What is read in a file at this address, or is said to be."""
    content = content or read_attachment(data)
    return attachment_read(captured(url, data, "attachment", timestamp), content, PARSER_VERSION)


class Parser:
    """Reads notices with their attachments when both are in the tables, as indexer and parser do together."""

    def __init__(
        self,
        connection: asyncpg.Connection,
        bodies: Iterable[bytes],
        read: Callable[[bytes], AttachmentContent] = read_attachment,
    ) -> None:
        self._connection = connection
        self._read = read
        self._bodies = {hashlib.sha256(data).hexdigest(): data for data in bodies}

    async def answer(self) -> int:
        """Answer what is due; how many notices that were."""
        due = await self._connection.fetch("SELECT * FROM ingest.lists_due")
        rows = await self._connection.fetch(
            "SELECT * FROM ingest.lists_requests($1)", [row["inputs"] for row in due]
        )
        asked = [one.event for one in requests_of(rows, datetime.now(UTC))]
        read = [self._lists(one) for one in asked if isinstance(one, ListsRequested)]
        await write_events(self._connection, read)
        return len(read)

    def _lists(self, asked: ListsRequested) -> ListsRead:
        contents = [
            (one.url, self._read(self._bodies[one.sha256]).model_dump_json().encode())
            for one in asked.attachments
        ]
        lists = lists_of(self._bodies[asked.body.sha256], asked.capture.url, contents)
        return lists_read(asked, lists, PARSER_VERSION)
