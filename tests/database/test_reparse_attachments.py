"""`mofcom reparse` reads files again, and the notices that list something in them."""

from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import asyncpg
import pytest
from rich.console import Console

from services.cli.reparse.attachments import Attachments
from services.fetcher.sidecar import Sidecar
from services.parser.version import PARSER_VERSION
from shared.attachment import Lists
from shared.blobs import Blobs
from shared.events import CaptureFetched, ListsRequested
from testing.doubles import RecordingPublisher
from testing.indexer.events import attachment_read, lists_read
from tests.database.attached import Parser, captured, read_file
from tests.database.conftest import Write
from tests.database.test_attachments import BODIES, LIST, LISTING, file, read_page

NEW = PARSER_VERSION + 1


@pytest.mark.parametrize(
    ("name", "chosen", "ocr", "files", "lists"),
    [
        ("entities.doc", (NEW, None, None, None, None), False, 1, 1),
        ("entities.doc", (NEW, "商务部2025-21", None, None, None), False, 1, 1),
        ("entities.doc", (NEW, "商务部2025-22", None, None, None), False, 0, 0),
        ("entities.doc", (NEW, None, "海关总署", None, None), False, 0, 0),
        ("entities.doc", (PARSER_VERSION, None, None, None, None), False, 0, 0),
        # In a file without pictures there is nothing to recognise.
        ("entities.doc", (PARSER_VERSION, None, None, None, None), True, 0, 0),
        ("scan.pdf", (PARSER_VERSION, None, None, None, None), False, 0, 0),
        ("scan.pdf", (PARSER_VERSION, None, None, None, None), True, 1, 0),
    ],
)
async def test_files_and_their_notices_are_read_again(
    connection: asyncpg.Connection,
    write: Write,
    tmp_path: Path,
    name: str,
    chosen: tuple[object, ...],
    ocr: bool,
    files: int,
    lists: int,
) -> None:
    data = file(name)
    await write([read_page(LISTING), read_file(LIST, data)])
    await Parser(connection, [data, *BODIES]).answer()
    changes = await connection.fetchval("SELECT count(*) FROM changes")
    blobs = Blobs(tmp_path.as_uri())
    fetched = captured(LIST, data, "attachment", "20250410000000")
    assert fetched.capture is not None
    assert fetched.body is not None
    assert await blobs.put_body(data) == fetched.body.sha256
    sidecar = Sidecar(fetched=fetched, archive="", visited=(), status=200, headers=(), codings=())
    await blobs.put_sidecar(fetched.capture.capture_id, fetched.request.request_id, sidecar)
    publisher = RecordingPublisher()
    content = read_file(LIST, data).content
    assert content is not None
    stored = await connection.fetchval("SELECT lists::text FROM ingest.lists")

    async def wait(query: str, names: Sequence[str]) -> int:
        """Answer what was published, as the services would."""
        assert await connection.fetchval(query, names, NEW) == len(names) == 1
        event = publisher.published[-1].event
        if isinstance(event, CaptureFetched):
            await write([attachment_read(event, content, NEW, ocr=ocr)])
        else:
            assert isinstance(event, ListsRequested)
            assert [one.url for one in event.attachments] == [LIST]
            await write([lists_read(event, Lists.model_validate_json(stored), NEW)])
        return int(await connection.fetchval(query, names, NEW))

    said = StringIO()
    attachments = Attachments(connection, publisher, blobs, chosen, wait, ocr=ocr)
    assert await attachments.read_again(Console(file=said, width=200)) == 0
    types = [type(one.event) for one in publisher.published]
    assert types == [CaptureFetched] * files + [ListsRequested] * lists
    expected = f"1 attachments read again, and {lists} notices with theirs\n" if files else ""
    assert said.getvalue() == expected
    # What is read as before changes no notice.
    assert await connection.fetchval("SELECT count(*) FROM changes") == changes
