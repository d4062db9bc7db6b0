"""`mofcom reparse`: from stored bytes, resumable, and rows change only with their reading."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer
from rich.console import Console

from deploy.init.topics import create_topics
from services.cli.reparse import pages as reparse
from services.fetcher.sidecar import Sidecar
from services.parser.parse import PARSER_VERSION, parse
from shared.blobs import Blobs
from shared.delivery.message import from_aiokafka
from shared.delivery.publisher import KafkaPublisher, Publication
from shared.envelope import decode
from shared.events import CaptureFetched, CaptureRequested, Event, NoticeParsed
from shared.notice import Notice
from shared.settings import Settings
from shared.topics import Topic
from testing.indexer.events import notice, parsed
from testing.kafka_login import options
from testing.waiting import LIMIT_SECONDS
from tests.database.conftest import read, write_events

CONSOLE = Console(file=StringIO())
NEW = 2


@pytest.fixture
async def settings(
    kafka_bootstrap: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    topic = Topic(f"reparse-{uuid4().hex}", CaptureFetched, 1)
    monkeypatch.setattr(reparse, "CAPTURE_FETCHED", topic)
    settings = Settings(kafka_bootstrap_servers=kafka_bootstrap, blob_url=tmp_path.as_uri())
    await create_topics(settings, [topic], 1)
    return settings


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


@pytest.fixture
async def stored(connection: asyncpg.Connection, settings: Settings) -> list[NoticeParsed]:
    """Five notices read by parser 1, with their sidecars."""
    events = [
        read(
            notice(
                document_number=f"商务部公告2025年第{n}号",
                issuers=("商务部",) if n < 3 else ("海关总署",),
                issued_on=date(2025, 1, n),
                layout="generic" if n == 5 else "article_2020",
            )
        )
        for n in range(1, 6)
    ]
    await write_events(connection, events)
    blobs = Blobs(settings.blob_url)
    for event in events:
        fetched = event.fetched
        assert fetched.capture is not None
        # What the fixture's events are about, byte for byte.
        body = f"{fetched.capture.url} {fetched.capture.timestamp}".encode()
        assert fetched.body
        assert await blobs.put_body(body) == fetched.body.sha256
        sidecar = Sidecar(
            fetched=fetched, archive="", visited=(), status=200, headers=(), codings=()
        )
        await blobs.put_sidecar(fetched.capture.capture_id, fetched.request.request_id, sidecar)
    return events


async def parser(
    settings: Settings, connection: asyncpg.Connection, first: int, records: int
) -> None:
    """Reads `records` of the topic from the offset `first` on: one title better than before, the rest as it was."""
    consumer = AIOKafkaConsumer(
        vars(reparse)["CAPTURE_FETCHED"].name,
        **options(settings.kafka_bootstrap_servers),
        auto_offset_reset="earliest",
    )
    await consumer.start()
    try:
        (partition,) = consumer.assignment()
        consumer.seek(partition, first)
        for _ in range(records):
            message = from_aiokafka(await consumer.getone())
            capture = decode(CaptureFetched, message.value, message.headers)
            (old,) = await connection.fetch(
                "SELECT notice, body_text FROM ingest.reading WHERE capture_id = $1",
                capture.capture and capture.capture.capture_id,
            )
            better = Notice.model_validate(
                {**json.loads(old["notice"]), "parser_version": NEW, "body_text": old["body_text"]}
            )
            if better.document_number == "商务部公告2025年第2号":
                better = better.model_copy(update={"title": "better"})
            at = capture.fetched_at + timedelta(days=1)
            await write_events(connection, [parsed(capture, NEW, notice=better, parsed_at=at)])
    finally:
        await consumer.stop()


async def test_it_continues_where_it_was_and_only_changed_readings_change_rows(
    settings: Settings,
    connection: asyncpg.Connection,
    database_url: str,
    stored: list[NoticeParsed],
) -> None:
    everything = (NEW, None, None, None, None)
    # Nobody reads yet; then the parser reads two of the five that were published, and ends.
    assert await reparse.reparse_all(database_url, settings, everything, CONSOLE, 0) == 5
    await parser(settings, connection, 0, 2)
    before = await connection.fetchval("SELECT max(sequence) FROM changes")
    # The second run publishes the other three alone, behind these five.
    works = asyncio.create_task(parser(settings, connection, 5, 3))
    said = StringIO()
    console = Console(file=said, width=200)
    assert await reparse.reparse_all(database_url, settings, everything, console, 20) == 0
    assert "3 pages parsed again" in said.getvalue()
    await asyncio.wait_for(works, LIMIT_SECONDS)
    versions = await connection.fetch("SELECT DISTINCT parser_version FROM notices")
    assert [row[0] for row in versions] == [NEW]
    rows = await connection.fetch("SELECT notice_key, fields FROM changes WHERE kind = 'changed'")
    assert [(row["notice_key"], set(row["fields"])) for row in rows] == [
        ("商务部2025-2", {"title", "details"})
    ]
    assert before >= 5
    said = StringIO()
    console = Console(file=said, width=200)
    assert await reparse.reparse_all(database_url, settings, everything, console, 1) == 0
    assert "nothing to read again" in said.getvalue()


async def test_what_the_blob_store_has_lost_is_passed_over_and_requested_again(
    settings: Settings,
    connection: asyncpg.Connection,
    database_url: str,
    stored: list[NoticeParsed],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    published: list[Event] = []

    async def keep(_: object, publications: Iterable[Publication]) -> None:
        published.extend(each.event for each in publications)

    monkeypatch.setattr(KafkaPublisher, "publish", keep)
    without_sidecar, without_body, cut_off = (event.fetched for event in stored[:3])
    folder = Path(settings.blob_url.removeprefix("file://"))
    (sidecar,) = folder.rglob(f"*.{without_sidecar.request.request_id}.json.zst")
    sidecar.unlink()
    assert without_body.body
    (body,) = (folder / "bodies").rglob(f"{without_body.body.sha256}.zst")
    body.unlink()
    (half,) = folder.rglob(f"*.{cut_off.request.request_id}.json.zst")
    half.write_bytes(half.read_bytes()[:40])

    said = StringIO()
    console = Console(file=said, width=200)
    everything = (NEW, None, None, None, None)
    # Nobody reads: the two that are whole are left.
    assert await reparse.reparse_all(database_url, settings, everything, console, 0) == 2
    assert "3 pages passed over" in said.getvalue()
    assert "3 of them are requested" in said.getvalue()
    fetched = [event.request.request_id for event in published if isinstance(event, CaptureFetched)]
    assert sorted(fetched) == sorted(event.fetched.request.request_id for event in stored[3:])
    requested = [event for event in published if isinstance(event, CaptureRequested)]
    assert {event.request_id for event in requested} == {
        one.request.request_id for one in (without_sidecar, without_body, cut_off)
    }
    assert {event.attempt for event in requested} == {2}


def page(title: str, text: str) -> bytes:
    return (
        f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>"
        f"<p>{text}</p><p>商务部</p><p>2025年3月4日</p></body></html>"
    ).encode()


async def test_pages_that_are_read_alike_only_get_the_version_and_no_event(
    settings: Settings,
    connection: asyncpg.Connection,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    published: list[Event] = []

    async def keep(_: object, publications: Iterable[Publication]) -> None:
        published.extend(each.event for each in publications)

    monkeypatch.setattr(KafkaPublisher, "publish", keep)
    text = "现公告如下：自公布之日起停止执行第3号公告。" * 5
    bodies = [page(f"商务部公告2025年第{n}号", text) for n in range(20)]
    bodies[5] = b"%PDF-1.4"
    blobs = Blobs(settings.blob_url)
    for n, body in enumerate(bodies):
        url = f"http://www.mofcom.gov.cn/article/b/{n}.shtml"
        was = notice() if n == 5 else parse(body, url, timestamp="20260101000000")
        event = read(was.model_copy(update={"parser_version": 1}), url=url)
        capture, fetched = event.fetched.capture, event.fetched
        assert capture
        assert fetched.body
        described = fetched.body.model_copy(update={"sha256": await blobs.put_body(body)})
        fetched = fetched.model_copy(update={"body": described})
        event = event.model_copy(update={"fetched": fetched})
        if n == 7:
            changed = event.notice and event.notice.model_copy(update={"title": "another"})
            event = event.model_copy(update={"notice": changed})
        await write_events(connection, [event])
        sidecar = Sidecar(
            fetched=fetched, archive="", visited=(), status=200, headers=(), codings=()
        )
        await blobs.put_sidecar(capture.capture_id, fetched.request.request_id, sidecar)
    # A reading from before digests were stored.
    await connection.execute(
        "UPDATE ingest.reading SET digest = NULL WHERE url_key LIKE '%/article/b/9.shtml'"
    )
    changes = await connection.fetchval("SELECT max(sequence) FROM changes")
    said = StringIO()
    everything = (PARSER_VERSION, None, None, None, None)
    console = Console(file=said, width=200)
    assert await reparse.reparse_all(database_url, settings, everything, console, 0) == 3
    urls = {
        event.capture.url
        for event in published
        if isinstance(event, CaptureFetched) and event.capture
    }
    assert urls == {f"http://www.mofcom.gov.cn/article/b/{n}.shtml" for n in (5, 7, 9)}
    rows = await connection.fetch("SELECT url_key, parser_version FROM ingest.reading")
    versions = {row["url_key"].rpartition("/")[2]: row["parser_version"] for row in rows}
    expected = {f"{n}.shtml": 1 if n in (5, 7, 9) else PARSER_VERSION for n in range(20)}
    assert versions == expected
    assert await connection.fetchval("SELECT max(sequence) FROM changes") == changes
    assert "17 pages parsed again" in said.getvalue()


@pytest.mark.parametrize(
    ("number", "issuer", "since", "layout", "expected"),
    [
        ("商务部2025-3", None, None, None, 1),
        (None, "海关总署", None, None, 3),
        (None, None, date(2025, 1, 4), None, 2),
        (None, None, None, "generic", 1),
        (None, "商务部", date(2025, 1, 2), None, 1),
    ],
)
async def test_what_is_chosen(
    settings: Settings,
    database_url: str,
    stored: list[NoticeParsed],
    number: str | None,
    issuer: str | None,
    since: date | None,
    layout: str | None,
    expected: int,
) -> None:
    chosen = (NEW, number, issuer, since, layout)
    # Nobody reads: all that was chosen is left.
    assert await reparse.reparse_all(database_url, settings, chosen, CONSOLE, 0) == expected
    none = (1, number, issuer, since, layout)
    assert await reparse.reparse_all(database_url, settings, none, CONSOLE, 0) == 0
