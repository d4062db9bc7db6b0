"""`mofcom reconcile` requests again what was lost, lists it, and counts it."""

import asyncio
import os
import subprocess
import sys

import asyncpg

from deploy.local.connections import Connections
from shared.delivery.publisher import Publisher
from testing.indexer.events import request
from testing.indexer.program import indexer, pipeline, publish, publisher
from testing.waiting import LIMIT_SECONDS, until

__all__ = ["pipeline", "publisher"]


def reconcile(connections: Connections) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "services.cli", "reconcile"],
        env={**os.environ, **connections.environment()},
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
    )


async def test_it_asks_for_what_is_lost_and_for_nothing_else(
    pipeline: Connections, publisher: Publisher
) -> None:
    connection = await asyncpg.connect(pipeline.database_url)
    asked = [request(f"http://www.mofcom.gov.cn/{n}.shtml") for n in range(3)]

    async def attempts(expected: list[int]) -> bool:
        rows = await connection.fetch("SELECT attempt FROM requests ORDER BY url")
        return [row["attempt"] for row in rows] == expected

    with indexer(pipeline):
        await publish(publisher, asked)
        await until(lambda: attempts([1, 1, 1]))
    quiet = await asyncio.to_thread(reconcile, pipeline)
    assert (quiet.returncode, quiet.stdout) == (0, "nothing was lost\n"), quiet.stderr

    # As the indexer writes it when the fetcher has committed past two of them.
    await connection.execute(
        "INSERT INTO ingest.passed_offset VALUES ('capture.requested', 0, 2, 3, now())"
    )
    said = await asyncio.to_thread(reconcile, pipeline)
    assert said.returncode == 0, said.stderr
    *lines, counts = said.stdout.splitlines()
    assert counts == "requested again: request 2"
    assert sorted(line.split()[:3] for line in lines) == sorted(
        ["request", one.request_id, f"{one.url},"] for one in asked[:2]
    )
    with indexer(pipeline):
        await until(lambda: attempts([2, 2, 1]))
    await connection.close()
