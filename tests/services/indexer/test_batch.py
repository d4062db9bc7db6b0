"""What becomes of a batch: rows, dead letters, offsets."""

import hashlib
from datetime import timedelta
from random import Random

import asyncpg
import pytest

from services.indexer.batch import WriteBatch
from services.indexer.intake import take
from shared.blobs import Blobs
from shared.delivery.dead_letter import dead_letter
from shared.delivery.message import Message
from shared.errors import DependencyDown, EventTooLarge
from shared.events import DeadLetter, DeadLetterHandled, NoticeBlob
from shared.topics import CAPTURE_FETCHED, DEAD_LETTER
from testing.clock import Clock
from testing.doubles import RecordingPublisher
from testing.indexer.events import (
    HTML,
    NOON,
    TABLES,
    batch,
    body,
    dead,
    fetched,
    message,
    notice,
    parsed,
    request,
    table,
)


def urls(number: int) -> list[str]:
    return [f"http://www.mofcom.gov.cn/{n}.shtml" for n in range(number)]


def garbage(topic: str, offset: int = 0, value: bytes = b"?") -> Message:
    return Message(topic, 0, offset, b"key", value, [("ce_type", None)], NOON)  # type: ignore[list-item]


async def test_a_row_that_postgres_refuses_is_found_and_the_rest_is_written(
    write: WriteBatch, outbox: RecordingPublisher, connection: asyncpg.Connection
) -> None:
    asked = [request(url) for url in urls(20)]
    for number in (4, 13):
        # Longer than an entry of an index may be, also compressed.
        long = Random(number).randbytes(20_000).hex()
        asked[number] = asked[number].model_copy(update={"request_id": long})
    await write(take(batch(asked)), set())

    assert await connection.fetchval("SELECT count(*) FROM ingest.request") == 18
    assert await connection.fetchval("SELECT count(*) FROM ingest.ledger") == 18
    letters = outbox.events
    assert all(isinstance(letter, DeadLetter) for letter in letters)
    assert {letter.origin.offset for letter in letters if isinstance(letter, DeadLetter)} == {4, 13}
    assert {publication.topic.name for publication in outbox.published} == {DEAD_LETTER.name}
    assert await connection.fetchval("SELECT next_offset FROM ingest.ingest_offset") == 20


async def test_a_record_that_is_no_event_is_a_dead_letter(
    write: WriteBatch, outbox: RecordingPublisher, connection: asyncpg.Connection
) -> None:
    good = message(request(), offset=1)
    (partition,) = batch([request()])
    await write(take({partition: [garbage(partition.topic), good]}), set())
    (letter,) = outbox.events
    assert isinstance(letter, DeadLetter)
    assert (letter.reason, letter.service, letter.origin.offset) == ("invalid event", "indexer", 0)
    assert await connection.fetchval("SELECT count(*) FROM ingest.request") == 1
    assert await connection.fetchval("SELECT next_offset FROM ingest.ingest_offset") == 2


async def test_a_record_of_the_dead_letters_that_is_none_is_a_row_at_once(
    write: WriteBatch, outbox: RecordingPublisher, connection: asyncpg.Connection
) -> None:
    (partition,) = batch([dead(CAPTURE_FETCHED)])
    messages = [
        garbage(DEAD_LETTER.name, 0, b"\0"),
        message(dead(CAPTURE_FETCHED).model_copy(update={"attempt": 10**30}), 1),
        message(dead(CAPTURE_FETCHED).model_copy(update={"record_value": "no base64"}), 2),
    ]
    await write(take({partition: messages}), set())
    assert outbox.published == []
    rows = await connection.fetch('SELECT * FROM ingest.dead_letter ORDER BY "offset"')
    assert [(row["topic"], row["offset"], row["reason"]) for row in rows] == [
        ("dead-letter", 0, "invalid event"),
        ("dead-letter", 1, "invalid event"),
        ("dead-letter", 2, "invalid event"),
    ]
    assert rows[0]["record_value"] == b"\0"
    assert await connection.fetchval("SELECT count(*) FROM ingest.ledger") == 0


