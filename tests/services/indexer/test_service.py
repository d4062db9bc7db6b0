"""The indexer as a program, on real Kafka and Postgres: `python -m services.indexer`."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from aiokafka import AIOKafkaProducer

from deploy.local.connections import Connections
from shared.blobs import Blobs
from shared.delivery.publisher import KafkaPublisher
from shared.envelope import encode
from shared.events import CaptureRequested, RetryAt, Skipped
from shared.topics import CAPTURE_REQUESTED
from testing.indexer.events import HTML, NOON, body, fetched, notice, parsed, request
from testing.indexer.program import (
    connection,
    indexer,
    pipeline,
    publish,
    publisher,
)
from testing.kafka_login import options
from testing.waiting import until

_BACKLOG_READ = "SELECT next_offset FROM ingest.ingest_offset WHERE topic = 'capture.backlog'"

__all__ = ["connection", "pipeline", "publisher"]


async def test_500_captures_and_a_kill_in_the_middle(
    pipeline: Connections, publisher: KafkaPublisher, connection: asyncpg.Connection
) -> None:
    await Blobs(pipeline.blob_url).put_body(HTML.encode())
    asked = [request(f"http://www.mofcom.gov.cn/kill/{n}.shtml") for n in range(500)]
    fetched_events = [fetched(each, body=body()) for each in asked]
    ended = [
        parsed(each, outcome=Skipped(reason="redirect"), notice=None)
        if n % 5 == 0
        else parsed(each, notice=notice(document_number=f"商办建函〔2022〕{n}号"))
        for n, each in enumerate(fetched_events)
    ]

    async def outcomes() -> int:
        number: int = await connection.fetchval(
            "SELECT count(*) FROM requests WHERE url LIKE '%/kill/%' AND state IN ('done','skipped')"
        )
        return number

    async def some() -> bool:
        return await outcomes() > 0

    async def all_read() -> bool:
        read = await connection.fetchval("SELECT sum(next_offset) FROM ingest.ingest_offset")
        return bool(read == len(asked) + len(fetched_events) + len(ended))

    # Small batches, so that the kill falls between two.
    with indexer(pipeline, MOFCOM_INDEX_BATCH="7") as program:
        await publish(publisher, [*asked, *fetched_events, *ended])
        await until(some)
        program.kill()
        assert await outcomes() < 500
        program.start()
        await until(all_read)

    assert await outcomes() == 500
    counted = await connection.fetch(
        "SELECT state, count(*) AS n FROM requests WHERE url LIKE '%/kill/%' GROUP BY state"
    )
    assert {row["state"]: row["n"] for row in counted} == {"done": 400, "skipped": 100}
    assert (
        await connection.fetchval("SELECT count(*) FROM notices WHERE url LIKE '%/kill/%'") == 400
    )
    assert (
        await connection.fetchval("SELECT count(*) FROM captures WHERE url LIKE '%/kill/%'") == 500
    )
    assert await connection.fetchval("SELECT count(*) FROM ingest.body") == 1
    assert await connection.fetchval("SELECT count(*) FROM dead_letters") == 0


async def test_a_live_capture_is_a_row_before_a_flood_is_over(
    pipeline: Connections, publisher: KafkaPublisher, connection: asyncpg.Connection
) -> None:
    flood = [
        request(f"http://www.mofcom.gov.cn/flood/{n}.shtml", backlog=True) for n in range(10_000)
    ]
    live = request("http://www.mofcom.gov.cn/live.shtml", asked_at=datetime.now(UTC))

    async def swept(number: int) -> bool:
        found: int = await connection.fetchval("SELECT count(*) FROM requests WHERE backlog")
        return found >= number

    async def there(state: str) -> bool:
        found = await connection.fetchval(
            "SELECT state FROM requests WHERE request_id = $1", live.request_id
        )
        return bool(found == state)

    await publish(publisher, flood)
    with indexer(pipeline, MOFCOM_INDEX_BATCH="100") as program:
        await until(lambda: swept(1))
        fetched_event = fetched(live)
        await publish(publisher, [live])
        await until(lambda: there("waiting"))
        await publish(publisher, [fetched_event])
        await until(lambda: there("done"))
        assert not await swept(10_000), "the flood was over before the live capture came"
        await until(lambda: swept(10_000))
        metrics = await asyncio.to_thread(program.metrics)
    assert metrics["mofcom_request_to_row_seconds_count"] == 1
    assert metrics['mofcom_events_indexed_total{type="mofcom.capture.requested"}'] == 10_001


async def test_a_database_that_is_away_is_waited_for(
    pipeline: Connections, publisher: KafkaPublisher, connection: asyncpg.Connection
) -> None:
    asked = request("http://www.mofcom.gov.cn/outage.shtml")

    async def ready() -> bool:
        return await asyncio.to_thread(program.problems) == []

    async def holding() -> bool:
        problems = await asyncio.to_thread(program.problems)
        return any(problem.startswith("database: ") for problem in problems)

    async def there() -> bool:
        found = "SELECT true FROM requests WHERE request_id = $1"
        return bool(await connection.fetchval(found, asked.request_id))

    with indexer(pipeline) as program:
        await until(ready)
        admin = await asyncpg.connect(pipeline.database_url, database="template1")
        name = await connection.fetchval("SELECT current_database()")
        await admin.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        await admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> $2".replace(
                "$1", f"'{name}'"
            ).replace("$2", str(connection.get_server_pid()))
        )
        await publish(publisher, [asked])
        await until(holding)
        assert not await there()
        await admin.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')
        await admin.close()
        await until(there)
        await until(ready)
        assert program.stop() == 0


async def test_what_is_due_is_published_on_its_topic(
    pipeline: Connections, publisher: KafkaPublisher, connection: asyncpg.Connection
) -> None:
    asked = request("http://www.mofcom.gov.cn/due.shtml", backlog=True)
    at = datetime.now(UTC) + timedelta(seconds=1)
    failed = fetched(asked, capture=None, outcome=RetryAt(at=at, reason="throttled"))

    behind = request("http://www.mofcom.gov.cn/behind-due.shtml", backlog=True)
    before = await connection.fetchval(_BACKLOG_READ) or 0

    async def read_to(offset: int) -> bool:
        return bool((await connection.fetchval(_BACKLOG_READ) or 0) >= offset)

    async def asked_again() -> bool:
        row = await connection.fetchrow(
            "SELECT state, attempt, last_error FROM requests WHERE request_id = $1",
            asked.request_id,
        )
        return row is not None and tuple(row) == ("waiting", 2, "throttled")

    with indexer(pipeline), indexer(pipeline):
        await publish(publisher, [failed])
        await until(asked_again)
        # Two schedulers are at work: what comes behind the event shows whether there were two.
        await publish(publisher, [behind])
        await until(lambda: read_to(before + 2))
        assert await connection.fetchval(_BACKLOG_READ) == before + 2


@pytest.mark.parametrize("codec", ["gzip", "snappy", "lz4", "zstd"])
async def test_records_of_others_are_read_however_they_are_compressed(
    pipeline: Connections, connection: asyncpg.Connection, codec: str
) -> None:
    asked = [request(f"http://www.mofcom.gov.cn/{codec}/{n}.shtml") for n in range(20)]
    other = AIOKafkaProducer(**options(pipeline.kafka_bootstrap_servers), compression_type=codec)
    await other.start()
    topic = CAPTURE_REQUESTED.name
    # Of another system: without headers, without a value, no JSON.
    for value in (b"{}", None, b"\xff" * 1000):
        await other.send_and_wait(topic, value, key=b"k", partition=0)
    for each in asked:
        record = encode(each, "other", NOON)
        await other.send(topic, record.value, key=record.key, headers=record.headers)
    await other.stop()

    async def all_rows() -> bool:
        count = "SELECT count(*) FROM ingest.request WHERE url LIKE '%/' || $1 || '/%'"
        return bool(await connection.fetchval(count, codec) == len(asked))

    with indexer(pipeline):
        await until(all_rows)


async def test_a_transaction_beside_us_leaves_nothing_to_wait_for(
    pipeline: Connections, connection: asyncpg.Connection
) -> None:
    kept = request("http://www.mofcom.gov.cn/transaction/kept.shtml")
    other = AIOKafkaProducer(**options(pipeline.kafka_bootstrap_servers), transactional_id="other")
    await other.start()
    async with other.transaction():
        record = encode(kept, "other", NOON)
        await other.send(
            CAPTURE_REQUESTED.name, record.value, key=record.key, headers=record.headers
        )
    await other.stop()

    async def row() -> bool:
        return (
            await connection.fetchval("SELECT true FROM requests WHERE url = $1", kept.url) or False
        )

    with indexer(pipeline):
        await until(row)
    with indexer(pipeline, MOFCOM_STALL_SECONDS="3", MOFCOM_LAG_SECONDS="0.5") as program:
        # Behind the record stands the mark that ends the transaction, which is no record.
        await asyncio.sleep(8)
        assert program.problems() == []


# The last: no later test can read what stands behind it in its partition.
async def test_a_newer_event_stops_its_partition_and_no_other(
    pipeline: Connections, publisher: KafkaPublisher, connection: asyncpg.Connection
) -> None:
    newer = request("http://www.mofcom.gov.cn/newer.shtml")
    behind = request("http://www.mofcom.gov.cn/behind.shtml")
    other = request("http://www.mofcom.gov.cn/other.shtml", backlog=True)

    async def there(asked: CaptureRequested) -> bool:
        found = "SELECT true FROM requests WHERE request_id = $1"
        return bool(await connection.fetchval(found, asked.request_id))

    async def waiting() -> bool:
        problems = await asyncio.to_thread(program.problems)
        return any("is newer than" in problem for problem in problems)

    record = encode(newer, "test", NOON)
    headers = [
        (name, b"urn:mofcom.capture.requested:2.0" if name == "ce_dataschema" else value)
        for name, value in record.headers
    ]
    letters = "SELECT count(*) FROM dead_letters"
    before = await connection.fetchval(letters)
    with indexer(pipeline) as program:
        producer = publisher._producer
        await producer.send_and_wait(
            CAPTURE_REQUESTED.name, key=record.key, value=record.value, headers=headers
        )
        await publish(publisher, [behind])
        await until(waiting)
        await publish(publisher, [other])
        await until(lambda: there(other))
        assert not await there(behind)
        assert not await there(newer)
        assert await connection.fetchval(letters) == before
