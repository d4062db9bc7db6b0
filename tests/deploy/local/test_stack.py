"""The real servers: what they keep, and what happens when one of them is killed."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from dataclasses import astuple
from pathlib import Path

import asyncpg
import psutil
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.local import connections
from deploy.local.connections import Connections
from deploy.local.leftovers import Record
from deploy.local.lock import AlreadyRunning
from deploy.local.processes import Supervisor
from deploy.local.stack import Ports, Stack, local_servers, local_stack
from services.cli.settings import CliSettings, database_dsn
from shared.kafka import client_options
from shared.passwords import POSTGRES, database_password_file
from shared.settings import KafkaSettings
from shared.topics import TOPICS
from testing.kafka_login import as_broker
from testing.servers import started_servers
from testing.waiting import LIMIT_SECONDS, until_now

TOPIC = "kept"

# What `mofcom up` does with the servers alone, saying when it is done.
UP = """
import sys
from pathlib import Path
from deploy.local.processes import Interrupted
from deploy.local.stack import Ports, local_stack
try:
    with local_stack(Path(sys.argv[1]), preferred=Ports(*map(int, sys.argv[2:]))) as stack:
        stack.start_servers()
        print("up", flush=True)
        stack.follow()
except Interrupted:
    print("interrupted", flush=True)
"""

# The same with servers that never become ready.
NOT_READY = (
    """
