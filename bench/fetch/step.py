"""(b) The whole step, without a limit, beside bare httpx and EDGI's client."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bench.fetch.fetchers import Run, WholeStep, bare_httpx, edgi_wayback
from bench.pipeline.cpu import cpu_seconds
from deploy.init.migrate import migrate
from deploy.init.topics import create_topics
from deploy.local.connections import Connections
from deploy.local.stack import local_servers
from shared.topics import TOPICS
from testing.kafka_login import as_broker

_CAPTURES = 3000
_TURNS = 3


@dataclass(frozen=True)
class Figures:
    """Captures a second, and CPU milliseconds a capture by process."""

    rate: float
    cpu: dict[str, float]


def step_figures() -> Iterator[tuple[str, Figures]]:
    """Who fetched, and how fast; each several times, turn about, as the machine has other work."""
    with (
        TemporaryDirectory(prefix="mofcom-") as name,
        local_servers(Path(name)) as servers,
        _archive() as (url, archive),
    ):
        asyncio.run(_prepare(servers))
        runs: dict[str, Run] = {"bare httpx": bare_httpx}
        if edgi := edgi_wayback():
            runs["EDGI wayback, 8 threads"] = edgi
        processes = {"client": os.getpid(), "archive": archive, **_servers()}
        for turn in range(_TURNS):
            runs["whole step"] = WholeStep(servers, Path(name) / str(turn))
            for who, run in runs.items():
                yield who, _figures(run, url, processes)


def _figures(run: Run, url: str, processes: dict[str, int]) -> Figures:
    before = {name: _cpu(name, pid) for name, pid in processes.items()}
    began = time.perf_counter()
    run(url, _CAPTURES)
    seconds = time.perf_counter() - began
    spent = {name: _cpu(name, pid) - before[name] for name, pid in processes.items()}
    return Figures(
        _CAPTURES / seconds, {name: cpu / _CAPTURES * 1e3 for name, cpu in spent.items()}
    )


def _cpu(name: str, pid: int) -> float:
    # The servers are children of the client's process.
    return time.process_time() if name == "client" else cpu_seconds(pid)


def _servers() -> dict[str, int]:
    """Process ids of the broker and the database."""
    names = {"java": "Kafka", "postgres": "Postgres"}
    found = {}
    for child in psutil.Process().children():
        for part, name in names.items():
            if any(part in word for word in child.cmdline()):
                found[name] = child.pid
    return found


@contextmanager
def _archive() -> Iterator[tuple[str, int]]:
    """The archive's address and process id."""
    command = [sys.executable, "-m", "bench.fetch.archive", str(_CAPTURES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()


async def _prepare(servers: Connections) -> None:
    await create_topics(as_broker(servers), TOPICS, 1)
    await migrate(servers.database_url, lock_timeout=5)