async def test_when_most_fails_for_unknown_reasons_it_is_buried_slowly(
    write: WriteBatch,
    outbox: RecordingPublisher,
    connection: asyncpg.Connection,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bad release")

    asked = [request(url) for url in urls(30)]
    monkeypatch.setattr("services.indexer.intake.rows_of", broken)
    await write(take(batch(asked[:20])), set())
    assert len(outbox.published) == 20, "some may fail"
    for _ in range(2):
        with pytest.raises(DependencyDown, match=r"brake: 21 of the last 21 .* bad release"):
            await write(take(batch(asked[20:21])), set())
    assert len(outbox.published) == 20
    clock.now += 5.0
    await write(take(batch(asked[20:21])), set())
    assert len(outbox.published) == 21
    monkeypatch.undo()
    with pytest.raises(DependencyDown):
        await write(take(batch(asked[21:])), set())
    clock.now += 5.0
    await write(take(batch(asked[21:])), set())
    assert await connection.fetchval("SELECT count(*) FROM requests") == 9


async def test_a_row_knows_the_trace_of_its_record(
    write: WriteBatch, connection: asyncpg.Connection
) -> None:
    asked = request()
    await write(take(batch([asked])), set())
    assert await connection.fetchval("SELECT trace FROM requests") == asked.id[:32]


async def test_what_dies_again_elsewhere_is_one_dead_letter(
    write: WriteBatch, connection: asyncpg.Connection
) -> None:
    asked = fetched(request())
    for offset in (7, 9, 7):
        letter = dead_letter(message(asked, offset), "parser", "too deep", "deep")
        await write(take(batch([letter])), set())
    assert await connection.fetchval("SELECT count(*) FROM dead_letters") == 1
    # Another attempt is another event; so is what another service gives up.
    retried = fetched(request(attempt=2))
    for service, fetched_event in (("indexer", asked), ("parser", retried)):
        letter = dead_letter(message(fetched_event, 7), service, "too deep", "deep")
        await write(take(batch([letter])), set())
    assert await connection.fetchval("SELECT count(*) FROM dead_letters") == 3


async def test_records_that_are_no_events_count_by_their_place_whatever_they_claim_to_be(
    write: WriteBatch, connection: asyncpg.Connection
) -> None:
    headers = message(fetched(request())).headers
    for offset in (7, 8, 7):
        record = Message(CAPTURE_FETCHED.name, 0, offset, b"k", b"{}", headers, NOON)
        letter = dead_letter(record, "parser", "invalid event", "no")
        await write(take(batch([letter])), set())
    places = await connection.fetch("SELECT subject FROM dead_letters ORDER BY subject")
    assert [row["subject"] for row in places] == ["capture.fetched/0/7", "capture.fetched/0/8"]


async def test_a_handled_dead_letter_is_open_again_when_it_dies_again(
    write: WriteBatch, connection: asyncpg.Connection
) -> None:
    letter = dead(CAPTURE_FETCHED, died_at=NOON)
    seen_to = DeadLetterHandled(
        service=letter.service,
        subject=letter.subject,
        action="dropped",
        note="a test",
        handled_at=NOON + timedelta(minutes=1),
    )
    await write(take(batch([letter, seen_to])), set())
    handled = "SELECT handled, handled_note FROM dead_letters"
    assert tuple(await connection.fetchrow(handled)) == ("dropped", "a test")
    died_again = letter.model_copy(update={"died_at": NOON + timedelta(minutes=2)})
    await write(take(batch([died_again])), set())
    assert tuple(await connection.fetchrow(handled)) == (None, None)


async def test_a_record_too_large_for_a_dead_letter_is_a_row_at_once(
    write: WriteBatch,
    outbox: RecordingPublisher,
    connection: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def refuse(*_: object) -> None:
        raise EventTooLarge("8 MiB")

    monkeypatch.setattr(outbox, "publish", refuse)
    (partition,) = batch([request()])
    await write(take({partition: [garbage(partition.topic)]}), set())
    assert await connection.fetchval("SELECT service FROM ingest.dead_letter") == "indexer"


async def test_nothing_is_written_when_a_dead_letter_cannot_be_sent(
    write: WriteBatch,
    outbox: RecordingPublisher,
    connection: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def refuse(*_: object) -> None:
        raise DependencyDown("kafka", "away")

    monkeypatch.setattr(outbox, "publish", refuse)
    (partition,) = batch([request()])
    taken = take({partition: [garbage(partition.topic), message(request(), 1)]})
    with pytest.raises(DependencyDown, match="kafka"):
        await write(taken, set())
    assert await connection.fetchval("SELECT count(*) FROM ingest.request") == 0
    assert await connection.fetchval("SELECT count(*) FROM ingest.ingest_offset") == 0


async def test_a_large_notice_is_read_from_the_blob_store(
    write: WriteBatch, blobs: Blobs, connection: asyncpg.Connection
) -> None:
    data = notice(title="大").model_dump_json().encode()
    pointer = NoticeBlob(sha256=await blobs.put_parsed(data), size=len(data))
    await write(take(batch([parsed(fetched(request()), notice=None, notice_blob=pointer)])), set())
    assert await connection.fetchval("SELECT title FROM notices") == "大"


async def test_a_body_is_kept_once_decoded_without_nul_under_the_greatest_content_type(
    write: WriteBatch, blobs: Blobs, connection: asyncpg.Connection
) -> None:
    data = '<meta charset="gb2312">内外贸\0一体化'.encode("gb18030")
    await blobs.put_body(data)
    one, two, three = (request(url) for url in urls(3))
    await write(take(batch([fetched(one, body=body(data, "text/html"))])), set())
    await write(take(batch([fetched(two, body=body(data, "text/plain"))])), set())
    await write(take(batch([fetched(three, body=body(data, None))])), set())
    (row,) = await connection.fetch("SELECT * FROM ingest.body")
    assert row["sha256"] == hashlib.sha256(data).hexdigest()
    assert row["html"] == '<meta charset="gb2312">内外贸\N{REPLACEMENT CHARACTER}一体化'
    assert row["content_type"] == "text/plain"


async def test_a_body_is_read_in_the_charset_that_the_fetcher_chose(
    write: WriteBatch, blobs: Blobs, connection: asyncpg.Connection
) -> None:
    data = '<meta charset="gb2312">內外貿'.encode("big5")
    await blobs.put_body(data)
    pointer = body(data, "text/html").model_copy(update={"charset": "big5"})
    await write(take(batch([fetched(request(), body=pointer)])), set())
    (row,) = await connection.fetch("SELECT charset, html FROM ingest.body")
    assert tuple(row) == ("big5", data.decode("big5"))


@pytest.mark.parametrize(
    ("content_type", "kind", "kept"),
    [
        ("Text/HTML; charset=x", "page", True),
        ("application/xhtml+xml", "page", True),
        (None, "page", True),
        (None, "attachment", False),
        ("application/pdf", "attachment", False),
        ("image/png", "page", False),
    ],
)
async def test_only_text_is_kept(
    write: WriteBatch,
    blobs: Blobs,
    connection: asyncpg.Connection,
    content_type: str | None,
    kind: str,
    kept: bool,
) -> None:
    await blobs.put_body(HTML.encode())
    fetched_event = fetched(request(kind=kind), body=body(content_type=content_type))
    await write(take(batch([fetched_event])), set())
    assert await connection.fetchval("SELECT count(*) FROM ingest.body") == kept
    assert await connection.fetchval("SELECT count(*) FROM ingest.capture") == 1


async def test_a_blob_that_is_missing_makes_a_dead_letter(
    write: WriteBatch, outbox: RecordingPublisher
) -> None:
    fetched_event = fetched(request(), body=body(b"never stored"))
    await write(take(batch([fetched_event])), set())
    (letter,) = outbox.events
    assert isinstance(letter, DeadLetter)
    assert (letter.reason, letter.request_id) == ("blob missing", fetched_event.request.request_id)


async def test_a_blob_store_out_of_reach_holds_the_batch(
    write: WriteBatch,
    outbox: RecordingPublisher,
    blobs: Blobs,
    connection: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def refuse(_: str) -> bytes:
        raise DependencyDown("blob store", "away")

    monkeypatch.setattr(blobs, "get_body", refuse)
    with pytest.raises(DependencyDown, match="blob store"):
        await write(take(batch([fetched(request(), body=body())])), set())
    assert outbox.published == []
    assert await connection.fetchval("SELECT count(*) FROM ingest.capture") == 0


async def test_a_replay_rewrites_no_row(write: WriteBatch, connection: asyncpg.Connection) -> None:
    asked = request()
    events = [asked, fetched(asked), parsed(fetched(asked))]

    async def versions() -> list[object]:
        return [
            [row["xmin"] for row in await connection.fetch(f"SELECT xmin FROM ingest.{name}")]  # noqa: S608
            for name in TABLES
        ]

    await write(take(batch(events)), set())
    rows, before = [await table(connection, name) for name in TABLES], await versions()
    await write(take(batch(events)), set())
    assert [await table(connection, name) for name in TABLES] == rows
    assert await versions() == before


async def test_offsets_go_back_only_with_the_first_batch_of_an_assignment(
    write: WriteBatch, connection: asyncpg.Connection
) -> None:
    (partition,) = batch([request()])
    offset = "SELECT next_offset FROM ingest.ingest_offset"
    await write(take({partition: [message(request(), 9)]}), set())
    # A consumer that was frozen comes late with what another has long passed.
    await write(take({partition: [message(request(), 4)]}), set())
    assert await connection.fetchval(offset) == 10
    await write(take({partition: [message(request(), 4)]}), {partition})
    assert await connection.fetchval(offset) == 5


async def test_no_schema_holds_the_batch(write: WriteBatch, connection: asyncpg.Connection) -> None:
    await connection.execute("ALTER SCHEMA ingest RENAME TO elsewhere")
    with pytest.raises(DependencyDown, match="database: InvalidSchemaNameError"):
        await write(take(batch([request()])), set())
