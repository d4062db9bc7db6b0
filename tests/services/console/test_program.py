"""The console as a program, on a port of its own."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import httpx

from deploy.local.ports import any_port
from testing.waiting import LIMIT_SECONDS, until

# Without the limit for one address, which has a test of its own.
_PATIENT = """
from services.console.run import run
from services.console.settings import ConsoleSettings

run(ConsoleSettings(requests_per_minute=10**9))
"""


@contextmanager
def console(database_url: str) -> Iterator[str]:
    """A running console, its address."""
    port = any_port()
    process = subprocess.Popen(
        [sys.executable, "-c", _PATIENT],
        env={
            **os.environ,
            "MOFCOM_DATABASE_URL": database_url,
            "MOFCOM_HTTP_PORT": str(port),
        },
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        # uvicorn ends in good order, and then by the signal.
        assert process.wait(LIMIT_SECONDS) == -signal.SIGTERM


async def is_ready(address: str) -> bool:
    async with httpx.AsyncClient() as client:
        try:
            return (await client.get(f"{address}/ready")).status_code == 200
        except httpx.TransportError:
            return False


async def test_it_does_as_its_description_says(
    bundled: asyncpg.Connection, database_url: str, tmp_path: Path
) -> None:
    with console(database_url) as address:
        await until(lambda: is_ready(address))
        checked = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("schemathesis"),
            "run",
            f"{address}/api/v1/openapi.json",
            "--max-examples=10",
            "--no-color",
            "--generation-deterministic",
            # A name without a letter, a first day behind the last one: no schema says that.
            "--exclude-checks=positive_data_acceptance",
            stdout=asyncio.subprocess.PIPE,
            cwd=tmp_path,
        )
        said, _ = await checked.communicate()
    assert checked.returncode == 0, said.decode()[-5000:]


def test_a_login_that_is_missing_is_said_in_a_line(database_url: str) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "services.console"],
        env={"MOFCOM_HTTP_HOST": "0.0.0.0", "MOFCOM_DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert "only with a login" in refused.stderr
