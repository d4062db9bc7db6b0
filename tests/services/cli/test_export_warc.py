"""Held captures as WARC: read back, they are what they were."""

from collections.abc import AsyncIterator
from io import BytesIO

import pytest

from deploy.local.archive.captures import Capture
from services.cli.export_warc import export_warc, original_headers
from services.fetcher.adapters.warc import read_captures
from services.fetcher.archive.playback import Player
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.memory.connection import Memory
from services.fetcher.memory.holdings import Holdings
from shared.blobs import Blobs
from shared.events import CdxRow
from tests.services.fetcher.pages import BODY, PAGE, STAMP, request
from tests.services.fetcher.stage import Stage, staged

LATER = "20190201000000"


@pytest.fixture
async def memory(database_url: str) -> AsyncIterator[Memory]:
    memory = Memory(database_url)
    yield memory
    await memory.stop()


async def test_what_is_held_comes_back(
    tmp_path_factory: pytest.TempPathFactory, memory: Memory, database_url: str
) -> None:
    headers = (("Content-Type", "text/html; charset=gb2312"), ("Server", "nginx"))
    folder = tmp_path_factory.mktemp("held")
    with staged(folder, Capture(PAGE, STAMP, BODY, headers=headers)) as stage:
        await fetched(stage, memory)
    file = BytesIO()
    assert await export_warc(database_url, stage.settings().blob_url, file) == (2, 0)
    file.seek(0)
    back = list(read_captures(file, 10**6))
    assert [(c.row.original, c.row.timestamp, c.row.statuscode) for c in back] == [
        (PAGE, STAMP, "200"),
        (PAGE, LATER, "200"),
    ]
    for each in back:
        assert each.playback.body == BODY
        assert each.playback.reply
        assert each.playback.reply.header("content-type") == "text/html; charset=gb2312"
        assert each.playback.reply.header("server") == "nginx"
        assert each.playback.reply.header("memento-datetime") is None
    # A body that is lost is counted, the rest is written.
    held = [path for path in (folder / "blobs" / "bodies").rglob("*") if path.is_file()]
    assert len(held) == 1
    held[0].unlink()
    assert await export_warc(database_url, stage.settings().blob_url, BytesIO()) == (0, 2)


async def fetched(stage: Stage, memory: Memory) -> None:
    """A capture, and one of the same digest that is not asked for."""
    settings = stage.settings()
    blobs = Blobs(settings.blob_url)
    async with stage.client() as client:
        fetch = FetchCapture(Player(client, settings.body_bytes), blobs, settings)
        once = FetchOnce(fetch, Holdings(memory), blobs, settings)
        for stamp in (STAMP, LATER):
            row = CdxRow(urlkey="k", timestamp=stamp, original=PAGE, digest="A" * 32)
            await once(request(timestamp=stamp).model_copy(update={"listed": row}))


def test_of_headers_without_any_of_the_archives_all_are_the_sites() -> None:
    given = [("content-type", "text/html"), ("server", "nginx"), ("content-encoding", "gzip")]
    assert original_headers(given) == given[:2]
