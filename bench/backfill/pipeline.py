"""The pipeline: its servers and services as `mofcom up` runs them, but for the translator."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import psutil

from bench.pipeline.cpu import cpu_seconds
from deploy.local.connections import Connections
from deploy.local.ports import HOST, any_port
from deploy.local.stack import local_servers
from services.parser.version import PARSER_VERSION
from shared.own_http import open_own

_SERVICES = ("fetcher", "parser", "indexer")
_LOOK_SECONDS = 0.1
_MOST_SECONDS = 3600
_ENDED = "SELECT count(*) FROM ingest.ledger WHERE state IN ('done', 'skipped', 'dead')"
_DEAD = "SELECT count(*) FROM ingest.ledger WHERE state = 'dead'"
# As if the parser before this one had read everything.
_AGE = "UPDATE ingest.reading SET parser_version = parser_version - 1"
_OLD = "SELECT count(*) FROM ingest.reading WHERE parser_version < $1"


@dataclass(frozen=True)
class Run:
    """Captures a second, CPU milliseconds a capture by process, and the megabytes that the processes of
    the services held in the end.
    """

    rate: float
    cpu: Mapping[str, float]
    memory: Mapping[str, float]


@dataclass
class Pipeline:
    """A running pipeline without captures."""

    connections: Connections
    pids: Mapping[str, int]
    fetcher_url: str

    def add(self, warc: Path, captures: int) -> Run:
        """`mofcom add FILE`, until all captures have their rows.

        Raises AssertionError if one has become a dead letter.
        """
        add = ("add", str(warc))
        run = self._measured(captures, add, _ENDED, captures)
        if dead := asyncio.run(_asked(self.connections.database_url, _DEAD)):
            raise AssertionError(f"{dead} of {captures} became dead letters")
        return run

    def reparse(self, captures: int) -> Run:
        """`mofcom reparse` of everything."""
        asyncio.run(_asked(self.connections.database_url, _AGE))
        return self._measured(captures, ("reparse",), _OLD, 0, PARSER_VERSION)

    def _measured(
        self, captures: int, command: tuple[str, ...], sql: str, wanted: int, *values: object
    ) -> Run:
        before = self._cpu()
        began = time.monotonic()
        mofcom = [sys.executable, "-m", "services.cli", *command]
        subprocess.run(mofcom, env=self._environment(), check=True)  # noqa: S603
        asyncio.run(_until(self.connections.database_url, sql, wanted, *values))
        seconds = time.monotonic() - began
        spent = {name: (cpu - before[name]) / captures * 1e3 for name, cpu in self._cpu().items()}
        memory = {
            name: psutil.Process(pid).memory_info().rss / 1e6 for name, pid in self.pids.items()
        }
        return Run(captures / seconds, spent, memory)

    def _cpu(self) -> dict[str, float]:
        return {name: cpu_seconds(pid) for name, pid in self.pids.items()}

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            **self.connections.environment(),
            "MOFCOM_FETCHER_URL": self.fetcher_url,
        }


@contextmanager
def pipeline() -> Iterator[Pipeline]:
    """Servers on a new folder, with topics and tables, and the services."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="mofcom-")))
        connections = stack.enter_context(local_servers(folder))
        ours = {**os.environ, **connections.environment()}
        init = [sys.executable, "-m", "deploy.init"]
        subprocess.run(init, env=ours, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        (folder / "seeds").mkdir()
        pids = _servers()
        urls = {}
        for name in _SERVICES:
            port = any_port()
            environment = {
                **ours,
                **connections.service_environment(),
                "MOFCOM_HTTP_PORT": str(port),
                "MOFCOM_SEEDS_DIR": str(folder / "seeds"),
                "MOFCOM_PARSE_WORKERS": str(os.cpu_count() or 1),
            }
            log = stack.enter_context((folder / f"{name}.log").open("wb"))
            command = [sys.executable, "-m", f"services.{name}"]
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603
            stack.callback(_end, process)
            pids[name] = process.pid
            urls[name] = f"http://{HOST}:{port}"
        for url in urls.values():
            _wait_ready(f"{url}/ready")
        yield Pipeline(connections, pids, urls["fetcher"])


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait()


def _wait_ready(url: str) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            with open_own(url):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_LOOK_SECONDS)


def _servers() -> dict[str, int]:
    """Process ids of the broker and the database, which are children of this process."""
    names = {"java": "Kafka", "postgres": "Postgres"}
    return {
        name: child.pid
        for child in psutil.Process().children()
        for part, name in names.items()
        if any(part in word for word in child.cmdline()[:1])
    }


async def _asked(database_url: str, sql: str) -> int | None:
    connection = await asyncpg.connect(database_url)
    try:
        answer: int | None = await connection.fetchval(sql)
        return answer
    finally:
        await connection.close()


async def _until(database_url: str, sql: str, wanted: int, *values: object) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        async with asyncio.timeout(_MOST_SECONDS):
            while await connection.fetchval(sql, *values) != wanted:  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_SECONDS)
    finally:
        await connection.close()
