"""The crash matrix, row by row: where a service dies, and what must hold in the end."""

import asyncio
import os
import signal

import pytest
import zstandard

from shared.envelope import encode
from shared.events import CaptureRequested, DeadLetter, Origin
from shared.topics import CAPTURE_FETCHED, CAPTURE_REQUESTED, DEAD_LETTER, NOTICE_PARSED
from testing.chaos.plan import SERVICES
from testing.chaos.run import QUICK
from testing.waiting import until
from tests.chaos.stage import Stage
from tests.shared.samples import AT, FETCHED

pytestmark = pytest.mark.asyncio(loop_scope="module")

LEDGER = "SELECT state, attempt, event_id, updated_at FROM ingest.ledger WHERE id = $1"


async def test_fetcher_after_the_answer_and_before_the_body_has_its_name(stage: Stage) -> None:
    capture = stage.capture()
    await stage.instead("fetcher", "half_written")
    (request,) = await stage.ask(capture)
    await stage.killed("fetcher")
    assert not stage.body_file(capture).exists()
    half = stage.body_file(capture).with_name(f"{stage.body_file(capture).name}#1")
    assert half.exists()
    # As if it had lain there for a day.
    os.utime(half, (0, 0))

    await stage.restart("fetcher")
    assert (await stage.ended(request))["state"] == "done"
    assert stage.asked(capture) == 2
    assert zstandard.decompress(stage.body_file(capture).read_bytes()) == capture.body
    assert not half.exists()


async def test_fetcher_after_the_body_has_its_name_and_before_the_event(stage: Stage) -> None:
    capture = stage.capture()
    await stage.instead("fetcher", "before_publishing")
    (request,) = await stage.ask(capture)
    await stage.killed("fetcher")
    stored = stage.body_file(capture).stat()
    assert await stage.records(CAPTURE_FETCHED, _name(request)) == []

    await stage.restart("fetcher")
    assert (await stage.ended(request))["state"] == "done"
    assert len(await stage.records(CAPTURE_FETCHED, _name(request))) == 1
    assert stage.body_file(capture).stat().st_mtime_ns == stored.st_mtime_ns


async def test_fetcher_after_the_event_and_before_the_acknowledgement(stage: Stage) -> None:
    capture = stage.capture()
    await stage.instead("fetcher", "before_acknowledging")
    (request,) = await stage.ask(capture)
    await stage.killed("fetcher")
    assert len(await stage.records(CAPTURE_FETCHED, _name(request))) == 1

    await stage.restart("fetcher")
    assert (await stage.ended(request))["state"] == "done"
    await stage.all_read()
    fetched = await stage.records(CAPTURE_FETCHED, _name(request))
    parsed = await stage.records(NOTICE_PARSED, _name(request))
    assert (len(fetched), len({_id(record) for record in fetched})) == (2, 1)
    assert (len(parsed), len({_id(record) for record in parsed})) == (2, 1)
    assert len(await stage.rows("SELECT FROM notices WHERE url = $1", capture.original)) == 1
    assert len(await stage.rows("SELECT FROM captures WHERE url = $1", capture.original)) == 1


async def test_parser_in_the_middle_of_a_page(stage: Stage) -> None:
    capture = stage.capture()
    await stage.instead("parser", "while_parsing")
    (request,) = await stage.ask(capture)
    await stage.killed("parser")
    assert await stage.records(NOTICE_PARSED, _name(request)) == []

    await stage.restart("parser")
    assert (await stage.ended(request))["state"] == "done"
    assert len(await stage.records(NOTICE_PARSED, _name(request))) == 1


async def test_indexer_before_commit(stage: Stage) -> None:
    await stage.instead("indexer", "before_commit")
    (request,) = await stage.ask(stage.capture())
    await stage.killed("indexer")
    assert await stage.rows(LEDGER, request.request_id) == []

    await stage.restart("indexer")
    assert (await stage.ended(request))["state"] == "done"


async def test_indexer_after_commit_and_before_the_offsets(stage: Stage) -> None:
    await stage.end("fetcher")
    await stage.instead("indexer", "before_offsets")
    before = await stage.committed("indexer", CAPTURE_REQUESTED)
    (request,) = await stage.ask(stage.capture())
    await stage.killed("indexer")
    (written,) = await stage.rows(LEDGER, request.request_id)
    assert written["state"] == "waiting"
    assert await stage.committed("indexer", CAPTURE_REQUESTED) == before

    await stage.restart("indexer")
    await stage.all_read("indexer")
    assert await stage.committed("indexer", CAPTURE_REQUESTED) == before + 1
    (replayed,) = await stage.rows(LEDGER, request.request_id)
    assert tuple(replayed) == tuple(written)
    await stage.restart("fetcher")
    assert (await stage.ended(request))["state"] == "done"


