"""The whole pipeline as processes of its own, on real Kafka and Postgres, fed by a test archive."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

import asyncpg
import pytest

from deploy.local.archive.app import Archive, create_app
from deploy.local.archive.captures import Captures, read_warc
from deploy.local.connections import Connections
from deploy.local.ports import any_port
from deploy.local.stack import SERVICES
from testing.archive.server import serve
from testing.collector import Collector
from testing.servers import started_servers
from testing.waiting import LIMIT_SECONDS, until, until_now

BUNDLED = Path(__file__).parents[2] / "seeds" / "demo.warc.gz"

# The production code with waits fit for a test: no pause is long, no rate is the limit.
_QUICK = {
    "MOFCOM_ARCHIVE_MEMENTOS_PER_SECOND": "500",
    "MOFCOM_ARCHIVE_CDX_PER_MINUTE": "6000",
    "MOFCOM_COMMIT_INTERVAL_SECONDS": "0.2",
    "MOFCOM_SESSION_TIMEOUT_SECONDS": "6",
    "MOFCOM_HOLD_SECONDS": "0.2",
    "MOFCOM_FETCH_RETRY_SECONDS": "0.2",
    "MOFCOM_SEEDS_POLL_SECONDS": "0.2",
    "OTEL_BSP_SCHEDULE_DELAY": "200",
}


class Pipeline:
    """Services that can be started, killed and asked; what they print goes to a log each."""

    def __init__(
        self, folder: Path, connections: Connections, archive_url: str, traces_url: str = ""
    ) -> None:
        self.connections = connections
        self.seeds = folder / "seeds"
        self.seeds.mkdir()
        self._folder = folder
        self._ports = {name: any_port() for name in SERVICES}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._environment = {
            **os.environ,
            **_QUICK,
            "MOFCOM_ARCHIVE_URL": archive_url,
            "OTEL_EXPORTER_OTLP_ENDPOINT": traces_url,
            "MOFCOM_SEEDS_DIR": str(self.seeds),
        }

    def init(self) -> None:
        subprocess.run(
            [sys.executable, "-m", "deploy.init"],
            env=self._environment | self.connections.init_environment(),
            check=True,
            timeout=LIMIT_SECONDS,
        )

    def start(self, name: str, **settings: str) -> None:
        environment = {
            **self._environment,
            **self.connections.service_environment(name),
            **settings,
            "MOFCOM_HTTP_PORT": str(self._ports[name]),
        }
        with (self._folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", "testing.service", name],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def kill(self, name: str) -> None:
        """As the out-of-memory killer does it: no goodbye."""
        process = self._running.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def wait_ready(self, *names: str) -> None:
        for name in names:
            until_now(partial(self._ready, name), partial(self.log, name))

    def add(self, *addresses: str) -> dict[str, Any]:
        """POST /requests on the fetcher; answers its JSON."""
        request = Request(
            f"http://127.0.0.1:{self._ports['fetcher']}/requests",
            json.dumps({"addresses": addresses}).encode(),
            {"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=LIMIT_SECONDS) as response:
            return dict(json.load(response))

    def log(self, name: str) -> str:
        return (self._folder / f"{name}.log").read_text(errors="replace")[-5000:]

    def _ready(self, name: str) -> bool:
        assert self._running[name].poll() is None, self.log(name)
        try:
            with urlopen(f"http://127.0.0.1:{self._ports[name]}/ready", timeout=LIMIT_SECONDS):
                return True
        except OSError:
            return False


class Database:
    """The analyst's side of the pipeline."""

    def __init__(self, connection: "asyncpg.Connection", pipeline: Pipeline) -> None:
        self._connection = connection
        self._pipeline = pipeline

    async def rows(self, sql: str, *parameters: object) -> Sequence[Any]:
        return list(await self._connection.fetch(sql, *parameters))

    async def wait(
        self, sql: str, *parameters: object, seconds: float = LIMIT_SECONDS
    ) -> Sequence[Any]:
        """The rows of a query, once it has any."""
        found: Sequence[Any] = []

        async def there() -> bool:
            nonlocal found
            found = await self.rows(sql, *parameters)
            return bool(found)

        await until(there, lambda: (sql, *map(self._pipeline.log, SERVICES)), seconds)
        return found


# Of the folder, not of the session: four services and a broker that idle take a third of a core.
@pytest.fixture(scope="package")
def archive() -> Archive:
    """The test archive; tests add captures to it."""
    return create_app(Captures(read_warc(BUNDLED)))


@pytest.fixture(scope="package")
def collector() -> Iterator[Collector]:
    """What takes the services' spans."""
    with Collector() as made:
        yield made


@pytest.fixture(scope="package")
def pipeline(archive: Archive, collector: Collector) -> Iterator[Pipeline]:
    with (
        TemporaryDirectory(prefix="mofcom-") as name,
        started_servers() as connections,
        serve(archive) as archive_url,
    ):
        pipeline = Pipeline(Path(name), connections, archive_url, collector.url)
        pipeline.init()
        for service in SERVICES:
            pipeline.start(service)
        try:
            pipeline.wait_ready(*SERVICES)
            yield pipeline
        finally:
            pipeline.stop()


@pytest.fixture
async def database(pipeline: Pipeline) -> AsyncIterator[Database]:
    connection = await asyncpg.connect(pipeline.connections.role_settings().dsn_as("analyst"))
    yield Database(connection, pipeline)
    await connection.close()