from dataclasses import replace
from deploy.local.processes import Supervisor
start = Supervisor.start
Supervisor.start = lambda self, program: start(
    # A job, which has no such line, stays one that may end.
    self, replace(program, ready_line=program.ready_line and "never said")
)
"""
    + UP
)


async def put(to: Connections) -> None:
    """One message and one row."""
    admin = AIOKafkaAdminClient(**client_options(as_broker(to)))
    await admin.start()
    await admin.create_topics([NewTopic(TOPIC, 1, 1)])
    await admin.close()
    async with AIOKafkaProducer(
        **client_options(as_broker(to)), enable_idempotence=True
    ) as producer:
        await producer.send_and_wait(TOPIC, b"a message")
    postgres = await asyncpg.connect(to.database_url)
    await postgres.execute("CREATE TABLE kept AS SELECT 'a row' AS what")
    await postgres.close()


async def get(of: Connections) -> tuple[bytes, str]:
    partition = TopicPartition(TOPIC, 0)
    async with AIOKafkaConsumer(
        **client_options(as_broker(of)), auto_offset_reset="earliest"
    ) as consumer:
        consumer.assign([partition])
        message = await asyncio.wait_for(consumer.getone(), LIMIT_SECONDS)
    postgres = await asyncpg.connect(of.database_url)
    row = await postgres.fetchval("SELECT what FROM kept")
    await postgres.close()
    return message.value, row


KEPT = (b"a message", "a row")


def pids(data_dir: Path) -> dict[str, int]:
    return {one["name"]: one["pid"] for one in json.loads((data_dir / "up.pids").read_text())}


def runs(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def begin_up(data_dir: Path, ports: Ports, script: str = UP) -> subprocess.Popen[str]:
    arguments = (str(data_dir), *map(str, astuple(ports)))
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, text=True
    )


def start_up(data_dir: Path, ports: Ports) -> subprocess.Popen[str]:
    up = begin_up(data_dir, ports)
    assert up.stdout is not None
    assert up.stdout.readline() == "up\n"
    return up


def test_killed_servers_keep_what_they_have_and_a_lost_password_is_replaced(data_dir: Path) -> None:
    with local_servers(data_dir) as first:
        asyncio.run(put(first))
        for pid in pids(data_dir).values():
            os.kill(pid, signal.SIGKILL)
    database_password_file(data_dir / "passwords", POSTGRES).unlink()
    with local_servers(data_dir) as second:
        assert asyncio.run(get(second)) == KEPT
        assert second.database_url.partition("@") != first.database_url.partition("@")


def test_a_killed_up_leaves_servers_that_the_next_one_ends_first(
    data_dir: Path,
) -> None:
    ports = Ports.any()
    up = start_up(data_dir, ports)
    try:
        left = pids(data_dir)
        assert set(left) == {"kafka", "postgres"}
        before = connections.read(data_dir)
        asyncio.run(put(before))
    finally:
        up.kill()
        up.communicate()
    assert all(map(runs, left.values()))
    assert asyncio.run(get(before)) == KEPT
    with local_stack(data_dir, preferred=ports) as stack:
        stack.start_servers()
        assert not any(map(runs, left.values()))
        assert asyncio.run(get(stack.connections)) == KEPT
        # The password stays; and so do the ports, which nobody holds any more.
        assert stack.connections == before


def test_servers_elsewhere_are_used_and_none_is_started(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def topics(kafka: KafkaSettings) -> set[str]:
        admin = AIOKafkaAdminClient(**client_options(kafka))
        await admin.start()
        try:
            return set(await admin.list_topics())
        finally:
            await admin.close()

    with started_servers() as servers:
        login = as_broker(servers)
        given = login.model_dump(exclude_unset=True) | {"database_url": servers.database_url}
        for name, value in given.items():
            monkeypatch.setenv(f"MOFCOM_{name.upper()}", str(value))
        with local_stack(data_dir, preferred=Ports.any()) as stack:
            stack.start_servers()
            stack._init()
            assert pids(data_dir) == {}
            assert asyncio.run(topics(login)) >= {topic.name for topic in TOPICS}
            # The analyst's password was made here and set there; commands find it without a setting.
            url = database_dsn(CliSettings(data_dir=data_dir), "analyst")
            assert url == stack.connections.url_of("analyst") != servers.url_of("analyst")
            asyncio.run(queried(url))


async def queried(url: str) -> None:
    database = await asyncpg.connect(url)
    assert await database.fetchval("SELECT count(*) FROM notices") == 0
    await database.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_and_leaves_nothing(data_dir: Path, number: signal.Signals) -> None:
    up = start_up(data_dir, Ports.any())
    started = pids(data_dir)
    up.send_signal(number)
    # The second one, of an impatient user, must not cut the end short.
    up.send_signal(number)
    output, _ = up.communicate(timeout=LIMIT_SECONDS)
    assert output == "interrupted\n"
    assert not any(map(runs, started.values()))
    assert pids(data_dir) == {}


def test_a_second_one_on_the_same_folder_is_refused(data_dir: Path) -> None:
    with (
        local_stack(data_dir),
        pytest.raises(AlreadyRunning, match=f"in use by process {os.getpid()}"),
        local_stack(data_dir),
    ):
        pass


def test_a_signal_while_the_servers_still_start_leaves_nothing_either(data_dir: Path) -> None:
    up = begin_up(data_dir, Ports.any(), NOT_READY)
    until_now(lambda: (data_dir / "up.pids").exists() and bool(pids(data_dir)))
    started = pids(data_dir)
    up.send_signal(signal.SIGTERM)
    output, _ = up.communicate(timeout=LIMIT_SECONDS)
    assert output == "interrupted\n"
    assert not any(map(runs, started.values()))
    assert pids(data_dir) == {}
    with local_servers(data_dir) as connected:
        asyncio.run(put(connected))


@pytest.mark.parametrize(
    ("given", "asked", "watches"),
    [(None, True, True), ("false", True, False), ("true", True, True), ("true", False, False)],
)
def test_whether_new_captures_are_watched_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str | None, asked: bool, watches: bool
) -> None:
    monkeypatch.delenv("MOFCOM_WATCH", raising=False)
    if given is not None:
        monkeypatch.setenv("MOFCOM_WATCH", given)
    for name in ("start_servers", "_init", "_start_services"):
        monkeypatch.setattr(Stack, name, lambda _: None)
    stack = Stack(tmp_path, Ports(), Supervisor(Record(tmp_path / "pids")))
    stack.start(watch=asked)
    assert stack.watches == watches