async def test_rebalance_during_a_batch(stage: Stage) -> None:
    mark = await stage.instead("indexer", "slow_batch")
    requests = await stage.ask(*(stage.capture() for _ in range(20)))
    await until(mark.exists, lambda: stage.log("indexer"))
    stage.on.processes.start("indexer", 2)
    await until(lambda: stage.joined("indexer", 2), lambda: stage.on.processes.log("indexer-2"))
    mark.unlink()
    await stage.on.processes.wait_ready("indexer-2")
    for request in requests:
        assert (await stage.ended(request))["state"] == "done"
    await stage.all_read()
    for number in (1, 2):
        assert stage.on.processes.replicas[f"indexer-{number}"].process.poll() is None
    stage.on.processes.terminate("indexer-2")
    assert await stage.on.processes.wait_ended("indexer-2") == 0
    await stage.end("indexer")
    await stage.restart("indexer")


async def test_broker_frozen_for_longer_than_a_session(stage: Stage) -> None:
    before = {name: one.process.pid for name, one in stage.on.processes.replicas.items()}
    stage.on.servers.signal("kafka", signal.SIGSTOP)
    try:
        asking = asyncio.create_task(stage.ask(stage.capture()))
        # Nothing tells that a session is over for a broker that stands still: time must pass.
        await asyncio.sleep(1.5 * float(QUICK["MOFCOM_SESSION_TIMEOUT_SECONDS"]))
    finally:
        stage.on.servers.signal("kafka", signal.SIGCONT)
    (request,) = await asking
    assert (await stage.ended(request))["state"] == "done"
    await stage.on.processes.wait_ready("fetcher-1", "parser-1", "indexer-1")
    assert {name: one.process.pid for name, one in stage.on.processes.replicas.items()} == before


async def test_poison_is_one_dead_letter_per_reader_and_the_stream_continues(
    stage: Stage,
) -> None:
    await stage.instead("parser", "before_acknowledging")
    record = encode(FETCHED, "test", AT)
    at = await stage.publisher._producer.send_and_wait(
        CAPTURE_FETCHED.name, key=b"poison", value=b'{"request": 1}', headers=record.headers
    )
    await stage.killed("parser")
    await stage.restart("parser")
    (request,) = await stage.ask(stage.capture())
    assert (await stage.ended(request))["state"] == "done"
    await stage.all_read()
    # The parser's twice in Kafka, since it died before it had acknowledged.
    letters = [
        DeadLetter.model_validate_json(record.value or b"")
        for record in await stage.records(DEAD_LETTER, b'"partition":%d' % at.partition)
    ]
    origin = Origin(topic=at.topic, partition=at.partition, offset=at.offset)
    services = sorted(letter.service for letter in letters if letter.origin == origin)
    assert services == ["indexer", "parser", "parser"]
    dead = """
        SELECT service FROM dead_letters
        WHERE topic = $1 AND "partition" = $2 AND record_offset = $3 ORDER BY service
    """
    rows = await stage.rows(dead, at.topic, at.partition, at.offset)
    assert [row["service"] for row in rows] == ["indexer", "parser"]


async def test_sigterm_finishes_what_is_in_hand(stage: Stage) -> None:
    capture = stage.capture()
    stage.on.archive.script("slow", url=capture.original)
    (request,) = await stage.ask(capture)
    await until(lambda: bool(stage.asked(capture)), lambda: stage.log("fetcher"))
    assert await stage.end("fetcher") == 0
    assert len(await stage.records(CAPTURE_FETCHED, _name(request))) == 1
    await stage.restart("fetcher")
    assert (await stage.ended(request))["state"] == "done"
    await stage.all_read()
    assert stage.asked(capture) == 1


async def test_sigterm_with_the_database_away_ends_and_acknowledges_nothing(stage: Stage) -> None:
    await stage.end("fetcher")
    before = await stage.committed("indexer", CAPTURE_REQUESTED)
    stage.on.servers.signal("postgres", signal.SIGSTOP)
    try:
        (request,) = await stage.ask(stage.capture())
        await until(
            lambda: not stage.on.processes.is_ready("indexer-1"), lambda: stage.log("indexer")
        )
        # Waits no longer than Docker would.
        await stage.end("indexer")
        assert await stage.committed("indexer", CAPTURE_REQUESTED) == before
    finally:
        stage.on.servers.signal("postgres", signal.SIGCONT)
    await stage.restart("indexer")
    await stage.restart("fetcher")
    assert (await stage.ended(request))["state"] == "done"


@pytest.mark.parametrize("service", SERVICES)
async def test_sigterm_with_the_broker_away_ends_within_the_grace(
    stage: Stage, service: str
) -> None:
    (request,) = await stage.ask(stage.capture())
    stage.on.servers.signal("kafka", signal.SIGSTOP)
    try:
        # Waits no longer than Docker would.
        await stage.end(service)
    finally:
        stage.on.servers.signal("kafka", signal.SIGCONT)
    await stage.restart(service)
    assert (await stage.ended(request))["state"] == "done"


def _id(record: object) -> bytes:
    headers = dict(record.headers)  # type: ignore[attr-defined]
    return bytes(headers["ce_id"])


def _name(request: CaptureRequested) -> bytes:
    return request.request_id.encode()
