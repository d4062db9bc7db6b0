"""The indexer as a process, with real Kafka and Postgres."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

import asyncpg
import pytest

from deploy.local.connections import Connections
from deploy.local.ports import any_port
from shared.delivery.publisher import KafkaPublisher, Publication, Publisher
from shared.events import Event
from shared.settings import Settings
from testing.indexer.events import topic_of
from testing.servers import run_init, started_servers
from testing.waiting import LIMIT_SECONDS


@pytest.fixture(scope="module")
def pipeline() -> Iterator[Connections]:
    """Servers of this module's own: the topics have fixed names, and the group remembers."""
    with started_servers() as connections:
        run_init(connections)
        yield connections


@pytest.fixture
async def publisher(pipeline: Connections) -> AsyncIterator[KafkaPublisher]:
    """A publisher to the broker of `pipeline`."""
    settings = Settings(kafka_bootstrap_servers=pipeline.kafka_bootstrap_servers)
    publisher = KafkaPublisher(settings, "test")
    await publisher.start()
    yield publisher
    await publisher.stop()


@pytest.fixture
async def connection(pipeline: Connections) -> AsyncIterator[asyncpg.Connection]:
    """A connection to the database of `pipeline`, as its owner."""
    connection = await asyncpg.connect(pipeline.database_url)
    yield connection
    await connection.close()


class Program:
    """A running indexer."""

    def __init__(self, connections: Connections, **settings: str) -> None:
        self.port = any_port()
        self._environment = {
            **os.environ,
            **connections.service_environment("indexer"),
            "MOFCOM_HTTP_PORT": str(self.port),
            "MOFCOM_HOLD_SECONDS": "0.2",
            "MOFCOM_SCHEDULE_SECONDS": "0.2",
            "MOFCOM_SESSION_TIMEOUT_SECONDS": "6",
            **settings,
        }
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "testing.service", "indexer"], env=self._environment
        )

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """Stop it with SIGTERM if it is still running; returns its exit status."""
        self._process.terminate()
        return self._process.wait(timeout=LIMIT_SECONDS)

    def problems(self) -> list[str]:
        """What /ready says; the whole service when it does not answer."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/ready") as answer:
                body = answer.read()
        except HTTPError as error:
            body = error.read()
        except OSError as error:
            return [repr(error)]
        problems: list[str] = json.loads(body)["problems"]
        return problems

    def metrics(self) -> dict[str, float]:
        with urlopen(f"http://127.0.0.1:{self.port}/metrics") as answer:
            lines = answer.read().decode().splitlines()
        return {
            name: float(value)
            for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")
        }


@contextmanager
def indexer(connections: Connections, **settings: str) -> Iterator[Program]:
    """An indexer that is stopped in the end."""
    program = Program(connections, **settings)
    try:
        yield program
    finally:
        program.stop()


async def publish(publisher: Publisher, events: Iterable[Event]) -> None:
    """Publish events, each to its topic, until the broker has them."""
    await publisher.publish([Publication(topic_of(event), event) for event in events])
