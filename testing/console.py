"""The console as a program, on a port of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import httpx

from deploy.local.ports import any_port
from testing.waiting import LIMIT_SECONDS, until

# Without the limit for one address, which has a test of its own.
_PATIENT = """
from services.console.run import run
from services.console.settings import ConsoleSettings

run(ConsoleSettings(requests_per_minute=10**9))
"""


class Console(NamedTuple):
    """A console that runs: its address and its process."""

    address: str
    pid: int


@contextmanager
def console(database_url: str) -> Iterator[Console]:
    """A console that starts."""
    port = any_port()
    process = subprocess.Popen(
        [sys.executable, "-c", _PATIENT],
        env={**os.environ, "MOFCOM_DATABASE_URL": database_url, "MOFCOM_HTTP_PORT": str(port)},
    )
    try:
        yield Console(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        assert process.wait(LIMIT_SECONDS) == 0


async def until_ready(address: str) -> None:
    """Wait until a console answers."""

    async def ready() -> bool:
        async with httpx.AsyncClient() as client:
            try:
                return (await client.get(f"{address}/ready")).status_code == 200
            except httpx.TransportError:
                return False

    await until(ready)
