"""`mofcom status` says how the pipeline is, and exits non-zero when something is wrong."""

import asyncio
import json
import os
import pty
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Timer
from typing import Any

import asyncpg
from aiokafka import TopicPartition

from deploy.init.sql_files import FOLDER, list_tables
from deploy.local.connections import Connections
from services.cli.status.state import Look, Standstill, State
from services.parser.version import PARSER_VERSION
from shared.blobs import Blobs
from shared.delivery.publisher import Publisher
from shared.events import Event
from shared.pipeline_facts import Progress
from shared.service_reports import ask_services
from shared.settings import Settings
from shared.topics import CAPTURE_FETCHED
from shared.trace import HEADER, traced, traceparent
from testing.archive.server import serve
from testing.indexer.events import dead, fetched, notice, parsed, request
from testing.indexer.program import indexer, pipeline, publish, publisher
from testing.waiting import LIMIT_SECONDS, until
from tests.database.conftest import read, write_events

__all__ = ["pipeline", "publisher"]

TP = TopicPartition("t", 0)


def state(*, lag: int = 0, committed: int = 5) -> State:
    return State(services={"parser": Progress(1, lag, {TP: committed})})


def test_a_service_stands_still_if_it_commits_nothing_while_messages_wait() -> None:
    before = state(lag=3)
    assert state(lag=3).stands_still(before) == ["parser"]
    assert state(lag=9, committed=6).stands_still(before) == []
    assert state(lag=0).stands_still(before) == []


def test_a_standstill_is_reported_after_its_time_and_until_there_is_progress() -> None:
    standstill = Standstill(60)
    assert standstill.names(state(lag=3), 0) == []
    assert standstill.names(state(lag=3), 60) == []
    assert standstill.names(state(lag=3), 61) == ["parser"]
    assert standstill.names(state(lag=2, committed=6), 62) == []
    assert standstill.names(state(lag=2, committed=6), 122) == []
    assert standstill.names(state(lag=0, committed=6), 123) == []
    # What begins to wait only now has not stood still before.
    assert standstill.names(state(lag=3, committed=6), 183) == []
    assert standstill.names(state(lag=3, committed=6), 184) == ["parser"]


COMMAND = [sys.executable, "-m", "services.cli", "status"]


def environment(connections: Connections) -> dict[str, str]:
    return {
        **os.environ,
        **connections.environment(),
        "COLUMNS": "150",
        "TERM": "xterm",
        # Nothing listens there.
        "MOFCOM_SERVICE_URLS": "fetcher=http://127.0.0.1:1",
    }


def status(connections: Connections) -> "subprocess.CompletedProcess[str]":
    env = environment(connections)
    return subprocess.run(COMMAND, env=env, capture_output=True, text=True, timeout=LIMIT_SECONDS)


def status_on_a_terminal(connections: Connections) -> tuple[int, str]:
    """Looked at until it was drawn twice, and then ended with Ctrl-C."""
    terminal, other_end = pty.openpty()
    program = subprocess.Popen(
        COMMAND,
        env=environment(connections),
        stdout=other_end,
        # Ignored where the tests themselves run in the background.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    os.close(other_end)
    said = b""
    too_long = Timer(LIMIT_SECONDS, program.kill)
    too_long.start()
    with suppress(OSError):
        while said.count(b"replicas") < 2:
            said += os.read(terminal, 65536)
        program.send_signal(signal.SIGINT)
        while part := os.read(terminal, 65536):
            said += part
    status = program.wait(LIMIT_SECONDS)
    too_long.cancel()
    os.close(terminal)
    return status, said.decode(errors="replace")


async def test_on_real_servers(pipeline: Connections, publisher: Publisher) -> None:
    connection = await asyncpg.connect(pipeline.database_url)

    async def there() -> bool:
        return bool(await connection.fetchval("SELECT true FROM dead_letters"))

    with indexer(pipeline):
        await publish(publisher, [request(), dead(CAPTURE_FETCHED)])
        await until(there)
        await connection.execute(
            "INSERT INTO fetcher.seed_refusals VALUES ('a.txt', 3, 'x', 'is not an address', now())"
        )
        await connection.execute(
            """
            INSERT INTO fetcher.listing (asked_for, url, match, state, why, begun_at, ended_at)
            VALUES
                ('watch a', 'u', 'prefix', 'complete', NULL, now(), now() - INTERVAL '1 h'),
                ('watch a', 'u', 'prefix', 'partial', '503', now(), now()),
                ('watch b', 'u', 'prefix', 'partial', '503', now(), now() - INTERVAL '1 h'),
                ('watch b', 'u', 'prefix', 'complete', NULL, now(), now())
            """
        )
        said = await asyncio.to_thread(status, pipeline)
        drawn = await asyncio.to_thread(status_on_a_terminal, pipeline)
    await connection.close()
    assert drawn[0] == 1
    assert drawn[1].count("not running, 1 messages waiting") >= 2
    assert "Traceback" not in drawn[1]
    assert said.returncode == 1, said.stderr
    lines = [" ".join(line.replace("│", " ").split()) for line in said.stdout.splitlines()]
    assert "request waiting 1 1 0:00:0" in " ".join(lines)
    assert "fetcher 0 1" in lines
    assert any(line.startswith("indexer 1 ") for line in lines)
    for code, cause in {
        "fetcher-stopped": "not running, 1 messages waiting",
        "parser-stopped": "not running, 0 messages waiting",
        "dead-letters": "1 open",
        "seeds-refused": "1 lines, the first: a.txt:3 is not an address",
        "watch-partial": "1 listings, the first: watch a: 503",
    }.items():
        assert [line for line in lines if line.startswith(f"{code}: {cause}. Next: ")], code


async def troubles_of(
    connections: Connections, blobs: Path | None = None, urls: dict[str, str] | None = None
) -> dict[str, str]:
    """The causes by code, but for the services that no test here starts."""
    settings = Settings(
        kafka_bootstrap_servers=connections.kafka_bootstrap_servers,
        blob_url=blobs.as_uri() if blobs else connections.blob_url,
    )
    state = await Look(connections.database_url, settings, urls or {})()
    return {
        trouble.code: trouble.cause
        for trouble in state.troubles()
        if not trouble.code.endswith("-stopped")
    }


def test_what_services_say_of_themselves() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        answers: dict[str, tuple[int, Any]] = {
            "/ready": (503, {"problems": ["brake: 21 of the last 100 failed"]}),
            "/engines": (200, [{"name": "firefox", "version": None, "down": "no model"}]),
        }
        status, body = answers[scope["path"]]
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(body).encode()})

    with serve(app) as url:
        report = ask_services({"translator": url, "parser": "http://127.0.0.1:1"})
    assert report.problems == {"translator": ("brake: 21 of the last 100 failed",)}
    assert report.engines_down == {"firefox": "no model"}
    assert not report.no_engine_wanted
    assert "does not answer at http://127.0.0.1:1" in report.silent["parser"]


