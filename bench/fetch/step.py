"""(b) The whole step, without a limit, beside bare httpx."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from deploy.init.migrate import migrate
from deploy.init.topics import create_topics
from deploy.local.connections import Connections
from deploy.local.ports import any_port
from deploy.local.stack import local_servers
from services.fetcher.archive.client import Client
from services.fetcher.archive.gate import Pause
from services.fetcher.archive.playback import Player
from services.fetcher.captures import Captures
from services.fetcher.fetch import FetchCapture
from services.fetcher.fetch_once import FetchOnce
from services.fetcher.memory import Memory
from shared.blobs import Blobs
from shared.delivery.publisher import Publisher
from shared.settings import KafkaSettings
from shared.topics import TOPICS
from tests.services.fetcher.pages import BODY, SITE, STAMP, request
from tests.services.fetcher.stage import settings as stage_settings

PAGES = 2000
_AT_ONCE = 8
_BODY = BODY * 30  # some 30 kB, as a page of MOFCOM


class _Right:
    def held(self) -> bool:
        return True

    async def wait(self) -> None:
        return


async def _kept(pause: Pause) -> None:
    raise RuntimeError(pause.why)


def rates() -> dict[str, float]:
    """Captures a second, by who fetched them from the same archive."""
    with (
        TemporaryDirectory(prefix="mofcom-") as name,
        local_servers(Path(name)) as servers,
        _archive(Path(name)) as url,
    ):
        asyncio.run(_prepare(servers))
        found = {}
        # Turn about: what else the machine does meets each.
        for turn in range(2):
            found[f"bare httpx, {turn + 1}"] = asyncio.run(_bare(url))
            found[f"whole step, {turn + 1}"] = asyncio.run(_ours(url, servers, Path(name), turn))
    return found


@contextmanager
def _archive(folder: Path) -> Iterator[str]:
    """The bundled archive's server over PAGES captures, as a process of its own."""
    path, port = folder / "bench.warc.gz", any_port()
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(PAGES):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
            record = writer.create_warc_record(
                _url(number),
                "response",
                payload=BytesIO(_BODY + b"%d" % number),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2019-01-01T00:00:00Z"},
            )
            writer.write_record(record)
    command = [sys.executable, "-m", "deploy.local.archive", str(path), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603
    try:
        if process.stdout:
            process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


async def _prepare(servers: Connections) -> None:
    kafka = KafkaSettings(kafka_bootstrap_servers=servers.kafka_bootstrap_servers)
    await create_topics(kafka, TOPICS, 1)
    await migrate(servers.database_url, lock_timeout=5)


async def _bare(url: str) -> float:
    async with httpx.AsyncClient(timeout=60) as http:

        async def fetch(number: int) -> None:
            answer = await http.get(f"{url}/web/{STAMP}id_/{_url(number)}")
            answer.raise_for_status()

        return await _timed(fetch)


async def _ours(url: str, servers: Connections, folder: Path, turn: int) -> float:
    ours = stage_settings(
        folder,
        url,
        mementos_per_second=1e6,
        blob_url=f"file://{folder}/blobs-{turn}",
        kafka_bootstrap_servers=servers.kafka_bootstrap_servers,
        read_seconds=60,
        answer_seconds=60,
    )
    memory, publisher = Memory(servers.database_url), Publisher(ours, "bench")
    client, blobs = Client(ours, _Right(), _kept), Blobs(ours.blob_url)
    fetch_one = FetchCapture(Player(client, ours.body_bytes), blobs, ours)
    once = FetchOnce(fetch_one, Captures(memory), blobs, ours)
    await publisher.start()
    async with memory.connection() as connection:
        await connection.execute("TRUNCATE fetcher.capture, fetcher.answered")

    async def fetch(number: int) -> None:
        await publisher.publish(await once(request(_url(number))))

    try:
        return await _timed(fetch)
    finally:
        await publisher.stop()
        await client.close()
        await memory.stop()


async def _timed(fetch: Callable[[int], Awaitable[None]]) -> float:
    numbers = iter(range(PAGES))

    async def work() -> None:
        for number in numbers:
            await fetch(number)

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    return PAGES / (time.perf_counter() - began)


def _url(number: int) -> str:
    return f"{SITE}/p/{number}.html"
