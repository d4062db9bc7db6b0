"""The notifier as a program on real Kafka and Postgres, killed at any moment: nothing is missed, and nothing is told
under two ids.
"""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import asyncpg
import pytest

from deploy.init.topics import create_topics
from deploy.local.ports import any_port
from shared.envelope import decode
from shared.events import NoticeChanged
from shared.settings import KafkaSettings
from shared.topics import NOTICE_CHANGED
from testing.indexer.events import notice
from testing.kafka import records
from testing.servers import as_role
from testing.waiting import LIMIT_SECONDS, until
from tests.database.conftest import Write, connection, read, write
from tests.services.notifier.receiver import SECRET, Receiver

__all__ = ["connection", "write"]

QUICK = {
    "MOFCOM_HOLD_SECONDS": "0.2",
    "MOFCOM_LOOK_SECONDS": "1",
    "MOFCOM_BATCH": "25",
    "MOFCOM_FIRST_RETRY_SECONDS": "0.2",
    "MOFCOM_NOTIFY_PRIVATE_NETWORKS": "127.0.0.1",
}


class Program:
    """The notifier, started and killed."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment = environment
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "testing.service", "notifier"],
                env=self._environment | {"MOFCOM_HTTP_PORT": str(any_port())},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(LIMIT_SECONDS)


@contextmanager
def program(database_url: str, kafka: str, folder: Path, receiver: Receiver) -> Iterator[Program]:
    (folder / "hook.secret").write_text(SECRET)
    (folder / "alerts.toml").write_text(
        "[[alert]]\nname = 'every change'\n"
        f"webhooks = [{{url = '{receiver.url}', secret_file = 'hook.secret'}}]\n"
    )
    environment = {
        **os.environ,
        **QUICK,
        "MOFCOM_DATABASE_URL": as_role(database_url, "notifier"),
        "MOFCOM_KAFKA_BOOTSTRAP_SERVERS": kafka,
        "MOFCOM_SEEDS_DIR": str(folder),
    }
    running = Program(environment, folder / "notifier.log")
    running.start()
    try:
        yield running
    finally:
        status = running.end(signal.SIGTERM)
    assert status == 0, (folder / "notifier.log").read_text()[-5000:]


async def published(kafka: str) -> list[NoticeChanged]:
    """Whatever the topic has."""
    found = await records(kafka, NOTICE_CHANGED)
    return [decode(NoticeChanged, one.value, one.headers) for one in found]


@pytest.mark.parametrize(
    ("changes", "kills"),
    [(100, 3), pytest.param(1000, 20, marks=pytest.mark.chaos)],
)
async def test_each_change_is_told_under_one_id(
    changes: int,
    kills: int,
    write: Write,
    connection: asyncpg.Connection,
    database_url: str,
    kafka_bootstrap: str,
    tmp_path: Path,
    receiver: Receiver,
) -> None:
    kafka = KafkaSettings(kafka_bootstrap_servers=kafka_bootstrap)
    await create_topics(kafka, (NOTICE_CHANGED,), 1)
    before = {event.id for event in await published(kafka_bootstrap)}
    dice = random.Random(changes)
    begun = "SELECT count(*) FROM notifier.alert"

    async def has_begun() -> bool:
        return bool(await connection.fetchval(begun))

    def has_told(number: int) -> bool:
        return len(receiver.came) >= number

    with program(database_url, kafka_bootstrap, tmp_path, receiver) as notifier:
        await until(has_begun, lambda: (tmp_path / "notifier.log").read_text()[-500:])
        each = changes // (kills + 1)
        for number in range(1, changes + 1):
            await write([read(notice(document_number=f"商务部公告2026年第{number}号"))])
            if number % each == 0 and number // each <= kills:
                # In the middle of telling, if it has come that far.
                wanted = min(len(receiver.came) + dice.randrange(1, each), number)
                await until(partial(has_told, wanted))
                notifier.end(signal.SIGKILL)
                notifier.start()
        await until(partial(has_told, changes), lambda: len(receiver.came))
        published_all = "SELECT sequence FROM notifier.cursor WHERE reader = '' AND log = 'changes'"
        newest = await connection.fetchval("SELECT max(sequence) FROM changes")

        async def all_published() -> bool:
            return bool(await connection.fetchval(published_all) == newest)

        await until(all_published)
    rows = await connection.fetch("SELECT sequence FROM changes")
    sequences = {str(row["sequence"]) for row in rows}
    assert {name.rpartition("/changes/")[2] for name in receiver.came} == sequences
    assert len(receiver.came) == changes
    # What came twice is the same.
    assert all(len(set(bodies)) == 1 for bodies in receiver.came.values())
    waiting = await connection.fetchval(
        "SELECT count(*) FROM notifier.delivery WHERE sent_at IS NULL"
    )
    assert waiting == 0
    events = [event for event in await published(kafka_bootstrap) if event.id not in before]
    assert {str(event.sequence) for event in events} == sequences
    assert len({event.id for event in events}) == changes
    # A batch at most is published again for each kill.
    assert len(events) <= changes + kills * int(QUICK["MOFCOM_BATCH"])