async def test_pages_read_again_do_not_count_in_the_median(
    pipeline: Connections, publisher: Publisher
) -> None:
    asked = request("http://www.mofcom.gov.cn/median.shtml")
    fetched_event = fetched(asked)
    first, reparsed = parsed(fetched_event, 1), parsed(fetched_event, 2)
    connection = await asyncpg.connect(pipeline.database_url)
    kafka = Settings(
        kafka_bootstrap_servers=pipeline.kafka_bootstrap_servers, blob_url=pipeline.blob_url
    )

    async def median_after(named: Event, events: list[Event]) -> float | None:
        """Once the last of `events` is in the ledger, all in the trace that `named` names."""

        async def there() -> bool:
            found = "SELECT true FROM ingest.ledger WHERE event_id = $1"
            return bool(await connection.fetchval(found, events[-1].id))

        with traced([(HEADER, traceparent(named.id).encode())], "parser capture.fetched"):
            await publish(publisher, events)
        await until(there)
        return (await Look(pipeline.database_url, kafka, {})()).median_seconds

    with indexer(pipeline):
        assert await median_after(asked, [asked, fetched_event, first]) is not None
        # As `mofcom reparse` publishes it: outside of any trace.
        assert await median_after(fetched_event, [reparsed]) is None
    await connection.close()


async def test_what_only_the_tables_and_the_blobs_show(
    pipeline: Connections, tmp_path: Path
) -> None:
    connection = await asyncpg.connect(pipeline.database_url)
    await connection.execute(
        """
        TRUNCATE fetcher.seed_refusals, fetcher.listing, fetcher.capture, fetcher.answered,
            ingest.dead_letter, ingest.ledger, ingest.reading
        """
    )
    assert await troubles_of(pipeline, tmp_path) == {}
    blobs = Blobs(tmp_path.as_uri())
    there = await blobs.put_body(b"a page")
    await connection.execute(
        """
        INSERT INTO fetcher.capture
            (capture_id, url_key, url, "timestamp", kind, status, body_sha256, held_at)
        VALUES ('a', 'k', 'u', '2020', 'page', 200, $1, now()),
            ('b', 'k', 'u', '2021', 'page', 200, 'gone', now())
        """,
        there,
    )
    await connection.execute(
        "INSERT INTO fetcher.answered VALUES ('r', 'a', 'memento', now() - INTERVAL '1 h')"
    )
    old = read(notice(), timestamp="20260101000000")
    new = read(notice(document_number="商务部令2026年第9号"), timestamp="20260102000000")
    await write_events(connection, [old, new.model_copy(update={"parser_version": PARSER_VERSION})])
    assert await troubles_of(pipeline, tmp_path) == {
        "blobs-missing": "1 of 2 bodies looked for are missing",
        "lost-between-stages": "1 captures are stored and not in the tables",
        # As the events' times are, these are of long ago.
        "english-missing": "2 notices have waited for an hour and more",
        "readings-outdated": "1 pages were read by an earlier parser",
    }
    await connection.execute(
        """
        TRUNCATE fetcher.capture, fetcher.answered, ingest.reading, ingest.ledger;
        UPDATE mofcom_internal.version SET tables = '0999';
        INSERT INTO fetcher.pause (archive, until, seconds, why, "over")
        VALUES ('archive', now(), 60, '429 Too Many Requests', FALSE);
        INSERT INTO fetcher.restoration (begun_at, parts, moved_at) VALUES (now(), 17, now());
        """
    )
    try:
        found = await troubles_of(pipeline, tmp_path)
    finally:
        newest = len(list_tables(FOLDER))
        await connection.execute("UPDATE mofcom_internal.version SET tables = $1", f"{newest:04}")
        await connection.execute("TRUNCATE fetcher.pause, fetcher.restoration")
        await connection.close()
    assert found.keys() == {"schema-newer", "archive-banned", "memory-restoring"}


async def test_what_does_not_answer_is_named(pipeline: Connections, tmp_path: Path) -> None:
    nowhere = "127.0.0.1:1"
    without_kafka = replace(pipeline, kafka_bootstrap_servers=nowhere)
    found = await troubles_of(without_kafka, tmp_path)
    assert found.keys() == {"kafka-down"}
    without_database = replace(pipeline, database_url=f"postgresql://x@{nowhere}/x")
    found = await troubles_of(without_database, tmp_path)
    assert found.keys() == {"postgres-down"}
