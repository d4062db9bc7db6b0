"""The translator as a program, on real Kafka: without an engine, and when one arrives."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from aiokafka import AIOKafkaConsumer

from deploy.local.connections import Connections
from deploy.local.ports import any_port
from shared.delivery.publisher import KafkaPublisher, Publication
from shared.envelope import decode
from shared.events import NoticeParsed, NoticeTranslated
from shared.settings import Settings
from shared.topics import NOTICE_PARSED, NOTICE_TRANSLATED
from testing.kafka_login import options
from testing.servers import run_init, started_servers
from testing.waiting import LIMIT_SECONDS, until
from tests.services.translator.loopback import Asked, serving
from tests.services.translator.test_openai import chat, completion
from tests.services.translator.test_translate import FIRST, FIRST_EN, notice
from tests.shared.samples import PARSED


@pytest.fixture(scope="module")
def servers() -> Iterator[Connections]:
    """Servers of this module's own: the topics have fixed names, and the groups remember."""
    with started_servers() as connections:
        run_init(connections)
        yield connections


@contextmanager
def running(connections: Connections, folder: Path, **settings: str) -> Iterator[int]:
    """A translator; its HTTP port. Stopped with SIGTERM, and must end well."""
    port = any_port()
    program = _started(connections, folder, port, settings)
    try:
        yield port
        program.send_signal(signal.SIGTERM)
        assert program.wait(LIMIT_SECONDS) == 0
    finally:
        program.kill()
        program.wait()


def _started(
    connections: Connections, folder: Path, port: int, settings: dict[str, str]
) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        **connections.service_environment("translator"),
        "MOFCOM_HTTP_PORT": str(port),
        "MOFCOM_FIREFOX_MODEL_DIR": str(folder),
        "MOFCOM_FIREFOX_MODEL_MIRROR": "none",
        "MOFCOM_ENGINE_LOOK_SECONDS": "0.1",
        "MOFCOM_SESSION_TIMEOUT_SECONDS": "6",
        "MOFCOM_COMMIT_INTERVAL_SECONDS": "0.2",
        **settings,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "testing.service", "translator"], env=environment
    )


@contextmanager
def killed(connections: Connections, folder: Path, **settings: str) -> Iterator[None]:
    """A translator that is killed hard in the end."""
    program = _started(connections, folder, any_port(), settings)
    try:
        yield
    finally:
        program.kill()
        program.wait()


async def answered(port: int, path: str) -> Any:
    """The JSON at a path, once the service is there."""
    answers = list[Any]()

    async def there() -> bool:
        try:
            with await asyncio.to_thread(urlopen, f"http://127.0.0.1:{port}{path}") as reply:
                answers.append(json.load(reply))
        except OSError:
            return False
        return True

    await until(there, lambda: path)
    return answers[0]


@asynccontextmanager
async def translated(connections: Connections) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(
        NOTICE_TRANSLATED.name,
        **options(connections.kafka_bootstrap_servers),
        auto_offset_reset="earliest",
    )
    await consumer.start()
    try:
        yield consumer
    finally:
        await consumer.stop()


async def next_state(consumer: AIOKafkaConsumer) -> NoticeTranslated:
    record = await asyncio.wait_for(consumer.getone(), LIMIT_SECONDS)
    return decode(NoticeTranslated, record.value, record.headers)


async def test_it_runs_without_an_engine_and_continues_when_one_is_there(
    servers: Connections, tmp_path: Path
) -> None:
    publisher = KafkaPublisher(Settings(**_kafka(servers)), "test")
    await publisher.start()
    parsed = PARSED.model_copy(update={"notice": notice(FIRST)})
    await publisher.publish([Publication(NOTICE_PARSED, parsed)])
    await publisher.stop()
    async with translated(servers) as consumer:
        # Asked for by name: by default a model that cannot come is no engine.
        with running(servers, tmp_path, MOFCOM_TRANSLATE_ENGINES="firefox") as port:
            pending = await next_state(consumer)
            assert await answered(port, "/ready") == {"ok": True, "problems": []}
            assert (await answered(port, "/live"))["ok"]
            (engine,) = await answered(port, "/engines")
        assert pending.state == "pending"
        assert engine["name"] == "firefox"
        assert "none is to be fetched" in engine["down"]
        assert pending.translation is not None
        assert pending.translation.text.text == f"⟦{FIRST}⟧"
        assert "none is to be fetched" in (pending.translation.text.reason or "")

        def right(_: Asked) -> Any:
            return completion(FIRST_EN)

        async with serving(chat(right)) as server:
            openai = {"OPENAI_BASE_URL": f"{server.url}/v1", "OPENAI_MODEL": "m"}
            settings = {f"MOFCOM_{name}": value for name, value in openai.items()}
            with running(servers, tmp_path, **settings):
                done = await next_state(consumer)
        # The summary that the server gives is not a summary: the template's stands.
        assert done.translation is not None
        assert (done.state, done.capture) == ("done", pending.capture)
        assert done.translation.text.text == FIRST_EN
        assert done.translation.summary.engine == "template"
        assert done.translated_at > pending.translated_at


async def test_a_kill_loses_no_notice(servers: Connections, tmp_path: Path) -> None:
    wanted = {f"{number:064d}" for number in range(40)}
    publisher = KafkaPublisher(Settings(**_kafka(servers)), "test")
    await publisher.start()
    await publisher.publish(
        [Publication(NOTICE_PARSED, _of_capture(name)) for name in sorted(wanted)]
    )
    await publisher.stop()
    seen: set[str] = set()
    async with translated(servers) as consumer:
        quick = {"MOFCOM_TRANSLATE_ENGINES": "none", "MOFCOM_TRANSLATE_BATCH": "2"}
        with killed(servers, tmp_path, **quick):
            while len(seen & wanted) < 5:
                seen.add((await next_state(consumer)).capture.capture_id)
        with running(servers, tmp_path, **quick):
            while not wanted <= seen:
                seen.add((await next_state(consumer)).capture.capture_id)


def _of_capture(name: str) -> NoticeParsed:
    assert PARSED.fetched.capture is not None
    capture = PARSED.fetched.capture.model_copy(update={"capture_id": name})
    url = f"http://www.mofcom.gov.cn/{name}.shtml"
    request = PARSED.fetched.request.model_copy(update={"url": url})
    fetched = PARSED.fetched.model_copy(update={"capture": capture, "request": request})
    return PARSED.model_copy(update={"fetched": fetched, "notice": notice(FIRST)})


def _kafka(connections: Connections) -> dict[str, Any]:
    return {
        "kafka_bootstrap_servers": connections.kafka_bootstrap_servers,
        "blob_url": connections.blob_url,
    }
