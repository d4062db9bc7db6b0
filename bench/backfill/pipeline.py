"""The pipeline: its servers and services as `mofcom up` runs them."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import asyncpg
import psutil

from bench.pipeline.cpu import cpu_seconds
from deploy.local.connections import LOGS, Connections
from deploy.local.leftovers import Record
from deploy.local.ports import HOST, any_port
from deploy.local.processes import Program, Supervisor
from deploy.local.stack import local_servers
from services.parser.version import PARSER_VERSION

_LOOK_SECONDS = 0.1
_READY_SECONDS = 120.0
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
        if dead := asyncio.run(asked(self.connections.database_url, _DEAD)):
            raise AssertionError(f"{dead} of {captures} became dead letters")
        return run

    def reparse(self, captures: int) -> Run:
        """`mofcom reparse` of everything."""
        asyncio.run(asked(self.connections.database_url, _AGE))
        return self._measured(captures, ("reparse",), _OLD, 0, PARSER_VERSION)

    def wait_for(self, sql: str, wanted: int) -> None:
        """Return when a query answers this number. Raises TimeoutError after an hour."""
        asyncio.run(_until(self.connections.database_url, sql, wanted))

    def _measured(
        self, captures: int, command: tuple[str, ...], sql: str, wanted: int, *values: object
    ) -> Run:
        before = self._cpu()
        began = time.monotonic()
        mofcom = [sys.executable, "-m", "services.cli", *command]
        own = _run(mofcom, self._environment())
        asyncio.run(_until(self.connections.database_url, sql, wanted, *values))
        seconds = time.monotonic() - began
        spent = {name: (cpu - before[name]) / captures * 1e3 for name, cpu in self._cpu().items()}
        spent["mofcom"] = own / captures * 1e3
        memory = {
            name: psutil.Process(pid).memory_info().rss / 1e6 for name, pid in self.pids.items()
        }
        return Run(captures / seconds, spent, memory)

    def _cpu(self) -> dict[str, float]:
        return {name: cpu_seconds(pid) for name, pid in self.pids.items()}

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            **self.connections.init_environment(),
            "MOFCOM_SERVICE_URLS": f"fetcher={self.fetcher_url}",
        }


def _run(command: list[str], environment: Mapping[str, str]) -> float:
    """Run a command; returns the CPU seconds of it and of all that it started.

    They are looked at while it runs: the kernel does not count grandchildren that nobody waits for.
    """
    used: dict[int, float] = {}
    with subprocess.Popen(command, env=environment) as running:  # noqa: S603
        while running.poll() is None:
            with suppress(psutil.NoSuchProcess):
                main = psutil.Process(running.pid)
                for each in (main, *main.children(recursive=True)):
                    times = each.cpu_times()
                    used[each.pid] = times.user + times.system
            time.sleep(_LOOK_SECONDS)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return sum(used.values())


@contextmanager
def pipeline(services: Sequence[str] = ("fetcher", "parser", "indexer")) -> Iterator[Pipeline]:
    """Servers on a new folder, with topics and tables, and these services."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="mofcom-")))
        connections = stack.enter_context(local_servers(folder))
        supervisor = Supervisor(Record(folder / "bench.pids"), logs=folder / LOGS)
        stack.callback(supervisor.stop)
        ours = {**os.environ, **connections.init_environment()}
        init = (sys.executable, "-m", "deploy.init")
        supervisor.run(Program("init", init, ours), _READY_SECONDS)
        (folder / "seeds").mkdir()
        urls = {name: f"http://{HOST}:{any_port()}" for name in services}
        for name, url in urls.items():
            environment = {
                **ours,
                **connections.service_environment(name),
                "MOFCOM_HTTP_PORT": str(urlsplit(url).port),
                "MOFCOM_SEEDS_DIR": str(folder / "seeds"),
                "MOFCOM_PARSE_WORKERS": str(os.cpu_count() or 1),
                "MOFCOM_FIREFOX_MODEL_MIRROR": "none",
                "MOFCOM_FIREFOX_MODEL_DIR": str(folder / "models"),
            }
            command = (sys.executable, "-m", f"services.{name}")
            supervisor.start(Program(name, command, environment, ready_url=f"{url}/ready"))
        for name in urls:
            supervisor.wait_ready(name, _READY_SECONDS)
        pids = {
            one["name"]: one["pid"]
            for record in ("up.pids", "bench.pids")
            for one in json.loads((folder / record).read_text())
        }
        yield Pipeline(connections, pids, urls["fetcher"])


async def asked(database_url: str, sql: str) -> int | None:
    """The one number that a query answers."""
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
