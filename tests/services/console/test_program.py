"""The console as a program."""

import asyncio
import subprocess
import sys
from pathlib import Path

from testing.console import console, until_ready
from testing.waiting import LIMIT_SECONDS


async def test_it_does_as_its_description_says(analyst_url: str, tmp_path: Path) -> None:
    with console(analyst_url) as started:
        await until_ready(started.address)
        checked = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("schemathesis"),
            "run",
            f"{started.address}/api/v1/openapi.json",
            "--max-examples=3",
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


def test_it_starts_without_what_few_ask_for() -> None:
    # Each takes 20 MB and more in a process that runs for years.
    code = "import sys, services.console.run; print([m for m in ('mcp', 'numpy', 'pyarrow') if m in sys.modules])"
    started = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert started.stdout.strip() == "[]"
