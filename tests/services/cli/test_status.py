"""`mofcom status` says how the pipeline is, and exits non-zero when something is wrong."""

import asyncio
import os
import pty
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from threading import Timer

import asyncpg
from aiokafka import TopicPartition

from deploy.local.connections import Connections
from services.cli.status.state import Fetcher, Service, Standstill, State, look
from shared.delivery.publisher import Publisher
from shared.events import Event
from shared.offsets import Offsets
from shared.settings import KafkaSettings
from shared.topics import CAPTURE_FETCHED
from shared.trace import HEADER, traced, traceparent
from testing.indexer.events import dead, fetched, parsed, request
from testing.indexer.program import indexer, pipeline, publish, publisher
from testing.waiting import LIMIT_SECONDS, until

__all__ = ["pipeline", "publisher"]

TP = TopicPartition("t", 0)


def state(
    *, lag: int = 0, members: int = 1, committed: int = 5, lost: int = 0, **changed: object
) -> State:
    fields: dict[str, object] = {
        "outcomes": [],
        "dead": [],
        "lost": lost,
        "refused_seeds": None,
        "partial": None,
        "pause": None,
        "saves": {},
        "save_pause": None,
        "median_seconds": None,
        "services": {"parser": Service(members, lag, {TP: committed})},
        "fetcher": Fetcher(()),
    }
    return State(**(fields | changed))  # type: ignore[arg-type]


def test_what_is_wrong_and_what_is_not() -> None:
    assert state(lag=50_000).wrong() == []
    assert state(members=0).wrong() == []
    assert state(saves={"failed": 3}).wrong() == []
    until_then = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    (line,) = state(save_pause=(until_then, "it refuses the keys (status 401)")).wrong()
    assert line == (
        "nothing is put to Save Page Now until 2026-01-02 03:04:05: it refuses the keys (status 401)"
    )
    assert state(lag=3, members=0).wrong() == ["parser: not running, 3 messages waiting"]
    assert "lost in transit" in state(lost=2).wrong()[0]
    assert "5 open dead letters" in state(dead=[{"letters": 2}, {"letters": 3}]).wrong()[0]
    (line,) = state(refused_seeds=(3, "a.txt:1 is a file")).wrong()
    assert "lines refused: 3" in line
    assert "a.txt:1 is a file" in line
    (line,) = state(partial=(2, "watch a: 503")).wrong()
    assert "to be repeated: 2, the first: watch a: 503" in line
    pause = (datetime(2026, 1, 2, tzinfo=UTC), "throttled: 429")
    assert "2026-01-02 00:00:00: throttled" in state(pause=pause).wrong()[0]
    assert state(fetcher=Fetcher(("kafka: away",))).wrong() == ["fetcher: kafka: away"]


def test_a_service_stands_still_if_it_commits_nothing_while_messages_wait() -> None:
    before = state(lag=3)
    assert state(lag=3).stands_still(before) == ["parser: 3 messages waiting and no progress"]
    assert state(lag=9, committed=6).stands_still(before) == []
    assert state(lag=0).stands_still(before) == []


def test_a_standstill_is_reported_after_its_time_and_until_there_is_progress() -> None:
    standstill = Standstill(60)
    said = ["parser: 3 messages waiting and no progress"]
    assert standstill.lines(state(lag=3), 0) == []
    assert standstill.lines(state(lag=3), 60) == []
    assert standstill.lines(state(lag=3), 61) == said
    assert standstill.lines(state(lag=2, committed=6), 62) == []
    assert standstill.lines(state(lag=2, committed=6), 122) == []
    assert standstill.lines(state(lag=0, committed=6), 123) == []
    # What begins to wait only now has not stood still before.
    assert standstill.lines(state(lag=3, committed=6), 183) == []
    assert standstill.lines(state(lag=3, committed=6), 184) == said


COMMAND = [sys.executable, "-m", "services.cli", "status"]


def environment(connections: Connections) -> dict[str, str]:
    return {
        **os.environ,
        **connections.environment(),
        "COLUMNS": "150",
        "TERM": "xterm",
        # Nothing listens there.
        "MOFCOM_FETCHER_URL": "http://127.0.0.1:1",
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
    assert "fetcher: not running, 1 messages waiting" in lines
    assert "1 open dead letters: mofcom dead-letters list" in lines
    report = " ".join(lines)
    assert (
        "lines refused: 1 (see the view refused_seeds), the first: a.txt:3 is not an address"
        in report
    )
    assert "partial listings, to be repeated: 1, the first: watch a: 503" in report
    assert any(line.startswith("fetcher: does not answer at") for line in lines)


async def test_pages_read_again_do_not_count_in_the_median(
    pipeline: Connections, publisher: Publisher
) -> None:
    asked = request("http://www.mofcom.gov.cn/median.shtml")
    fetched_event = fetched(asked)
    first, reparsed = parsed(fetched_event, 1), parsed(fetched_event, 2)
    connection = await asyncpg.connect(pipeline.database_url)
    kafka = KafkaSettings(kafka_bootstrap_servers=pipeline.kafka_bootstrap_servers)

    async def median_after(named: Event, events: list[Event]) -> float | None:
        """Once the last of `events` is in the ledger, all in the trace that `named` names."""

        async def there() -> bool:
            found = "SELECT true FROM ingest.ledger WHERE event_id = $1"
            return bool(await connection.fetchval(found, events[-1].id))

        with traced([(HEADER, traceparent(named.id).encode())]):
            await publish(publisher, events)
        await until(there)
        async with Offsets(kafka) as offsets:
            return (await look(connection, offsets, None)).median_seconds

    with indexer(pipeline):
        assert await median_after(asked, [asked, fetched_event, first]) is not None
        # As `mofcom reparse` publishes it: outside of any trace.
        assert await median_after(fetched_event, [reparsed]) is None
    await connection.close()
