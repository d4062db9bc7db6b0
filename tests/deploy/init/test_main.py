"""The job as it is run: a process with settings, lines and an exit status."""

import asyncio
import os
import subprocess
import sys
from urllib.parse import urlsplit

from deploy.local.connections import Connections
from shared.topics import TOPICS
from testing.chaos.proxy import Proxy
from testing.waiting import LIMIT_SECONDS


def init(**settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deploy.init"],
        env={**os.environ, **{f"MOFCOM_{name.upper()}": value for name, value in settings.items()}},
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
    )


def test_it_prints_what_it_created_and_a_second_run_creates_nothing(
    servers: Connections, empty_database_url: str
) -> None:
    settings = {
        "kafka_bootstrap_servers": servers.kafka_bootstrap_servers,
        "database_url": empty_database_url,
    }
    first, second = init(**settings), init(**settings)
    assert (first.returncode, first.stderr) == (0, "")
    assert "0001_" in first.stdout
    assert second.stdout == (
        f"topics: none created, {len(TOPICS)} existed\ntables: none run\n"
        "functions and views: unchanged\n"
    )


async def test_it_says_what_it_waits_for_and_waits_as_long_as_it_takes(
    servers: Connections, empty_database_url: str
) -> None:
    kafka = Proxy(int(servers.kafka_bootstrap_servers.rpartition(":")[2]))
    postgres = Proxy(urlsplit(empty_database_url).port or 0)
    for proxy in (kafka, postgres):
        await proxy.start()
        proxy.inject("cut")
    broker = f"127.0.0.1:{kafka.port}"
    own_port = f":{urlsplit(empty_database_url).port}/"
    job = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "deploy.init",
        env={
            **os.environ,
            "MOFCOM_KAFKA_BOOTSTRAP_SERVERS": broker,
            "MOFCOM_DATABASE_URL": empty_database_url.replace(own_port, f":{postgres.port}/"),
        },
        stdout=asyncio.subprocess.PIPE,
    )
    assert job.stdout is not None
    assert (await job.stdout.readline()).decode().startswith(f"waiting for Kafka at {broker}: ")
    kafka.heal()
    assert (await job.stdout.readline()).startswith(b"topics: ")
    assert (await job.stdout.readline()).startswith(b"waiting for Postgres: ")
    postgres.heal()
    assert (await job.stdout.readline()).startswith(b"tables: 0001_")
    await job.communicate()
    assert job.returncode == 0
    for proxy in (kafka, postgres):
        await proxy.stop()


def test_a_wrong_password_is_reported_at_once(servers: Connections) -> None:
    password = urlsplit(servers.database_url).password or ""
    url = servers.database_url.replace(password, "wrong")
    result = init(kafka_bootstrap_servers=servers.kafka_bootstrap_servers, database_url=url)
    assert result.returncode == 1
    assert "password authentication failed" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_wrong_setting_is_reported_at_once() -> None:
    result = init(kafka_replication_factor="none")
    assert result.returncode == 2
    assert result.stderr.startswith("MOFCOM_KAFKA_REPLICATION_FACTOR='none' is wrong:")
