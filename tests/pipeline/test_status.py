"""`mofcom status` while everything runs: who reads, what of the archive's budget is used."""

import asyncio
import os
import subprocess
import sys

from deploy.local.archive.app import Archive
from shared.topics import CAPTURE_REQUESTED
from testing.waiting import LIMIT_SECONDS
from tests.pipeline.conftest import Database, Pipeline
from tests.pipeline.synthetic import page, publish


def status(pipeline: Pipeline) -> "subprocess.CompletedProcess[str]":
    environment = {
        **os.environ,
        **pipeline.connections.environment(),
        "MOFCOM_SERVICE_URLS": f"fetcher=http://127.0.0.1:{pipeline._ports['fetcher']}",
        "COLUMNS": "150",
    }
    return subprocess.run(
        [sys.executable, "-m", "services.cli", "status", "--once"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
    )


async def test_it_shows_all_that_runs(
    pipeline: Pipeline, database: Database, archive: Archive
) -> None:
    captures = [page("status", number) for number in range(1, 31)]
    archive.captures.add(*captures)
    await publish(pipeline, CAPTURE_REQUESTED, captures)
    done = "SELECT FROM requests WHERE url LIKE '%/status/%' AND state = 'done'"
    await database.wait(f"{done} HAVING count(*) = 30")
    said = await asyncio.to_thread(status, pipeline)
    lines = [" ".join(line.replace("│", " ").split()) for line in said.stdout.splitlines()]
    assert said.stderr == ""
    for service in ("fetcher", "parser", "translator", "indexer"):
        assert any(line.startswith(f"{service} 1 ") for line in lines), said.stdout
    (used,) = (line for line in lines if line.startswith("budget used: archive captures"))
    assert not used.endswith(" 0.0% in the last minute")
    assert "archive open" in lines
    assert any(line.startswith("from request to row") for line in lines)
    wrong = lines[-1] != "nothing is wrong"
    assert said.returncode == int(wrong)
